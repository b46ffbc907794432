#pragma once
// The lognormal law: ln(X / median) is normal with mean 0 and standard deviation sigma.

#include "engine/random/both_tails.hpp"

namespace hedgerow::random {

/// Lognormal(median, sigma); X carries the unit of `median`. Moments are the textbook ones:
/// E[X^k] = median^k exp(k^2 sigma^2 / 2).
struct Lognormal {
  double median;  ///< > 0, [unit of X]
  double sigma;   ///< standard deviation of ln X [-], in (0, 10]

  /// @throws InvalidInput unless median > 0 and 0 < sigma <= 10.
  Lognormal(double median_of_x, double sigma_of_log) : median(median_of_x), sigma(sigma_of_log) {
    validate(median > 0.0 && std::isfinite(median), "lognormal median out of range (must be > 0, finite)");
    validate(sigma > 0.0 && sigma <= 10.0, "lognormal sigma out of range (must be > 0 and <= 10)");
  }

  /// x with P(X <= x) = u, u in (0, 1).
  double quantile(double u) const { return median * std::exp(sigma * normal_quantile(u)); }
  double cdf(double x) const { return x > 0.0 ? normal_cdf(score(x)) : 0.0; }
  /// P(X > x), with full relative precision in the upper tail.
  double survival(double x) const { return x > 0.0 ? normal_cdf(-score(x)) : 1.0; }

  double mean() const { return moment(1.0); }
  double variance() const { return std::pow(mean(), 2) * std::expm1(sigma * sigma); }
  /// E[X^order], any real order.
  double moment(double order) const {
    return std::pow(median, order) * std::exp(0.5 * order * order * sigma * sigma);
  }
  /// E[X^order; X <= limit], limit > 0.
  double partial_moment(double order, double limit) const {
    return moment(order) * normal_cdf(score(limit) - order * sigma);
  }
  /// E[min(X, limit)], limit > 0.
  double limited_expected_value(double limit) const {
    return partial_moment(1.0, limit) + limit * survival(limit);
  }

 private:
  double score(double x) const { return std::log(x / median) / sigma; }
};

}  // namespace hedgerow::random
