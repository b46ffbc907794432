#pragma once
// The confidence interval of a probability that was seen as a frequency.

#include <cstdint>

#include "engine/measure/estimate.hpp"

namespace hedgerow::measure {

/// The probability of what happened `times` times in `count` independent trials: exact, and so somewhat
/// wide; defined at 0 and `count` too, where a standard error is not (Clopper & Pearson 1934). Both bounds
/// lie in [0, 1]. Throws InvalidInput unless times <= count, count >= 1 and 0 < confidence < 1. O(1).
Interval proportion_interval(std::uint64_t times, std::uint64_t count, double confidence = 0.95);

}  // namespace hedgerow::measure
