#pragma once
// Laws with known quantiles, means and shortfalls, sampled by inversion of one uniform.

#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace hedgerow::measure::study {

struct Law {
  std::string name;
  double mean = 0.0;
  std::function<double(double)> quantile;   ///< of a probability in (0, 1)
  std::function<double(double)> shortfall;  ///< of a level in (0, 1) beyond every atom
};

inline double normal_quantile(double p) { return boost::math::quantile(boost::math::normal(), p); }
inline double normal_cdf(double z) { return boost::math::cdf(boost::math::normal(), z); }

inline Law exponential() {
  const auto q = [](double p) { return -std::log1p(-p); };
  return {"exponential", 1.0, q, [q](double a) { return q(a) + 1.0; }};
}

/// Median 1, log standard deviation sigma; ES as in McNeil, Frey & Embrechts 2015, ex. 2.
inline Law lognormal(double sigma) {
  const double mean = std::exp(0.5 * sigma * sigma);
  return {"lognormal, sigma 1.2", mean, [sigma](double p) { return std::exp(sigma * normal_quantile(p)); },
          [sigma, mean](double a) { return mean * normal_cdf(sigma - normal_quantile(a)) / (1.0 - a); }};
}

/// 0 with probability `zero`, else generalised Pareto with scale 1 and tail index xi < 1: its variance
/// is finite for xi < 1/2, its kurtosis for xi < 1/4.
inline Law atom_and_pareto(std::string name, double zero, double xi) {
  const auto q = [zero, xi](double p) {
    return p <= zero ? 0.0 : std::expm1(-xi * std::log((1.0 - p) / (1.0 - zero))) / xi;
  };
  return {std::move(name), (1.0 - zero) / (1.0 - xi), q,
          [q, xi](double a) { return (q(a) + 1.0) / (1.0 - xi); }};
}

inline std::vector<Law> all_laws() {
  return {exponential(), lognormal(1.2), atom_and_pareto("60 % zeros, else Pareto tail 0.3", 0.6, 0.3)};
}

/// So heavy that no standard error of a mean or shortfall exists (tail index above 1/2).
inline Law infinite_variance() { return atom_and_pareto("60 % zeros, else Pareto tail 0.6", 0.6, 0.6); }

}  // namespace hedgerow::measure::study
