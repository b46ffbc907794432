#include "engine/measure/quantile.hpp"

#include <doctest/doctest.h>

#include <boost/math/distributions/binomial.hpp>
#include <limits>
#include <numeric>
#include <vector>

#include "engine/base/check.hpp"
#include "tests/unit/engine/measure/atoms.hpp"

namespace quantile_test {

using namespace hedgerow::measure;
using hedgerow::InvalidInput;

namespace {

Column first_integers(std::size_t n) {
  Column values(n);
  std::iota(values.begin(), values.end(), 1.0);
  return values;
}

// P(B <= k), 0 below the support.
double binomial_below(std::size_t n, double alpha, std::ptrdiff_t k) {
  if (k < 0) return 0.0;
  return boost::math::cdf(boost::math::binomial(static_cast<double>(n), alpha), static_cast<double>(k));
}

}  // namespace

TEST_CASE("the quantile is the order statistic ceil(n alpha), rounding errors forgiven") {
  const SortedSample sample(first_integers(100));
  for (int percent = 1; percent <= 99; ++percent) CHECK(quantile(sample, percent / 100.0) == percent);
  CHECK(quantile(sample, 0.1 + 0.2) == 30);
  CHECK(quantile(sample, 0.9501) == 96);
  CHECK(quantile(sample, 0.999) == 100);
  CHECK(quantile(sample, 1e-9) == 1);
}

TEST_CASE("O26: quantiles of weighted atoms") {
  const SortedSample atoms = weighted_atoms();
  for (const auto& [alpha, q, shortfall] : atom_oracle) CHECK(quantile(atoms, alpha) == q);
}

TEST_CASE("unit weights change no quantile") {
  const Column values = skewed_column(3, 257);
  const SortedSample plain(values);
  const SortedSample weighted(values, Column(values.size(), 1.0));
  for (int permille = 1; permille < 1000; ++permille)
    CHECK(quantile(plain, permille / 1000.0) == quantile(weighted, permille / 1000.0));
}

TEST_CASE("the upper tail ignores the total weight, the lower level is self-normalised") {
  const Column values{1, 2, 3, 4};
  const SortedSample doubled(values, Column(4, 2.0));
  CHECK(quantile(doubled, 0.5) == 3);   // (1/4) 2 #{L > 3} = 1/2
  CHECK(quantile(doubled, 0.25) == 1);  // half of the weight of 1 and 2 together
  CHECK(quantile(doubled, 0.26) == 2);
}

TEST_CASE("O24: ranks of the exact interval") {
  const auto ranks = [](std::size_t n, double alpha) { return order_statistic_ranks(n, alpha, 0.95); };
  CHECK(*ranks(1000, 0.95).lower == 936);
  CHECK(*ranks(1000, 0.95).upper == 964);
  CHECK(*ranks(10000, 0.95).lower == 9457);
  CHECK(*ranks(10000, 0.95).upper == 9543);
  CHECK(*ranks(10000, 0.99).lower == 9880);
  CHECK(*ranks(10000, 0.99).upper == 9920);
  CHECK(*ranks(100000, 0.999).lower == 99880);
  CHECK(*ranks(100000, 0.999).upper == 99920);
  const double covered[] = {.9581, .9515, .9558, .9548};
  const std::pair<std::size_t, double> cases[] = {{1000, .95}, {10000, .95}, {10000, .99}, {100000, .999}};
  for (int i = 0; i < 4; ++i) {
    const auto [n, alpha] = cases[i];
    const auto [l, u] = ranks(n, alpha);
    const double coverage = binomial_below(n, alpha, static_cast<std::ptrdiff_t>(*u) - 1) -
                            binomial_below(n, alpha, static_cast<std::ptrdiff_t>(*l) - 1);
    CHECK(coverage == doctest::Approx(covered[i]).epsilon(0.00006));
  }
}

TEST_CASE("ranks are the tightest that keep each tail's error at (1 - confidence) / 2") {
  for (std::size_t n : {1u, 2u, 5u, 17u, 100u, 1000u, 99999u})
    for (double alpha : {0.01, 0.3, 0.5, 0.95, 0.99, 0.999})
      for (double confidence : {0.5, 0.9, 0.95, 0.999}) {
        const double g = 0.5 * (1.0 - confidence);
        const RankInterval ranks = order_statistic_ranks(n, alpha, confidence);
        const auto l = static_cast<std::ptrdiff_t>(ranks.lower.value_or(0));
        CHECK(binomial_below(n, alpha, l - 1) < g);
        CHECK(binomial_below(n, alpha, l) >= g);
        const auto u = static_cast<std::ptrdiff_t>(ranks.upper.value_or(n + 1));
        CHECK(binomial_below(n, alpha, u - 1) >= 1.0 - g);
        CHECK(binomial_below(n, alpha, u - 2) < 1.0 - g);
      }
}

TEST_CASE("a bound that the sample cannot give is missing, the quantile is still there") {
  const SortedSample one(Column{7});
  CHECK(quantile(one, 0.5) == 7);
  CHECK_FALSE(quantile_interval(one, 0.5).lower);
  CHECK_FALSE(quantile_interval(one, 0.5).upper);
  const Interval high = quantile_interval(SortedSample(first_integers(100)), 0.99);
  CHECK(*high.lower == 97);
  CHECK_FALSE(high.upper);
  CHECK_FALSE(quantile_interval(SortedSample(first_integers(100)), 0.01).lower);
}

TEST_CASE("the interval of a quantile holds values of the sample by their ranks") {
  const Interval interval = quantile_interval(SortedSample(first_integers(1000)), 0.95);
  CHECK(*interval.lower == 936);
  CHECK(*interval.upper == 964);
  const Interval constant = quantile_interval(SortedSample(Column(1000, 5.0)), 0.95);
  CHECK(*constant.lower == 5);
  CHECK(*constant.upper == 5);
}

TEST_CASE("the weighted interval inverts the tail at one z-width by hand") {
  // n = 1e4, alpha = .9: sd(1{L > q}) = .3, so 1 - alpha -/+ 1.959964 * .003 = .1058799, .0941201.
  const SortedSample sample(first_integers(10000), Column(10000, 1.0));
  const Interval interval = quantile_interval(sample, 0.9);
  CHECK(*interval.lower == 8942);
  CHECK(*interval.upper == 9059);
  // The lower tail with any constant weight: F at .1 -/+ .0058799, self-normalised.
  const Interval low = quantile_interval(SortedSample(first_integers(10000), Column(10000, 0.6)), 0.1);
  CHECK(*low.lower == 942);
  CHECK(*low.upper == 1059);
}

TEST_CASE("the weighted interval has no upper bound where the tail is one observation") {
  const SortedSample sample(first_integers(100), Column(100, 1.0));
  CHECK_FALSE(quantile_interval(sample, 0.995).upper);
  CHECK_FALSE(quantile_interval(sample, 0.98).upper);         // two beyond: .02 - 1.96 * .014 < 0
  CHECK_FALSE(quantile_interval(sample, 0.9901, 0.5).upper);  // z < 1: only the count can tell
  CHECK(quantile_interval(sample, 0.9).upper);
  const Interval constant = quantile_interval(SortedSample(Column(50, 4.0), Column(50, 1.0)), 0.95);
  CHECK(*constant.lower == 4);
  CHECK(*constant.upper == 4);
}

TEST_CASE("levels outside (0, 1) are rejected") {
  const SortedSample sample(Column{1, 2});
  for (const double bad : {0.0, 1.0, -0.1, 95.0, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(quantile(sample, bad), InvalidInput);
    CHECK_THROWS_AS(quantile_interval(sample, bad), InvalidInput);
    CHECK_THROWS_AS(quantile_interval(sample, 0.5, bad), InvalidInput);
    CHECK_THROWS_AS(order_statistic_ranks(10, bad, 0.95), InvalidInput);
  }
  CHECK_THROWS_AS(order_statistic_ranks(0, 0.5, 0.95), InvalidInput);
}

}  // namespace quantile_test
