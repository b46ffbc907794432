#pragma once
// The generalized Pareto law of excesses over a threshold (Pickands 1975; Balkema & de Haan 1974).

#include "engine/random/normal.hpp"

namespace hedgerow::random {

/// GeneralizedPareto(tail_index, scale): P(X > x) = (1 + tail_index x / scale)^(-1 / tail_index) for
/// x >= 0 (and x <= -scale / tail_index if tail_index < 0); exp(-x / scale) at tail_index 0.
struct GeneralizedPareto {
  double tail_index;  ///< xi [-], in (-0.5, 2)
  double scale;       ///< beta > 0, [unit of X]

  /// @throws InvalidInput unless -0.5 < tail_index < 2 and scale > 0.
  GeneralizedPareto(double xi, double beta) : tail_index(xi), scale(beta) {
    validate(tail_index > -0.5 && tail_index < 2.0,
             "generalized Pareto tail index out of range (must be in (-0.5, 2))");
    validate(scale > 0.0 && std::isfinite(scale),
             "generalized Pareto scale out of range (must be > 0, finite)");
  }

  /// x with P(X <= x) = u, u in (0, 1).
  double quantile(double u) const { return excess(exponential_quantile(u)); }
  /// x with P(X > x) = tail, tail in (0, 1].
  double upper_quantile(double tail) const { return excess(-std::log(tail)); }
  double cdf(double x) const { return -std::expm1(-hazard(x)); }
  /// P(X > x), with full relative precision in the upper tail.
  double survival(double x) const { return std::exp(-hazard(x)); }

  /// @throws InvalidInput unless tail_index < 1: the mean is infinite.
  double mean() const {
    validate(tail_index < 1.0, "generalized Pareto mean is infinite (tail index must be < 1)");
    return scale / (1.0 - tail_index);
  }
  /// @throws InvalidInput unless tail_index < 0.5: the variance is infinite.
  double variance() const {
    validate(tail_index < 0.5, "generalized Pareto variance is infinite (tail index must be < 0.5)");
    return mean() * mean() / (1.0 - 2.0 * tail_index);
  }
  /// E[X | X > quantile(level)], level in (0, 1). Source: McNeil, Frey & Embrechts, "Quantitative Risk
  /// Management" (tails and measures of tail risk). @throws InvalidInput as mean() does.
  double expected_shortfall(double level) const { return mean() + quantile(level) / (1.0 - tail_index); }

 private:
  // Below this the law differs from the exponential one by less than rounding.
  bool exponential() const { return std::abs(tail_index) < 1e-18; }
  double excess(double hazard_value) const {
    return scale * (exponential() ? hazard_value : std::expm1(tail_index * hazard_value) / tail_index);
  }
  // -ln P(X > x); infinite beyond the end point of a negative tail index.
  double hazard(double x) const {
    if (x <= 0.0) return 0.0;
    if (exponential()) return x / scale;
    const double change = tail_index * x / scale;
    return change > -1.0 ? std::log1p(change) / tail_index : INFINITY;
  }
};

}  // namespace hedgerow::random
