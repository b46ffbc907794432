#pragma once
// Laws of counts over periods of known length: Poisson, and negative binomial where the rate itself varies.

#include <vector>

#include "engine/measure/estimate.hpp"

namespace hedgerow::fit {

/// How many events came in one period.
struct Count {
  double events;    ///< >= 0
  double exposure;  ///< length of the period [time], > 0
};

/// Counts ~ Poisson(rate * exposure).
struct PoissonFit {
  double rate = 0.0;  ///< [1/time]
  double log_likelihood = 0.0;
  double aic() const { return 2.0 * (1.0 - log_likelihood); }
};

/// Counts ~ Poisson(rate * exposure * Gamma(mean 1, variance)), a factor of its own for each period:
/// negative binomial of shape 1 / variance (Greenwood & Yule 1920).
struct NegativeBinomialFit {
  double rate = 0.0;      ///< [1/time]
  double variance = 0.0;  ///< of the factor; 0: Poisson is the most likely
  /// Where twice the log-likelihood falls by no more than the chi-square quantile (profile likelihood); no
  /// upper bound where it never falls so far.
  measure::Interval variance_interval;
  double rate_standard_error = 0.0;  ///< [1/time]: sum of (rate e + variance (rate e)^2), over the exposure
  double log_likelihood = 0.0;
  double aic() const { return 2.0 * (2.0 - log_likelihood); }
};

/// Each throws InvalidInput where a count or an exposure is out of range or there is no period; the negative
/// binomial law also with fewer than two periods or no event at all.
PoissonFit fit_poisson(const std::vector<Count>& counts);
NegativeBinomialFit fit_negative_binomial(const std::vector<Count>& counts, double confidence = 0.95);

}  // namespace hedgerow::fit
