#include "engine/measure/dominance.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/check.hpp"
#include "engine/measure/moments.hpp"
#include "tests/unit/engine/measure/atoms.hpp"

namespace dominance_test {

using namespace hedgerow::measure;
using hedgerow::InvalidInput;

namespace {

Column column(std::uint64_t path, std::size_t n, bool ties, double offset, double scale) {
  Column values = skewed_column(path, n);
  for (double& x : values) x = offset + scale * (ties ? std::round(2.0 * x) : x);
  return values;
}

// How much worse b is on a path at a threshold, by definition.
double worse_first(double a, double b, double x) { return (a <= x ? 1.0 : 0.0) - (b <= x ? 1.0 : 0.0); }
double worse_second(double a, double b, double eta) {
  return std::max(0.0, b - eta) - std::max(0.0, a - eta);
}

// Every threshold by itself, in O(n^2).
template <class Worse>
Dominance by_definition(const Column& a, const Column& b, Worse worse) {
  Column thresholds = a;
  thresholds.insert(thresholds.end(), b.begin(), b.end());
  std::sort(thresholds.begin(), thresholds.end(), std::greater<>());
  Dominance result;
  for (const double x : thresholds) {
    Moments difference;
    for (std::size_t i = 0; i < a.size(); ++i) difference.add(worse(a[i], b[i], x));
    const double size = std::abs(difference.mean);
    const double error = difference.standard_error().value();
    std::optional<Deviation>& extreme = difference.mean > 0.0 ? result.violation : result.improvement;
    if (size > 1e-12 * error && (!extreme || size / error > extreme->ratio * (1 + 1e-9)))
      extreme = Deviation{x, size, error, size / error};
  }
  result.holds = !(result.violation && result.violation->ratio > 2.0) && result.improvement &&
                 result.improvement->ratio > 2.0;
  return result;
}

void check_same(const std::optional<Deviation>& found, const std::optional<Deviation>& expected) {
  REQUIRE(found.has_value() == expected.has_value());
  if (!found) return;
  CHECK(found->ratio == doctest::Approx(expected->ratio).epsilon(1e-9));
  CHECK(found->threshold == expected->threshold);
  CHECK(found->size == doctest::Approx(expected->size).epsilon(1e-9));
  CHECK(found->standard_error == doctest::Approx(expected->standard_error).epsilon(1e-9));
}

void check_same(const Dominance& found, const Dominance& expected) {
  check_same(found.violation, expected.violation);
  check_same(found.improvement, expected.improvement);
  CHECK(found.holds == expected.holds);
}

}  // namespace

TEST_CASE("dominance by hand") {
  // F_a - F_b: -1/3 from 1, 0 from 2, +1/3 from 5, 0 from 6.
  const Dominance first = first_order_dominance(Column{2, 5, 5}, Column{1, 5, 6});
  CHECK(first.improvement->threshold == 1.0);
  CHECK(first.violation->threshold == 5.0);
  CHECK(first.violation->size == doctest::Approx(1.0 / 3));
  CHECK(first.violation->standard_error == doctest::Approx(1.0 / 3));  // of 0, 0, 1
  CHECK_FALSE(first.holds);
  // E (b - eta)^+ - E (a - eta)^+: 0 at 6, 1/3 at 5 and at 2, 0 at 1.
  const Dominance second = second_order_dominance(Column{2, 5, 5}, Column{1, 5, 6});
  CHECK(second.violation->threshold == 5.0);
  CHECK(second.violation->size == doctest::Approx(1.0 / 3));
  CHECK_FALSE(second.improvement);
}

TEST_CASE("sweeps agree with every threshold by itself, ties included") {
  for (std::uint64_t path = 0; path < 30; ++path)
    for (const bool ties : {false, true}) {
      const std::size_t n = 2 + 3 * path;
      const Column a = column(path, n, ties, 0.0, 1.0);
      Column b = column(path + 50, n, ties, 0.0, 1.2);
      if (path % 2 == 0)  // columns that share most of their paths
        for (std::size_t i = 0; i < n; ++i) b[i] = i % 3 == 0 ? a[i] : 0.5 * (a[i] + b[i]);
      check_same(first_order_dominance(a, b), by_definition(a, b, worse_first));
      check_same(second_order_dominance(a, b), by_definition(a, b, worse_second));
    }
}

TEST_CASE("values of 1e11 that differ by 1e5 lose no digit that counts") {
  const Column a = column(1, 200, false, 1e11, 1e5);
  const Column b = column(2, 200, false, 1e11, 1.1e5);
  check_same(first_order_dominance(a, b), by_definition(a, b, worse_first));
  check_same(second_order_dominance(a, b), by_definition(a, b, worse_second));
}

TEST_CASE("the order of the paths changes no bit") {
  Column a = column(3, 300, true, 0.0, 0.1);
  Column b = column(4, 300, true, 0.0, 0.1);
  const Dominances before = dominances(a, b), mirrored = dominances(b, a);
  std::reverse(a.begin(), a.end());
  std::reverse(b.begin(), b.end());
  const Dominances after = dominances(a, b);
  REQUIRE(before.second_order.improvement.has_value());
  REQUIRE(after.second_order.improvement.has_value());
  CHECK(after.second_order.improvement->ratio == before.second_order.improvement->ratio);
  CHECK(after.second_order.violation.has_value() == before.second_order.violation.has_value());
  const Dominances after_mirrored = dominances(b, a);
  REQUIRE(mirrored.second_order.violation.has_value());
  REQUIRE(after_mirrored.second_order.violation.has_value());
  CHECK(after_mirrored.second_order.violation->ratio == mirrored.second_order.violation->ratio);
}

TEST_CASE("nor does it where many paths leave one value with different gaps") {
  for (std::uint64_t path = 0; path < 100; ++path) {  // some of which differ in a last bit otherwise
    const Column gaps = skewed_column(path, 12);
    Column a, b;
    for (std::size_t i = 0; i < gaps.size(); ++i) {
      const bool stays = i % 3 == 0;  // above what the others have in common
      a.push_back((stays ? 2.01 : 2.0) + gaps[i]);
      b.push_back(stays ? 1.0 : 2.0);
    }
    const Deviation before = second_order_dominance(a, b).improvement.value();
    std::reverse(a.begin(), a.end());
    std::reverse(b.begin(), b.end());
    const Deviation after = second_order_dominance(a, b).improvement.value();
    CHECK(after.size == before.size);
    CHECK(after.standard_error == before.standard_error);
  }
}

TEST_CASE("paths that lie in slices give the bits of all together") {
  // A slice of no paths, and values that come a few at a time.
  struct Few : DescendingValues {
    explicit Few(std::span<const PathValue> all) : left(all) {}
    std::span<const PathValue> next() override {
      const auto part = left.first(std::min<std::size_t>(7, left.size()));
      left = left.subspan(part.size());
      return part;
    }
    std::span<const PathValue> left;
  };
  const Column a = column(7, 9000, true, 0.0, 0.1), b = column(8, 9000, true, 0.0, 0.11);
  const Dominances whole = dominances(a, b);
  REQUIRE(whole.second_order.violation.has_value());
  std::vector<PairedValues> slices;
  for (const auto& [first, last] : {std::pair{0, 10}, {10, 10}, {10, 4000}, {4000, 9000}})
    slices.emplace_back(Column(a.begin() + first, a.begin() + last),
                        Column(b.begin() + first, b.begin() + last));
  std::vector<std::unique_ptr<DescendingValues>> larger, smaller;
  for (const PairedValues& slice : slices) {
    larger.push_back(std::make_unique<Few>(slice.larger()));
    smaller.push_back(std::make_unique<Few>(slice.smaller()));
  }
  const Dominances sliced = dominances(a.size(), *merged(std::move(larger)), *merged(std::move(smaller)));
  for (const auto order : {&Dominances::first_order, &Dominances::second_order})
    for (const auto side : {&Dominance::violation, &Dominance::improvement}) {
      REQUIRE(((whole.*order).*side).has_value() == ((sliced.*order).*side).has_value());
      if (!((whole.*order).*side)) continue;
      CHECK(((whole.*order).*side)->threshold == ((sliced.*order).*side)->threshold);
      CHECK(((whole.*order).*side)->ratio == ((sliced.*order).*side)->ratio);
    }
}

TEST_CASE("what is smaller on every path dominates in both orders, and never the other way") {
  const Column a = skewed_column(5, 500);
  Column b = a;
  for (double& x : b) x *= 0.9;
  for (const auto dominance : {first_order_dominance, second_order_dominance}) {
    const Dominance better = dominance(a, b);
    CHECK(better.holds);
    CHECK_FALSE(better.violation);
    CHECK(better.improvement->ratio > 4.0);
    const Dominance worse = dominance(b, a);
    CHECK_FALSE(worse.holds);
    CHECK_FALSE(worse.improvement);
    CHECK(worse.violation->ratio == better.improvement->ratio);
    CHECK(worse.violation->threshold == better.improvement->threshold);
    const Dominance same = dominance(a, a);
    CHECK_FALSE(same.violation);
    CHECK_FALSE(same.improvement);
    CHECK_FALSE(same.holds);
  }
}

TEST_CASE("less spread at the same mean dominates in the second order only") {
  Column a;
  Column b;
  for (const double u : skewed_column(6, 2000)) {
    const double sign = a.size() % 2 == 0 ? 1.0 : -1.0;
    a.push_back(100.0 + 3.0 * sign * (1.0 + u));
    b.push_back(100.0 + sign * (1.0 + u));
  }
  CHECK_FALSE(first_order_dominance(a, b).holds);
  CHECK(first_order_dominance(a, b).violation->ratio > 10.0);
  CHECK(second_order_dominance(a, b).holds);
  CHECK_FALSE(second_order_dominance(b, a).holds);
}

TEST_CASE("a gap without variance, a single path, and columns that do not pair") {
  const Dominance shift = second_order_dominance(Column{3, 4, 5}, Column{1, 2, 3});
  CHECK(shift.holds);
  CHECK(shift.improvement->ratio == std::numeric_limits<double>::infinity());
  CHECK(shift.improvement->size == 2.0);
  const Dominance single = second_order_dominance(Column{3}, Column{1});
  CHECK_FALSE(single.holds);
  CHECK(single.improvement->ratio == 0.0);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(first_order_dominance(Column{1, 2}, Column{1}), InvalidInput);
  CHECK_THROWS_AS(second_order_dominance(Column{}, Column{}), InvalidInput);
  CHECK_THROWS_AS(first_order_dominance(Column{1}, Column{nan}), InvalidInput);
  CHECK_THROWS_AS(second_order_dominance(Column{nan}, Column{1}), InvalidInput);
}

}  // namespace dominance_test
