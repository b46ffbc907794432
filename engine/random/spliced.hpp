#pragma once
// A body law up to one of its quantiles, generalized Pareto excesses above.

#include <concepts>

#include "engine/random/generalized_pareto.hpp"

namespace hedgerow::random {

/// What a body law offers: quantiles, probabilities and E[X^order; X <= limit].
template <class Law>
concept SplicedBody = requires(const Law& law, double x) {
  { law.quantile(x) } -> std::convertible_to<double>;
  { law.cdf(x) } -> std::convertible_to<double>;
  { law.survival(x) } -> std::convertible_to<double>;
  { law.partial_moment(x, x) } -> std::convertible_to<double>;
};

/// With probability `body_probability` the body below its own quantile of that probability (the
/// threshold), otherwise the threshold plus a generalized Pareto excess. The cdf is continuous.
template <SplicedBody Body>
class Spliced {
 public:
  /// @throws InvalidInput unless 0 < body_probability < 1.
  Spliced(Body body, double body_probability, GeneralizedPareto tail)
      : body_(body), tail_(tail), body_probability_(body_probability) {
    validate(body_probability > 0.0 && body_probability < 1.0,
             "spliced body probability out of range (must be in (0, 1))");
    threshold_ = body_.quantile(body_probability);
  }

  /// Where the tail starts [unit of X].
  double threshold() const { return threshold_; }
  const Body& body() const { return body_; }
  const GeneralizedPareto& tail() const { return tail_; }
  double tail_probability() const { return 1.0 - body_probability_; }

  /// x with P(X <= x) = u, u in (0, 1).
  double quantile(double u) const {
    if (u < body_probability_) return body_.quantile(u);
    return threshold_ + tail_.upper_quantile((1.0 - u) / tail_probability());
  }
  double cdf(double x) const { return x < threshold_ ? body_.cdf(x) : 1.0 - survival(x); }
  double survival(double x) const {
    return x < threshold_ ? body_.survival(x) : tail_probability() * tail_.survival(x - threshold_);
  }

  /// @throws InvalidInput unless the tail index is < 1.
  double mean() const {
    return body_.partial_moment(1.0, threshold_) + tail_probability() * (threshold_ + tail_.mean());
  }
  /// @throws InvalidInput unless the tail index is < 0.5.
  double variance() const {
    const double tail_square = tail_.variance() + square(threshold_ + tail_.mean());
    return body_.partial_moment(2.0, threshold_) + tail_probability() * tail_square - square(mean());
  }

 private:
  static double square(double x) { return x * x; }

  Body body_;
  GeneralizedPareto tail_;
  double body_probability_;
  double threshold_ = 0.0;
};

}  // namespace hedgerow::random
