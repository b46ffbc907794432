#include "engine/measure/paired.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "engine/base/check.hpp"
#include "engine/measure/quantile.hpp"
#include "tests/unit/engine/measure/atoms.hpp"

namespace paired_test {

using namespace hedgerow::measure;
using hedgerow::InvalidInput;

TEST_CASE("a paired comparison by hand") {
  const PairedComparison pair = compare_paired(Column{1, 5, 3, 4}, Column{2, 4, 3, 9});
  CHECK(pair.paths == 4);
  CHECK(pair.difference.value == doctest::Approx(-1.25));  // -1, 1, 0, -5
  CHECK(*pair.difference.standard_error == doctest::Approx(std::sqrt(20.75 / 3 / 4)));
  CHECK(pair.fraction_below.value == doctest::Approx(.5));  // the tie does not count
  CHECK(*pair.fraction_below.standard_error == doctest::Approx(std::sqrt(.25 / 3)));
}

TEST_CASE("a constant gap has no error, and an unseen reversal has no known one") {
  const Column a = skewed_column(1, 64);
  Column b = a;
  for (double& x : b) x += 1.0;
  const PairedComparison pair = compare_paired(a, b);
  CHECK(pair.difference.value == doctest::Approx(-1.0).epsilon(1e-14));
  CHECK(*pair.difference.standard_error < 1e-14);
  CHECK(pair.fraction_below.value == 1.0);
  CHECK_FALSE(pair.fraction_below.standard_error);
  CHECK(compare_paired(b, a).fraction_below.value == 0.0);
}

TEST_CASE("the shortfall difference cancels what the columns share") {
  const Column a = skewed_column(2, 400);
  Column scaled = a;
  for (double& x : scaled) x *= 1.5;
  const Shortfall sa = shortfall(SortedSample(a), .9);
  const Shortfall sb = shortfall(SortedSample(scaled), .9);
  const Estimate same = shortfall_difference(a, a, sa, sa);
  CHECK(same.value == 0.0);
  CHECK(*same.standard_error == 0.0);
  // 1.5 a - a is half of a, and so is its error.
  const Estimate half = shortfall_difference(scaled, a, sb, sa);
  const Estimate whole = expected_shortfall(SortedSample(a), .9);
  CHECK(half.value == doctest::Approx(.5 * whole.value).epsilon(1e-12));
  CHECK(*half.standard_error == doctest::Approx(.5 * *whole.standard_error).epsilon(1e-12));
}

TEST_CASE("the quantile difference cancels what the columns share") {
  const Column a = skewed_column(2, 400);
  const Column other = skewed_column(3, 400);
  Column scaled = a;
  Column negative = a;
  for (double& x : scaled) x *= 1.5;
  for (double& x : negative) x *= -1.0;
  const auto difference = [](const Column& x, const Column& y, double alpha) {
    return quantile_difference(x, y, SortedSample(x), SortedSample(y), alpha);
  };
  const auto error = [](const Column& x, double alpha) {
    const Interval interval = quantile_interval(SortedSample(x), alpha);
    return (*interval.upper - *interval.lower) / 2 / two_sided_normal(0.95);
  };
  CHECK(difference(a, a, .9).value == 0.0);
  CHECK(*difference(a, a, .9).standard_error == 0.0);
  CHECK(difference(scaled, a, .9).value == doctest::Approx(.5 * quantile(SortedSample(a), .9)));
  CHECK(*difference(scaled, a, .9).standard_error == doctest::Approx(.5 * error(a, .9)).epsilon(1e-12));
  // At the median -a is above its quantile where a is below: errors add up.
  CHECK(*difference(a, negative, .5).standard_error ==
        doctest::Approx(error(a, .5) + error(negative, .5)).epsilon(0.01));
  // Columns that share nothing: as independent ones, within 4 standard errors 1/20 of the correlation.
  const double ea = error(a, .9), eb = error(other, .9);
  const double squared = *difference(a, other, .9).standard_error * *difference(a, other, .9).standard_error;
  CHECK(std::abs(squared - ea * ea - eb * eb) <= 4.0 / 20.0 * 2.0 * ea * eb);
}

TEST_CASE("a quantile without a bound has no error, an atom has none to add") {
  const Column a = skewed_column(2, 400);
  const Column constant(400, 7.0);
  const SortedSample sorted(a);
  const SortedSample flat(constant);
  CHECK_FALSE(quantile_difference(a, a, sorted, sorted, .999).standard_error);
  CHECK(*quantile_difference(constant, constant, flat, flat, .9).standard_error == 0.0);
  const Interval interval = quantile_interval(sorted, .9);
  CHECK(*quantile_difference(a, constant, sorted, flat, .9).standard_error ==
        doctest::Approx((*interval.upper - *interval.lower) / 2 / two_sided_normal(0.95)));
}

TEST_CASE("columns that do not pair are rejected") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(compare_paired(Column{1, 2}, Column{1}), InvalidInput);
  CHECK_THROWS_AS(compare_paired(Column{}, Column{}), InvalidInput);
  CHECK_THROWS_AS(compare_paired(Column{1, nan}, Column{1, 2}), InvalidInput);
  CHECK_THROWS_AS(compare_paired(Column{nan}, Column{1}), InvalidInput);
  const Shortfall s = shortfall(SortedSample(Column{1, 2}), .5);
  CHECK_THROWS_AS(shortfall_difference(Column{1}, Column{1, 2}, s, s), InvalidInput);
  const SortedSample two(Column{1, 2});
  const SortedSample weighted(Column{1, 2}, Column{1, 1});
  CHECK_THROWS_AS(quantile_difference(Column{1}, Column{1, 2}, two, two, .5), InvalidInput);
  CHECK_THROWS_AS(quantile_difference(Column{1}, Column{1}, two, two, .5), InvalidInput);
  CHECK_THROWS_AS(quantile_difference(Column{1, 2}, Column{1, 2}, two, weighted, .5), InvalidInput);
  CHECK_THROWS_AS(quantile_difference(Column{1, 2}, Column{1, 2}, two, two, 1.0), InvalidInput);
  CHECK_FALSE(compare_paired(Column{1}, Column{2}).difference.standard_error);
}

}  // namespace paired_test
