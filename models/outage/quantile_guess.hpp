#pragma once
// Duration laws from what an expert says: "half are over in 2 hours, 19 of 20 in 14".

#include <span>

#include "models/scenario/input.hpp"

namespace hedgerow::models {

/// A share `level` of all durations is no longer than `value`.
struct DurationQuantile {
  Fraction level;  ///< 0 < . < 1
  Hours value;     ///< > 0
};

/// The law through two quantiles; through more the one that misses the logarithms of their hours by the least
/// squares: ln of a quantile is a straight line in the normal score of its level (Weibull: in ln(-ln(1 -
/// level))).
/// @throws InvalidInput unless there are two at least, and levels and hours both rise; parameters out of
/// range are for the caller to judge.
LognormalDuration lognormal_through(std::span<const DurationQuantile> quantiles);
WeibullDuration weibull_through(std::span<const DurationQuantile> quantiles);

}  // namespace hedgerow::models
