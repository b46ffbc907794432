#include "tests/statistical/measure/splits.hpp"

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

#include "engine/measure/concentration.hpp"
#include "engine/measure/dominance.hpp"
#include "engine/measure/euler.hpp"
#include "engine/measure/expected_shortfall.hpp"
#include "engine/random/stream.hpp"

namespace hedgerow::measure::study {
namespace {

using Pair = std::array<double, 2>;

// The x in (0, 1000) where a falling survival function is 1 - alpha.
template <class Survival>
double solve_quantile(Survival survival, double alpha) {
  double low = 0.0;
  double high = 1000.0;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    (survival(middle) > 1.0 - alpha ? low : high) = middle;
  }
  return high;
}

// E[X 1{X + Y > q}] with X ~ Exp(rate x), Y ~ Exp(rate y), x != y, independent.
double exponential_part(double x, double y, double q) {
  const double c = x - y;
  const double inner = (-std::expm1(-c * q) - c * q * std::exp(-c * q)) / (c * c);
  return x * std::exp(-y * q) * inner + (q + 1.0 / x) * std::exp(-x * q);
}

// One sample of a sum, split as a caller splits it.
EulerContributions split(const SumLaw& law, double alpha, Size size, std::size_t repetition) {
  std::vector<double> u(law.uniforms * size.n);
  random::Stream(size.seed, "splits", law.name).uniforms(repetition, u);
  std::vector<Pair> rows(size.n);
  std::vector<double> totals(size.n);
  for (std::size_t i = 0; i < size.n; ++i) {
    rows[i] = law.row(&u[law.uniforms * i]);
    totals[i] = rows[i][0] + rows[i][1];
  }
  const SortedSample sorted(totals);
  const Shortfall s = shortfall(sorted, alpha);
  const NearQuantile near = near_quantile(sorted, alpha);
  EulerSums sums(2);
  for (std::size_t i = 0; i < size.n; ++i) {
    sums.add_tail(s.euler_weight(totals[i]), rows[i]);
    if (near.holds(totals[i])) sums.add_near(rows[i]);
  }
  return contributions(sums, size.n, alpha);
}

}  // namespace

SumLaw two_exponentials() {
  const auto row = [](const double* u) { return Pair{-std::log1p(-u[0]), -3.0 * std::log1p(-u[1])}; };
  const auto exact = [](double alpha) {
    const auto survival = [](double q) { return 1.5 * std::exp(-q / 3.0) - 0.5 * std::exp(-q); };
    const double q = solve_quantile(survival, alpha);
    return Pair{exponential_part(1.0, 1.0 / 3.0, q) / (1.0 - alpha),
                exponential_part(1.0 / 3.0, 1.0, q) / (1.0 - alpha)};
  };
  return {"exponentials, means 1 and 3", 2, row, exact};
}

// X / (X + Y) is independent of X + Y (Lukacs 1955).
SumLaw two_gammas() {
  const auto row = [](const double* u) {
    const double z = normal_quantile(u[2]);
    return Pair{-std::log1p(-u[0]) - std::log1p(-u[1]), 0.5 * z * z};
  };
  const auto exact = [](double alpha) {
    const double q = boost::math::quantile(boost::math::gamma_distribution<>(2.5), alpha);
    const double shortfall = 2.5 * boost::math::gamma_q(3.5, q) / (1.0 - alpha);
    return Pair{0.8 * shortfall, 0.2 * shortfall};
  };
  return {"gammas, shapes 2 and 1/2", 3, row, exact};
}

SumLaw two_normals(double weight) {
  const auto row = [weight](const double* u) {
    const double z = normal_quantile(u[0]);
    const double other = 0.3 * z + std::sqrt(0.91) * normal_quantile(u[1]);
    return Pair{weight * (1.0 + z), (1.0 - weight) * (1.2 + 0.8 * other)};
  };
  // C_j = w_j (mu_j + (Sigma w)_j / sigma * phi(z) / (1 - alpha)): McNeil, Frey & Embrechts 2015, sec. 8.5.
  const auto exact = [weight](double alpha) {
    const double other = 1.0 - weight;
    const double first = weight + 0.24 * other;
    const double second = 0.24 * weight + 0.64 * other;
    const double sd = std::sqrt(weight * first + other * second);
    const double tail = boost::math::pdf(boost::math::normal(), normal_quantile(alpha)) / (1.0 - alpha);
    return Pair{weight * (1.0 + first / sd * tail), other * (1.2 + second / sd * tail)};
  };
  return {"normals, correlation 0.3", 2, row, exact};
}

