#include "engine/random/beta.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "engine/random/special_functions.hpp"

namespace hedgerow::random {
namespace {

namespace bm = boost::math;
using detail::quiet;

// ln(alpha B(alpha, beta)), so that P(X <= x) -> x^alpha / (alpha B(alpha, beta)) as x -> 0.
double log_leading_constant(double alpha, double beta) {
  return bm::lgamma(1.0 + alpha, quiet) + bm::lgamma(beta, quiet) - bm::lgamma(alpha + beta, quiet);
}

// ln x and ln(1 - x) are both needed to full precision: take the smaller side from Boost.
double log_large_quantile(double alpha, double beta, const BothTails& tails) {
  double complement = 0.0;
  const double x = tails.lower <= 0.5 ? bm::ibeta_inv(alpha, beta, tails.lower, &complement, quiet)
                                      : bm::ibetac_inv(alpha, beta, tails.upper, &complement, quiet);
  return x < 0.5 ? std::log(x) : std::log1p(-complement);
}

}  // namespace

double Beta::log_quantile(const BothTails& tails) const {
  const double leading = (tails.log_lower() + log_leading_constant(alpha(), beta())) / alpha();
  const bool leading_is_exact = leading + std::log1p(beta()) < std::log(1e-17);
  return leading_is_exact ? leading : log_large_quantile(alpha(), beta(), tails);
}

double Beta::log_density_of_log(double log_x) const {
  const double log_beta_function = log_leading_constant(alpha(), beta()) - std::log(alpha());
  return alpha() * log_x + (beta() - 1.0) * std::log(-std::expm1(log_x)) - log_beta_function;
}

double Beta::cdf(double x) const {
  if (x <= 0.0) return 0.0;
  return x < 1.0 ? bm::ibeta(alpha(), beta(), x, quiet) : 1.0;
}

double Beta::survival(double x) const {
  if (x <= 0.0) return 1.0;
  return x < 1.0 ? bm::ibetac(alpha(), beta(), x, quiet) : 0.0;
}

}  // namespace hedgerow::random
