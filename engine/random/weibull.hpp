#pragma once
// The Weibull law: P(X > x) = exp(-(x / scale)^shape).

#include "engine/random/normal.hpp"

namespace hedgerow::random {

/// Weibull(shape, scale); X carries the unit of `scale`.
struct Weibull {
  double shape;  ///< [-], in [0.05, 1000]
  double scale;  ///< > 0, [unit of X]

  /// @throws InvalidInput unless 0.05 <= shape <= 1000 and scale > 0.
  Weibull(double shape_of_x, double scale_of_x) : shape(shape_of_x), scale(scale_of_x) {
    validate(shape >= 0.05 && shape <= 1000.0, "Weibull shape out of range (must be in [0.05, 1000])");
    validate(scale > 0.0 && std::isfinite(scale), "Weibull scale out of range (must be > 0, finite)");
  }

  /// x with P(X <= x) = u, u in (0, 1).
  double quantile(double u) const { return scale * std::pow(exponential_quantile(u), 1.0 / shape); }
  double cdf(double x) const { return x > 0.0 ? -std::expm1(-hazard(x)) : 0.0; }
  /// P(X > x), with full relative precision in the upper tail.
  double survival(double x) const { return x > 0.0 ? std::exp(-hazard(x)) : 1.0; }

  double mean() const { return moment(1.0); }
  double variance() const { return moment(2.0) - std::pow(mean(), 2); }
  /// E[X^order] = scale^order Gamma(1 + order / shape), order in [0, 2].
  double moment(double order) const { return std::pow(scale, order) * std::tgamma(1.0 + order / shape); }
  /// E[X^order; X <= limit], order in [0, 2], limit > 0.
  double partial_moment(double order, double limit) const;

 private:
  double hazard(double x) const { return std::pow(x / scale, shape); }
};

}  // namespace hedgerow::random
