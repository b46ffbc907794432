#pragma once
// The beta law on (0, 1), by mean and concentration.

#include "engine/random/both_tails.hpp"

namespace hedgerow::random {

/// Beta(alpha, beta) with alpha = mean * concentration and beta = (1 - mean) * concentration;
/// variance mean (1 - mean) / (1 + concentration).
struct Beta {
  double mean_value;     ///< [-], in (0, 1)
  double concentration;  ///< alpha + beta [-]

  /// @throws InvalidInput unless 0 < mean < 1 and both alpha and beta lie in [0.01, 1e6].
  Beta(double mean_of_x, double alpha_plus_beta) : mean_value(mean_of_x), concentration(alpha_plus_beta) {
    validate(mean_value > 0.0 && mean_value < 1.0, "beta mean out of range (must be in (0, 1))");
    validate(
        allowed(alpha()) && allowed(beta()),
        "beta concentration out of range (mean * concentration and (1 - mean) * concentration must be in "
        "[0.01, 1e6])");
  }

  double alpha() const { return mean_value * concentration; }
  double beta() const { return (1.0 - mean_value) * concentration; }

  /// x in [0, 1] with P(X <= x) = u, u in (0, 1); 0 only where the true value is below 1e-308.
  double quantile(double u) const { return std::exp(log_quantile(u)); }
  /// ln of the quantile of u in (0, 1); always finite.
  double log_quantile(double u) const { return log_quantile(tails_of_uniform(u)); }
  double log_quantile(const BothTails& tails) const;
  /// ln of the density of ln X at `log_x` < 0.
  double log_density_of_log(double log_x) const;

  double cdf(double x) const;
  /// P(X > x), with full relative precision in the upper tail.
  double survival(double x) const;
  double mean() const { return mean_value; }
  double variance() const { return mean_value * (1.0 - mean_value) / (1.0 + concentration); }

 private:
  static bool allowed(double exponent) { return exponent >= 0.01 && exponent <= 1e6; }
};

}  // namespace hedgerow::random
