#include "engine/measure/expected_shortfall.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

#include "engine/base/check.hpp"
#include "engine/measure/moments.hpp"
#include "engine/measure/quantile.hpp"
#include "tests/unit/engine/measure/atoms.hpp"

namespace expected_shortfall_test {

using namespace hedgerow::measure;
using hedgerow::InvalidInput;

namespace {

double shortfall_of(const Column& values, double alpha) {
  return expected_shortfall(SortedSample(values), alpha).value;
}

// The upper part of a law laid out on a grid of n mid-probabilities; below the level only order matters.
template <class Quantile>
Estimate grid_shortfall(std::size_t n, double alpha, Quantile quantile_at) {
  Column grid(n, quantile_at(alpha / 2));
  for (std::size_t i = static_cast<std::size_t>(alpha * static_cast<double>(n)) - 2; i < n; ++i)
    grid[i] = quantile_at((static_cast<double>(i) + 0.5) / static_cast<double>(n));
  return expected_shortfall(SortedSample(grid), alpha);
}

// Euler contribution of a column by its definition: (1/n) sum w phi L_j / (1 - alpha).
double contribution(const Shortfall& s, const Column& part) {
  double sum = 0.0;
  for (std::size_t i = 0; i < part.size(); ++i)
    sum += atom_weights[i] * s.euler_weight(atom_values[i]) * part[i];
  return sum / static_cast<double>(part.size()) * s.scale();
}

}  // namespace

TEST_CASE("O26: shortfalls of weighted atoms") {
  for (const auto& [alpha, q, expected] : atom_oracle) {
    const Shortfall s = shortfall(weighted_atoms(), alpha);
    CHECK(s.quantile == q);
    CHECK(s.value == doctest::Approx(expected).epsilon(1e-12));
  }
}

TEST_CASE("O27: Euler contributions add up, atoms included") {
  const Column part_a{10, 0, 20, 10, 80};
  const Column part_b{0, 20, 0, 30, 20};
  const double expected[][3] = {{.7, 21.4285714, 25.2380952}, {.8, 27.5, 27.5}, {.9, 45, 25}};
  for (const auto& [alpha, a, b] : expected) {
    const Shortfall s = shortfall(weighted_atoms(), alpha);
    CHECK(contribution(s, part_a) == doctest::Approx(a).epsilon(1e-8));
    CHECK(contribution(s, part_b) == doctest::Approx(b).epsilon(1e-8));
    CHECK(contribution(s, part_a) + contribution(s, part_b) == doctest::Approx(s.value).epsilon(1e-12));
  }
  const double alone_a = shortfall(SortedSample(part_a, atom_weights), .8).value;
  const double alone_b = shortfall(SortedSample(part_b, atom_weights), .8).value;
  CHECK(alone_a == doctest::Approx(35));
  CHECK(alone_b == doctest::Approx(30));
}

TEST_CASE("O25: value and standard error of laws with known answers") {
  const double root_100 = 10.0;  // grids of 1e6 values, oracles for 1e4
  const Estimate exponential = grid_shortfall(1000000, .95, [](double u) { return -std::log1p(-u); });
  CHECK(exponential.value == doctest::Approx(3.9957322736).epsilon(1e-5));
  CHECK(*exponential.standard_error * root_100 == doctest::Approx(.0624499800).epsilon(1e-4));

  const boost::math::normal normal;
  const auto lognormal = [&](double u) { return std::exp(boost::math::quantile(normal, u)); };
  const Estimate heavy = grid_shortfall(4000000, .99, lognormal);
  CHECK(heavy.value == doctest::Approx(15.2279603009).epsilon(5e-5));
  CHECK(*heavy.standard_error * 20.0 == doctest::Approx(.8226051895).epsilon(1e-3));

  const auto gauss = [&](double u) { return boost::math::quantile(normal, u); };
  CHECK(grid_shortfall(1000000, .99, gauss).value == doctest::Approx(2.6652142203).epsilon(1e-5));
}

TEST_CASE("O22: quantile and shortfall of one gamma factor") {
  const boost::math::gamma_distribution<> factor(2.0, 0.5);  // variance 1/2
  const double expected[][3] = {{.95, 2.3719322592, 2.9589816662},
                                {.99, 3.3191760340, 3.8846351796},
                                {.999, 4.6167067382, 5.1655662904}};
  for (const auto& [alpha, q, value] : expected) {
    const auto gamma = [&](double u) { return boost::math::quantile(factor, u); };
    CHECK(gamma(alpha) == doctest::Approx(q).epsilon(1e-10));
    CHECK(grid_shortfall(2000000, alpha, gamma).value == doctest::Approx(value).epsilon(5e-5));
  }
}

TEST_CASE("the standard error equals the formula of Manistre & Hancock") {
  const Column values = skewed_column(5, 2000);
  const SortedSample sample(values);
  for (const double alpha : {0.3, 0.9, 0.95}) {
    const Estimate estimate = expected_shortfall(sample, alpha);
    const double q = quantile(sample, alpha);
    Moments tail;
    for (const double x : values)
      if (x > q) tail.add(x);
    const double population_variance = tail.m2 / static_cast<double>(tail.count);
    const double excess = estimate.value - q;
    const double variance = (population_variance + alpha * excess * excess) / (1999 * (1 - alpha));
    CHECK(*estimate.standard_error == doctest::Approx(std::sqrt(variance)).epsilon(1e-10));
  }
}

TEST_CASE("unit weights change neither value nor error") {
  const Column values = skewed_column(6, 500);
  for (const double alpha : {0.05, 0.5, 0.9, 0.99}) {
    const Estimate plain = expected_shortfall(SortedSample(values), alpha);
    const Estimate weighted = expected_shortfall(SortedSample(values, Column(500, 1.0)), alpha);
    CHECK(weighted.value == doctest::Approx(plain.value).epsilon(1e-12));
    CHECK(*weighted.standard_error == doctest::Approx(*plain.standard_error).epsilon(1e-12));
  }
}

TEST_CASE("below one half the total weight cancels") {
  const Column values = skewed_column(7, 500);
  const Estimate plain = expected_shortfall(SortedSample(values), 0.3);
  const Estimate scaled = expected_shortfall(SortedSample(values, Column(500, 0.25)), 0.3);
  CHECK(scaled.value == doctest::Approx(plain.value).epsilon(1e-12));
  CHECK(*scaled.standard_error == doctest::Approx(*plain.standard_error).epsilon(1e-12));
}

TEST_CASE("M11: shortfall >= quantile >= median, growing with the level, shifting with the values") {
  for (std::uint64_t path = 0; path < 20; ++path) {
    const Column values = skewed_column(path, 300);
    Column shifted = values;
    for (double& x : shifted) x += 17.25;
    double before = -1.0;
    for (const double alpha : {0.5, 0.6, 0.75, 0.9, 0.953, 0.99, 0.999}) {
      const Shortfall s = shortfall(SortedSample(values), alpha);
      CHECK(s.value >= s.quantile);
      CHECK(s.quantile >= quantile(SortedSample(values), 0.5));
      CHECK(s.value >= before - 1e-12);
      CHECK(shortfall_of(shifted, alpha) == doctest::Approx(s.value + 17.25).epsilon(1e-13));
      before = s.value;
    }
  }
}

TEST_CASE("M11: the shortfall of a sum is at most the sum of shortfalls") {
  for (std::uint64_t path = 0; path < 40; path += 2) {
    const Column a = skewed_column(path, 137);
    const Column b = skewed_column(path + 1, 137);
    Column sum(137);
    std::transform(a.begin(), a.end(), b.begin(), sum.begin(), std::plus<>());
    for (const double alpha : {0.1, 0.5, 0.83, 0.95, 0.99})
      CHECK(shortfall_of(sum, alpha) <= shortfall_of(a, alpha) + shortfall_of(b, alpha) + 1e-12);
  }
}

TEST_CASE("the shortfall is the minimum over thresholds (Rockafellar & Uryasev)") {
  const Column values = skewed_column(8, 101);
  for (const double alpha : {0.2, 0.77, 0.95}) {
    double least = std::numeric_limits<double>::infinity();
    for (const double threshold : values) {
      double excess = 0.0;
      for (const double x : values) excess += std::max(0.0, x - threshold);
      least = std::min(least, threshold + excess / (101 * (1 - alpha)));
    }
    CHECK(shortfall_of(values, alpha) == doctest::Approx(least).epsilon(1e-12));
  }
}

TEST_CASE("constants, single values and refused errors") {
  const Estimate constant = expected_shortfall(SortedSample(Column(10, 3.0)), 0.9);
  CHECK(constant.value == 3.0);
  CHECK(*constant.standard_error == 0.0);
  const Estimate one = expected_shortfall(SortedSample(Column{3.0}), 0.9);
  CHECK(one.value == 3.0);
  CHECK_FALSE(one.standard_error);
  CHECK_FALSE(expected_shortfall(SortedSample(Column{1, 2, 3}), 0.9).standard_error);
  const SortedSample sample(skewed_column(9, 100));
  CHECK(expected_shortfall(sample, 0.9).standard_error);
  CHECK_FALSE(expected_shortfall(sample, 0.9, {.infinite_variance = true}).standard_error);
  for (const double bad : {0.0, 1.0, -1.0, std::numeric_limits<double>::quiet_NaN()})
    CHECK_THROWS_AS(expected_shortfall(sample, bad), InvalidInput);
}

}  // namespace expected_shortfall_test
