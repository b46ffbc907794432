#pragma once
// Are the buyer's limits kept? A verdict is given only where the 95 % interval of the number lies wholly on
// one side of the limit, so that no limit is kept or breached by the luck of a few paths.

#include <vector>

#include "models/assess/assessment.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::models {

/// A number with its 95 % interval, both ends included.
struct Measured {
  double value;
  measure::Interval interval;
};

/// The number of `assessment` that `limit` is on; nothing where the assessment does not have it. Intervals
/// are those of the results, of probabilities exact ones (Clopper & Pearson 1934), defined where nothing was
/// seen yet too. Throws std::out_of_range for a strategy, provider or level that is not in the assessment.
std::optional<Measured> measured(const Limit& limit, const Assessment& assessment);

/// The verdict on what was measured on `paths` paths. Half widths shrink as 1/sqrt(paths), so that an
/// undecided limit needs paths (half width / |value - limit|)^2, the half width taken towards the limit.
LimitResult judge(const Limit& limit, const std::optional<Measured>& measured, std::uint64_t paths);

/// A verdict by limit, in their order. Throws as measured() does.
std::vector<LimitResult> check_limits(const std::vector<Limit>& limits, const Assessment& assessment);

}  // namespace hedgerow::models
