#pragma once
// Kolmogorov-Smirnov and chi-square tests of a sample against a law.

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <span>
#include <vector>

namespace hedgerow::test {

/// The largest distance between the empirical cdf of `draws` (sorted in place) and `cdf`.
template <class Cdf>
double kolmogorov_distance(std::vector<double>& draws, Cdf cdf) {
  std::sort(draws.begin(), draws.end());
  const double n = static_cast<double>(draws.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const double p = cdf(draws[i]);
    const double below = static_cast<double>(i) / n;
    distance = std::max({distance, p - below, below + 1.0 / n - p});
  }
  return distance;
}

/// The distance exceeded with probability `size` under the law, for large n (Kolmogorov 1933, first
/// term); 0.00515 for n = 1e5 and size 1 %.
inline double kolmogorov_critical(std::size_t n, double size) {
  return std::sqrt(-0.5 * std::log(0.5 * size) / static_cast<double>(n));
}

/// P(chi-square with `degrees` degrees of freedom > statistic).
inline double chi_square_p_value(double statistic, double degrees) {
  return boost::math::gamma_q(0.5 * degrees, 0.5 * statistic);
}

/// The p-value of observed against expected counts of cells that together hold everything; neighbours
/// are pooled until each pool expects at least 20.
inline double pooled_chi_square_p_value(std::span<const double> observed, std::span<const double> expected) {
  double statistic = 0.0, pool_observed = 0.0, pool_expected = 0.0;
  double left = 0.0;
  for (double e : expected) left += e;
  int pools = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    pool_observed += observed[i];
    pool_expected += expected[i];
    left -= expected[i];
    const bool last = i + 1 == expected.size();
    if (!last && (pool_expected < 20.0 || left < 20.0)) continue;
    statistic += (pool_observed - pool_expected) * (pool_observed - pool_expected) / pool_expected;
    pool_observed = pool_expected = 0.0;
    ++pools;
  }
  return chi_square_p_value(statistic, pools - 1.0);
}

}  // namespace hedgerow::test
