#pragma once
// How sure the numbers of a summary are.

#include <optional>
#include <string>

#include "engine/measure/estimate.hpp"
#include "models/assess/assessment.hpp"

namespace hedgerow::results {

/// Half the width of the 95 % interval of an estimate; nothing where its error is not known.
std::optional<double> half_width(const measure::Estimate& estimate);

/// "99.5 %".
std::string percent_label(double level);

/// One sentence on the least certain of all means, percentiles and expected shortfalls of the total cost.
std::string precision(const models::Assessment& assessment);

/// Whether the precision that was asked for is reached, and each number that falls short: how far, and how
/// many paths it would take. Empty where none was asked for.
std::string asked_precision(const models::Assessment& assessment);

/// A number of paths that was estimated: two significant digits, rounded up.
std::string about(std::uint64_t paths);

}  // namespace hedgerow::results
