#pragma once
// Sums of two columns whose Euler contributions to the expected shortfall are known, and the experiments on
// them: how often the intervals of contributions hold the truth.

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "tests/statistical/measure/experiments.hpp"

namespace hedgerow::measure::study {

/// A sum L of two columns.
struct SumLaw {
  std::string name;
  std::size_t uniforms = 2;  ///< per path
  std::function<std::array<double, 2>(const double* u)> row;
  std::function<std::array<double, 2>(double alpha)> contributions;  ///< to ES_alpha, exact
};

/// Exp(1) + Exp(mean 3), independent.
SumLaw two_exponentials();
/// Gamma(2, 1) + Gamma(1/2, 1), independent: whatever the sum is, the first has 4/5 of it.
SumLaw two_gammas();
/// weight * N(1, 1) + (1 - weight) * N(1.2, 0.8^2), correlation 0.3 (O29).
SumLaw two_normals(double weight);
/// 60 % zeros, else a Pareto tail of index 0.3, + Exp(1), independent; by numerical integration.
SumLaw pareto_and_exponential();

/// The first contribution, the second, their sum, and the Herfindahl-Hirschman index of their shares, each
/// with its error, at one level.
std::vector<Row> splits(const SumLaw& law, double alpha, Size size);

/// How often dominance is claimed (misses below) between two columns of one law: lognormals (sigma 0.8) with
/// correlation 0.9 of the logarithms; rows "first order" and "second order".
std::vector<Row> false_dominance(Size size);

}  // namespace hedgerow::measure::study
