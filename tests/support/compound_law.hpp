#pragma once
// Exact laws of counts and of compound sums, independent of the engine's samplers.

#include <algorithm>
#include <cmath>
#include <vector>

namespace hedgerow::test {

/// P(N = 0..size-1) of a Poisson count, by logarithms in long double.
inline std::vector<double> poisson_pmf(double mean, std::size_t size) {
  std::vector<double> pmf(size);
  for (std::size_t n = 0; n < size; ++n) {
    const long double k = static_cast<long double>(n);
    pmf[n] = static_cast<double>(
        std::exp(k * std::log(static_cast<long double>(mean)) - mean - std::lgamma(k + 1.0L)));
  }
  return pmf;
}

/// P(N = 0..size-1) of a Poisson count whose mean is `mean` times a gamma variable of mean 1 and
/// variance `v`: negative binomial with shape 1/v.
inline std::vector<double> negative_binomial_pmf(double mean, double v, std::size_t size) {
  std::vector<double> pmf(size);
  const double q = v * mean / (1.0 + v * mean);
  pmf[0] = std::pow(1.0 + v * mean, -1.0 / v);
  for (std::size_t n = 1; n < size; ++n) {
    const double k = static_cast<double>(n);
    pmf[n] = pmf[n - 1] * q * (k - 1.0 + 1.0 / v) / k;
  }
  return pmf;
}

/// A count law with P(N = n) = (a + b / n) P(N = n - 1).
struct PanjerCount {
  double a, b, p0;
};
inline PanjerCount panjer_poisson(double mean) { return {0.0, mean, std::exp(-mean)}; }
inline PanjerCount panjer_negative_binomial(double mean, double v) {
  const double q = v * mean / (1.0 + v * mean);
  return {q, (1.0 / v - 1.0) * q, std::pow(1.0 + v * mean, -1.0 / v)};
}

/// P(S = 0..size-1) for the sum S of N severities on 1, 2, ...; severity[j] = P(X = j + 1).
/// Source: Panjer 1981, "Recursive evaluation of a family of compound distributions", ASTIN 12.
inline std::vector<double> panjer_recursion(const PanjerCount& count, const std::vector<double>& severity,
                                            std::size_t size) {
  std::vector<double> pmf(size);
  pmf[0] = count.p0;
  for (std::size_t s = 1; s < size; ++s)
    for (std::size_t j = 1; j <= std::min(s, severity.size()); ++j)
      pmf[s] += (count.a + count.b * static_cast<double>(j) / static_cast<double>(s)) * severity[j - 1] *
                pmf[s - j];
  return pmf;
}

struct TailRisk {
  double value_at_risk, expected_shortfall;
};

/// Exact value at risk and expected shortfall (Acerbi & Tasche 2002) of a law on 0, 1, 2, ...
inline TailRisk lattice_tail_risk(const std::vector<double>& pmf, double level) {
  double cumulative = 0.0;
  std::size_t q = 0;
  for (cumulative = pmf[0]; cumulative < level; cumulative += pmf[q]) ++q;
  double excess = 0.0;
  for (std::size_t s = q + 1; s < pmf.size(); ++s) excess += static_cast<double>(s - q) * pmf[s];
  return {static_cast<double>(q), static_cast<double>(q) + excess / (1.0 - level)};
}

}  // namespace hedgerow::test
