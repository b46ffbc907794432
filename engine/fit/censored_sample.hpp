#pragma once
// Positive values, some of which are known only from below.

#include <cstddef>
#include <limits>
#include <vector>

namespace hedgerow::fit {

/// One value of a sample. A censored one was still growing when it was last seen: it is at least `value`.
struct CensoredValue {
  double value;           ///< > 0, finite
  bool censored = false;  ///< right-censored at `value`
  /// The value at which it would have been censored, had it come so far; >= value. What is known of how the
  /// sample was taken: the goodness of fit needs it, the likelihood does not.
  double limit = std::numeric_limits<double>::infinity();
};

using CensoredSample = std::vector<CensoredValue>;

/// How many values of a sample are exact. @throws InvalidInput where a value is not > 0 and finite.
std::size_t count_observed(const CensoredSample& sample);

/// The values above `threshold` as excesses over it, censored as they were. threshold >= 0.
CensoredSample excesses_over(const CensoredSample& sample, double threshold);

/// The values, each at most `threshold`: those above it are censored there. threshold > 0.
CensoredSample censored_at(const CensoredSample& sample, double threshold);

}  // namespace hedgerow::fit
