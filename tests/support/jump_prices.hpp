#pragma once
// Closed forms of list prices and contract prices (docs/model/pricing.md), independent of the models.
// Merton 1976, "Option pricing when underlying stock returns are discontinuous", JFE 3.

#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <functional>

namespace hedgerow::test {

/// Two-state chain of scarcity with rates a (to scarce) and b (to normal) [1/yr].
struct ScarcityChain {
  double a = 0.0, b = 0.0;
  /// P(scarce at t), from normal or from scarce.
  double scarce(double t, bool from_scarce = false) const {
    if (a + b == 0.0) return from_scarce ? 1.0 : 0.0;
    const double stationary = a / (a + b), fades = std::exp(-(a + b) * t);
    return stationary + fades * ((from_scarce ? 1.0 : 0.0) - stationary);
  }
};

/// A jump diffusion with E S(t) = initial exp(drift t).
struct JumpDiffusion {
  double initial, drift, volatility, jump_rate, jump_mean, jump_sd;

  double mean_jump() const { return std::exp(jump_mean + 0.5 * jump_sd * jump_sd) - 1.0; }
  double mean(double t) const { return initial * std::exp(drift * t); }
  double log_mean(double t) const {
    return std::log(initial) +
           (drift - 0.5 * volatility * volatility - jump_rate * mean_jump() + jump_rate * jump_mean) * t;
  }
  double log_variance(double t) const {
    return (volatility * volatility + jump_rate * (jump_mean * jump_mean + jump_sd * jump_sd)) * t;
  }
  /// Fourth central moment of ln S(t).
  double log_fourth(double t) const {
    const double m2 = jump_mean * jump_mean, s2 = jump_sd * jump_sd;
    return 3.0 * log_variance(t) * log_variance(t) +
           jump_rate * t * (m2 * m2 + 6.0 * m2 * s2 + 3.0 * s2 * s2);
  }

  /// Sum over the number of jumps of P(n) g(forward, total log sd), for S(0) = 1.
  double mixture(double t, const std::function<double(double, double)>& g) const {
    double sum = 0.0, probability = std::exp(-jump_rate * t);
    for (int n = 0; n < 200; ++n) {
      const double forward =
          std::exp((drift - jump_rate * mean_jump()) * t + n * (jump_mean + 0.5 * jump_sd * jump_sd));
      const double sd = std::sqrt(volatility * volatility * t + n * jump_sd * jump_sd);
      sum += probability * g(forward, sd);
      probability *= jump_rate * t / (n + 1);
    }
    return sum;
  }

  /// P(S(t) <= x).
  double cdf(double t, double x) const {
    return mixture(t, [&](double forward, double sd) {
      return boost::math::cdf(boost::math::normal(), (std::log(x / initial / forward) + 0.5 * sd * sd) / sd);
    });
  }

  /// E[(strike - S(t)/S(0))^+] (Black 1976).
  double put(double t, double strike) const {
    if (t == 0.0) return std::max(0.0, strike - 1.0);
    return mixture(t, [&](double forward, double sd) {
      if (sd == 0.0) return std::max(0.0, strike - forward);
      const double d1 = std::log(forward / strike) / sd + 0.5 * sd;
      const boost::math::normal normal;
      return strike * boost::math::cdf(normal, sd - d1) - forward * boost::math::cdf(normal, -d1);
    });
  }

  /// E min(1, scale S(t)/S(0)).
  double capped(double t, double scale = 1.0) const { return 1.0 - scale * put(t, 1.0 / scale); }
};

/// What a contract's price follows.
enum class Follows { list, signing, lower_of_both };

/// E P(t_k) [money/unit-hour] of a contract signed again every `term` months (list: never), without
/// discount, with relative scarcity premium `premium`.
inline double expected_contract_price(const JumpDiffusion& price, const ScarcityChain& chain, double premium,
                                      Follows follows, int term, int k) {
  const double now = k / 12.0;
  const double listed = price.mean(now) * (1.0 + premium * chain.scarce(now));
  if (follows == Follows::list) return listed;
  const double signing = (k / term * term) / 12.0, since = now - signing;
  const double scarce = chain.scarce(signing);
  if (follows == Follows::signing) return price.mean(signing) * (1.0 + premium * scarce);
  double lower = 0.0;
  for (const bool then : {false, true})
    for (const bool today : {false, true}) {
      const double becomes_scarce = chain.scarce(since, then);
      const double probability =
          (then ? scarce : 1.0 - scarce) * (today ? becomes_scarce : 1.0 - becomes_scarce);
      const double factor_then = then ? 1.0 + premium : 1.0, factor_today = today ? 1.0 + premium : 1.0;
      if (probability > 0.0)
        lower += probability * factor_then * price.capped(since, factor_today / factor_then);
    }
  return price.mean(signing) * lower;
}

}  // namespace hedgerow::test
