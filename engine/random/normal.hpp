#pragma once
// The standard normal law and the standard exponential law by inversion of one uniform.

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "engine/base/check.hpp"
#include "engine/base/polynomial.hpp"

namespace hedgerow::random {

namespace detail {

struct Rational {
  std::array<double, 8> numerator, denominator;
  constexpr double operator()(double x) const {
    return polynomial(numerator, x) / polynomial(denominator, x);
  }
};

// The three rational approximations of AS241, routine PPND16, coefficients in ascending order.
inline constexpr Rational normal_centre = {
    {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
     4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3},
    {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
     3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3}};
inline constexpr Rational normal_near_tail = {
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2,
     7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9}};
inline constexpr Rational normal_far_tail = {
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5,
     2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15}};

// -normal_quantile(tail) for a tail probability below 0.075.
inline double normal_tail_score(double tail) {
  const double r = std::sqrt(-std::log(tail));
  return r <= 5.0 ? normal_near_tail(r - 1.6) : normal_far_tail(r - 5.0);
}

}  // namespace detail

/// The standard normal quantile of u in (0, 1), relative error about 1e-16, odd about u = 1/2 where
/// 1 - u is exact. Source: Wichura 1988, "Algorithm AS 241: the percentage points of the normal
/// distribution", Applied Statistics 37, routine PPND16.
inline double normal_quantile(double u) {
  HEDGEROW_EXPECT(u > 0.0 && u < 1.0);
  const double centred = u - 0.5;
  if (std::abs(centred) <= 0.425) return centred * detail::normal_centre(0.180625 - centred * centred);
  return centred < 0.0 ? -detail::normal_tail_score(u) : detail::normal_tail_score(1.0 - u);
}

/// P(Z <= x) of a standard normal Z, with full relative precision in the lower tail.
inline double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

/// The logarithm of the standard normal density at x.
inline double normal_log_density(double x) { return -0.5 * (x * x + std::log(2.0 * std::numbers::pi)); }

/// The quantile of an exponential variable of mean 1 at u in (0, 1).
inline double exponential_quantile(double u) {
  HEDGEROW_EXPECT(u > 0.0 && u < 1.0);
  return -std::log1p(-u);
}

}  // namespace hedgerow::random
