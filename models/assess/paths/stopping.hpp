#pragma once
// How many paths a run takes that is asked for a precision instead (docs/user-guide.md): batches of 2^13,
// 2^14, … paths in all; after each, every total cost that is reported is looked at, never after single paths:
// a run that could stop at any moment would stop at lucky ones (Chow & Robbins 1965; Glynn & Whitt 1992).

#include <cstdint>
#include <vector>

#include "models/assess/assessment.hpp"

namespace hedgerow::models {

inline constexpr std::uint64_t first_batch = 1u << 13;

/// Paths at the end of the next batch: twice as many as `paths`, or first_batch, but never above `most`.
std::uint64_t next_batch(std::uint64_t paths, std::uint64_t most);

/// The numbers of a strategy's total cost whose half width is above `target` times their size: mean,
/// percentiles and expected shortfalls. The size of a number below a tenth of the mean is that of the mean.
/// Half of the interval stands in for the half width of a percentile, whose error has no simpler form.
/// `infinite_variance`: mean and expected shortfalls have no error at any number of paths.
std::vector<UnmetOutput> unmet_outputs(const std::string& strategy, const MeasureSummary& total_cost,
                                       bool infinite_variance, double target, std::uint64_t paths);

/// Whether more paths can meet one of them.
bool is_worth_more_paths(const std::vector<UnmetOutput>& unmet);

}  // namespace hedgerow::models
