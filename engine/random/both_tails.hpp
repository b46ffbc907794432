#pragma once
// A probability given from both ends, so that neither tail loses digits.

#include "engine/random/normal.hpp"

namespace hedgerow::random {

/// P(X <= x) and P(X > x) of the same x, each with full relative precision; they add up to 1.
struct BothTails {
  double lower;  ///< in (0, 1)
  double upper;  ///< 1 - lower
  double log_lower() const { return lower <= 0.5 ? std::log(lower) : std::log1p(-upper); }
};

/// The tails at a uniform u in (0, 1).
inline BothTails tails_of_uniform(double u) {
  HEDGEROW_EXPECT(u > 0.0 && u < 1.0);
  return {u, 1.0 - u};
}

/// The tails at a standard normal score z.
inline BothTails tails_of_score(double z) { return {normal_cdf(z), normal_cdf(-z)}; }

}  // namespace hedgerow::random