SumLaw pareto_and_exponential() {
  const Law pareto = atom_and_pareto("", 0.6, 0.3);
  const auto row = [pareto](const double* u) { return Pair{pareto.quantile(u[0]), -std::log1p(-u[1])}; };
  const auto exact = [](double alpha) {
    using boost::math::quadrature::gauss_kronrod;
    const auto beyond = [](double x) { return std::exp(-std::log1p(0.3 * x) / 0.3); };  // P(excess > x)
    const auto density = [](double x) { return std::exp(-(1.0 / 0.3 + 1.0) * std::log1p(0.3 * x)); };
    const auto integral = [](auto f, double q) {
      return q > 0.0 ? gauss_kronrod<double, 61>::integrate(f, 0.0, q, 15, 1e-13) : 0.0;
    };
    const auto survival = [&](double q) {
      const auto both = [&](double x) { return density(x) * std::exp(x - q); };
      return 0.6 * std::exp(-q) + 0.4 * (beyond(q) + integral(both, q));
    };
    const double q = solve_quantile(survival, alpha);
    // The Pareto part x of a tail total: all of it beyond q, below with the rest from the exponential.
    const auto first = [&](double x) { return x * density(x) * std::exp(x - q); };
    const double mean_beyond = (q + (1.0 + 0.3 * q) / 0.7) * beyond(q);
    // The exponential part: E[Y 1{Y > y}] = (y + 1) exp(-y).
    const auto second = [&](double x) { return density(x) * (q - x + 1.0) * std::exp(x - q); };
    return Pair{0.4 * (mean_beyond + integral(first, q)) / (1.0 - alpha),
                (0.6 * (q + 1.0) * std::exp(-q) + 0.4 * (beyond(q) + integral(second, q))) / (1.0 - alpha)};
  };
  return {"Pareto tail 0.3 and exponential", 2, row, exact};
}

std::vector<Row> splits(const SumLaw& law, double alpha, Size size) {
  const Pair truth = law.contributions(alpha);
  std::vector<Row> rows{{law.name, "contribution 1", alpha, truth[0]},
                        {law.name, "contribution 2", alpha, truth[1]},
                        {law.name, "their sum", alpha, truth[0] + truth[1]},
                        {law.name, "their HHI", alpha, concentration(truth)->herfindahl}};
  const std::vector<double> ones{1.0, 1.0};
  for (std::size_t r = 0; r < size.repetitions; ++r) {
    const EulerContributions found = split(law, alpha, size, r);
    rows[0].tally.add(found.at(0), truth[0], confidence);
    rows[1].tally.add(found.at(1), truth[1], confidence);
    rows[2].tally.add(found.combination(ones), truth[0] + truth[1], confidence);
    const Estimate index{concentration(found.value)->herfindahl,
                         found.combination(herfindahl_gradient(found.value)).standard_error};
    rows[3].tally.add(index, rows[3].truth, confidence);
  }
  return rows;
}

std::vector<Row> false_dominance(Size size) {
  const char* name = "lognormals of one law, correlation 0.9";
  std::vector<Row> rows{{name, "first order", 0.0, 0.0}, {name, "second order", 0.0, 0.0}};
  std::vector<double> u(2 * size.n);
  std::vector<double> a(size.n);
  std::vector<double> b(size.n);
  // A claim is a miss below the truth, as if the interval of "how much better" were (0, infinity).
  const auto claim = [](bool holds) { return holds ? Interval{{}, -1.0} : Interval{{}, 1.0}; };
  for (std::size_t r = 0; r < size.repetitions; ++r) {
    random::Stream(size.seed, "coverage", "dominance").uniforms(r, u);
    for (std::size_t i = 0; i < size.n; ++i) {
      const double z = normal_quantile(u[2 * i]);
      a[i] = std::exp(0.8 * z);
      b[i] = std::exp(0.8 * (0.9 * z + std::sqrt(0.19) * normal_quantile(u[2 * i + 1])));
    }
    rows[0].tally.add(claim(first_order_dominance(a, b).holds), 0.0);
    rows[1].tally.add(claim(second_order_dominance(a, b).holds), 0.0);
  }
  return rows;
}

}  // namespace hedgerow::measure::study
