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

}  // namespace hedgerow::results
