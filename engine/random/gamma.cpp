#include "engine/random/gamma.hpp"

#include <boost/math/special_functions/gamma.hpp>

#include "engine/random/special_functions.hpp"

namespace hedgerow::random {
namespace {

namespace bm = boost::math;
using detail::quiet;

// Below this the power series of the incomplete gamma function converges in a few terms.
constexpr double small_value = 1e-3;

// ln S(x) where P(X <= x) = x^shape / Gamma(1 + shape) * S(x); Abramowitz & Stegun 1964, 6.5.29.
double log_series(double shape, double x) {
  double sum = 0.0;
  double term = 1.0;
  for (int n = 1; n <= 5; ++n) {
    term *= -x / n;
    sum += term * shape / (shape + n);
  }
  return std::log1p(sum);
}

// Solves shape * ln x + ln S(x) = shape * leading for ln x; every round gains at least 3 digits.
double log_small_quantile(double shape, double leading) {
  double log_x = leading;
  for (int round = 0; round < 6; ++round) log_x = leading - log_series(shape, std::exp(log_x)) / shape;
  return log_x;
}

double large_quantile(double shape, const BothTails& tails) {
  return tails.lower <= 0.5 ? bm::gamma_p_inv(shape, tails.lower, quiet)
                            : bm::gamma_q_inv(shape, tails.upper, quiet);
}

}  // namespace

double Gamma::log_quantile(const BothTails& tails) const {
  const double leading = (tails.log_lower() + bm::lgamma(1.0 + shape, quiet)) / shape;
  const double log_standard = leading < std::log(small_value) ? log_small_quantile(shape, leading)
                                                              : std::log(large_quantile(shape, tails));
  return std::log(scale) + log_standard;
}

double Gamma::log_density_of_log(double log_x) const {
  const double log_standard = log_x - std::log(scale);
  return shape * log_standard - std::exp(log_standard) - bm::lgamma(shape, quiet);
}

double Gamma::cdf(double x) const { return x > 0.0 ? bm::gamma_p(shape, x / scale, quiet) : 0.0; }

double Gamma::survival(double x) const { return x > 0.0 ? bm::gamma_q(shape, x / scale, quiet) : 1.0; }

}  // namespace hedgerow::random
