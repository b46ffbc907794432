#pragma once
// The censored log-likelihood as its definition says, with densities that are not ours, and its slopes by
// differences: what the fits are held against.

#include <algorithm>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/weibull.hpp>
#include <cmath>
#include <functional>

#include "engine/fit/law_fit.hpp"

namespace hedgerow::test {

/// Log-likelihood of two parameters, in which estimates are normal.
using LogLikelihood = std::function<double(double, double)>;

template <class Density, class Survival>
double sum_over(const fit::CensoredSample& sample, Density density, Survival survival) {
  double sum = 0.0;
  for (const fit::CensoredValue& x : sample)
    sum += std::log(x.censored ? survival(x.value) : density(x.value));
  return sum;
}

/// In (ln median, ln sigma).
inline LogLikelihood lognormal_likelihood(const fit::CensoredSample& sample) {
  return [&sample](double log_median, double log_sigma) {
    const boost::math::lognormal law(log_median, std::exp(log_sigma));
    return sum_over(
        sample, [&](double x) { return pdf(law, x); }, [&](double x) { return cdf(complement(law, x)); });
  };
}

/// In (ln shape, ln scale).
inline LogLikelihood weibull_likelihood(const fit::CensoredSample& sample) {
  return [&sample](double log_shape, double log_scale) {
    const boost::math::weibull law(std::exp(log_shape), std::exp(log_scale));
    return sum_over(
        sample, [&](double x) { return pdf(law, x); }, [&](double x) { return cdf(complement(law, x)); });
  };
}

/// In (tail index, ln scale); the tail index is not 0.
inline LogLikelihood generalized_pareto_likelihood(const fit::CensoredSample& sample) {
  return [&sample](double tail_index, double log_scale) {
    const double scale = std::exp(log_scale);
    const auto survival = [&](double x) { return std::pow(1.0 + tail_index * x / scale, -1.0 / tail_index); };
    return sum_over(
        sample, [&](double x) { return survival(x) / (scale + tail_index * x); }, survival);
  };
}

/// The greatest slope at (a, b).
inline double steepest_slope(const LogLikelihood& f, double a, double b) {
  constexpr double h = 1e-5;
  return std::max(std::abs(f(a + h, b) - f(a - h, b)), std::abs(f(a, b + h) - f(a, b - h))) / (2.0 * h);
}

/// The inverse of minus the second differences at (a, b).
inline fit::Covariance covariance_by_differences(const LogLikelihood& f, double a, double b) {
  constexpr double h = 1e-4;
  const double aa = -(f(a + h, b) - 2.0 * f(a, b) + f(a - h, b)) / (h * h);
  const double bb = -(f(a, b + h) - 2.0 * f(a, b) + f(a, b - h)) / (h * h);
  const double ab = -(f(a + h, b + h) - f(a + h, b - h) - f(a - h, b + h) + f(a - h, b - h)) / (4.0 * h * h);
  const double determinant = aa * bb - ab * ab;
  return {bb / determinant, -ab / determinant, aa / determinant};
}

}  // namespace hedgerow::test
