#include "engine/measure/exceedance.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/check.hpp"
#include "engine/measure/quantile.hpp"
#include "tests/unit/engine/measure/atoms.hpp"

namespace exceedance_test {

using namespace hedgerow::measure;
using hedgerow::InvalidInput;

TEST_CASE("O23: chance of at least one 100-year value in 7 years") {
  CHECK(probability_at_least_once(100, 7) == doctest::Approx(.0679346521).epsilon(1e-9));
  CHECK(probability_at_least_once(4, 1) == doctest::Approx(.25).epsilon(1e-14));
  CHECK(probability_at_least_once(2, 3) == doctest::Approx(.875).epsilon(1e-14));
  CHECK(probability_at_least_once(1e12, 7) == doctest::Approx(7e-12).epsilon(1e-9));
  CHECK(probability_at_least_once(1, 3) == 1.0);
  CHECK(probability_at_least_once(1, 0) == 0.0);
  CHECK(probability_at_least_once(100, 0) == 0.0);
  CHECK_THROWS_AS(probability_at_least_once(0.5, 7), InvalidInput);
  CHECK_THROWS_AS(probability_at_least_once(100, -1), InvalidInput);
}

TEST_CASE("the curve of one year is made of quantiles with their exact intervals") {
  const SortedSample year(skewed_column(1, 2000));
  const Column periods{10, 100, 2, 2000};
  const auto curve = exceedance_curve(year, periods);
  REQUIRE(curve.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    const double alpha = 1 - 1 / periods[i];
    CHECK(curve[i].return_period == periods[i]);
    CHECK(*curve[i].value == quantile(year, alpha));
    CHECK(curve[i].interval.lower == quantile_interval(year, alpha).lower);
    CHECK(curve[i].interval.upper == quantile_interval(year, alpha).upper);
  }
  CHECK(curve[1].interval.upper);
  CHECK_FALSE(curve[3].interval.upper);
}

TEST_CASE("what the sample cannot resolve is missing, not extrapolated") {
  const Column values = skewed_column(2, 140);
  const Column periods{140, 141};
  for (const std::size_t years : {1u, 7u}) {
    const auto curve = pooled_exceedance_curve(values, years, periods);
    CHECK(curve[0].value);
    CHECK_FALSE(curve[1].value);
    CHECK_FALSE(curve[1].interval.upper);
  }
}

TEST_CASE("pooled over one year is the curve of that year") {
  const Column values = skewed_column(3, 500);
  const Column periods{5, 50};
  const auto pooled = pooled_exceedance_curve(values, 1, periods);
  const auto single = exceedance_curve(SortedSample(values), periods);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(pooled[i].value == single[i].value);
    CHECK(pooled[i].interval.lower == single[i].interval.lower);
    CHECK(pooled[i].interval.upper == single[i].interval.upper);
  }
}

TEST_CASE("equal years of a path count as one observation") {
  // 4000 paths whose 7 years are equal: sd(f) / sqrt(n) = sqrt(.1 * .9 / 4000) at RP 10.
  Column values;
  for (int path = 1; path <= 4000; ++path) values.insert(values.end(), 7, path);
  const Column periods{10};
  const ExceedancePoint point = pooled_exceedance_curve(values, 7, periods).front();
  const double half_width = two_sided_normal(.95) * std::sqrt(.09 / 3999);
  CHECK(*point.value == 3600);
  CHECK(*point.interval.lower == std::ceil(4000 * (.9 - half_width)));
  CHECK(*point.interval.upper == std::ceil(4000 * (.9 + half_width)));
  // Taken for independent, the same values look sqrt(7) times as precise.
  const Interval naive = quantile_interval(SortedSample(values), .9);
  CHECK(*point.interval.upper - *point.interval.lower > 2 * (*naive.upper - *naive.lower));
}

TEST_CASE("rows are paths and columns are years") {
  // Path p exceeds in all of its years or in none; a transposed reading would spread them.
  Column values(200 * 5, 0.0);
  for (std::size_t path = 0; path < 200; path += 5)
    std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(path * 5), 5, 1.0 + static_cast<double>(path));
  const Column periods{5.5};
  const ExceedancePoint point = pooled_exceedance_curve(values, 5, periods).front();
  const double q = *point.value;
  const double p = SortedSample(values).tail_probability(q);
  const double half_width = two_sided_normal(.95) * std::sqrt(p * (1 - p) / 199);
  const Interval expected = invert_tail(SortedSample(values), 1 / 5.5, half_width);
  CHECK(point.interval.lower == expected.lower);
  CHECK(point.interval.upper == expected.upper);
}

TEST_CASE("values equal to the quantile do not exceed it") {
  // 5 % of the paths above an atom of 35 % at 5: sd of the frequency comes from the 5 %.
  Column values;
  for (int path = 0; path < 1000; ++path)
    values.insert(values.end(), 2, path < 50 ? 9 : (path < 400 ? 5 : 0));
  const ExceedancePoint point = pooled_exceedance_curve(values, 2, Column{14}).front();
  CHECK(*point.value == 5);
  CHECK(*point.interval.lower == 5);
  CHECK(*point.interval.upper == 5);  // 1/14 - 1.96 sqrt(.05 * .95 / 999) = .0579 > .05
}

TEST_CASE("bad curves are rejected") {
  const Column values = skewed_column(4, 70);
  const Column periods{10};
  CHECK_THROWS_AS(pooled_exceedance_curve(values, 0, periods), InvalidInput);
  CHECK_THROWS_AS(pooled_exceedance_curve(values, 9, periods), InvalidInput);
  CHECK_THROWS_AS(pooled_exceedance_curve(Column{}, 7, periods), InvalidInput);
  for (const double bad :
       {1.0, 0.5, -3.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    CHECK_THROWS_AS(pooled_exceedance_curve(values, 7, Column{bad}), InvalidInput);
    CHECK_THROWS_AS(exceedance_curve(SortedSample(values), Column{bad}), InvalidInput);
  }
  CHECK_THROWS_AS(pooled_exceedance_curve(values, 7, periods, 1.5), InvalidInput);
}

}  // namespace exceedance_test
