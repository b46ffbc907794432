#pragma once
// The gamma law, by inversion in log space: a shape far below 1 puts most of the mass at values that
// only a logarithm can hold.

#include "engine/random/both_tails.hpp"

namespace hedgerow::random {

/// Gamma(shape, scale): density x^(shape-1) exp(-x/scale) / (Gamma(shape) scale^shape); X carries the
/// unit of `scale`. A yearly frailty of variance v is Gamma(1/v, v). A quantile costs
/// about 1 microsecond; in a hot path use TabulatedQuantile.
struct Gamma {
  double shape;  ///< [-], in [0.01, 1e6]
  double scale;  ///< > 0, [unit of X]

  /// @throws InvalidInput unless 0.01 <= shape <= 1e6 and scale > 0.
  Gamma(double shape_of_x, double scale_of_x) : shape(shape_of_x), scale(scale_of_x) {
    validate(shape >= 0.01 && shape <= 1e6, "gamma shape out of range (must be in [0.01, 1e6])");
    validate(scale > 0.0 && std::isfinite(scale), "gamma scale out of range (must be > 0, finite)");
  }

  /// x with P(X <= x) = u, u in (0, 1); 0 only where the true value is below 1e-308.
  double quantile(double u) const { return std::exp(log_quantile(u)); }
  /// ln of the quantile of u in (0, 1); always finite.
  double log_quantile(double u) const { return log_quantile(tails_of_uniform(u)); }
  double log_quantile(const BothTails& tails) const;
  /// ln of the density of ln X at `log_x`.
  double log_density_of_log(double log_x) const;

  double cdf(double x) const;
  /// P(X > x), with full relative precision in the upper tail.
  double survival(double x) const;
  double mean() const { return shape * scale; }
  double variance() const { return shape * scale * scale; }
};

}  // namespace hedgerow::random
