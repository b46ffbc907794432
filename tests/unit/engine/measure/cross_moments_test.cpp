#include "engine/measure/cross_moments.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "engine/measure/moments.hpp"
#include "engine/random/stream.hpp"

namespace cross_moments_test {

using namespace hedgerow;
using namespace hedgerow::measure;

namespace {

/// Rows (u, 3u + v, v) on money's scale: the second column is known from the others.
std::array<double, 3> row(std::uint64_t i) {
  const random::Stream stream(7, "rows", "cross moments");
  const double u = 1e11 + stream.uniform(i, 0), v = stream.uniform(i, 1);
  return {u, 3.0 * u + v, v};
}

}  // namespace

TEST_CASE("a column is what Moments says of it") {
  CrossMoments rows(3);
  Moments alone;
  for (std::uint64_t i = 0; i < 500; ++i) {
    rows.add(row(i));
    alone.add(row(i)[1]);
  }
  CHECK(rows.at(1).value == doctest::Approx(alone.mean).epsilon(1e-15));
  CHECK(*rows.at(1).standard_error == doctest::Approx(*alone.standard_error()).epsilon(1e-5));
}

TEST_CASE("the error along weights is that of the weighted sum, also after a merge") {
  const std::array<double, 3> weights{2.0, -1.0, 0.5};
  CrossMoments first(3), second(3);
  Moments sum;
  for (std::uint64_t i = 0; i < 500; ++i) {
    const auto x = row(i);
    (i < 123 ? first : second).add(x);
    sum.add(weights[0] * (x[0] - 1e11) + weights[1] * (x[1] - 3e11) + weights[2] * x[2]);
  }
  first.merge(second);
  CHECK(first.count() == 500);
  // Squared deviations of 1 beside values of 1e11 (spacing 1.5e-5) keep four digits and more.
  CHECK(*first.error_along(weights) == doctest::Approx(*sum.standard_error()).epsilon(1e-4));
  const std::array<double, 3> nothing{3.0, -1.0, 1.0};  // 3 u - (3 u + v) + v
  CHECK(*first.error_along(nothing) < 1e-3 * *first.at(0).standard_error);
}

TEST_CASE("what CrossMoments refuses") {
  CrossMoments rows(2);
  CHECK_FALSE(rows.at(0).standard_error.has_value());
  CHECK_THROWS_AS(rows.add(std::array{1.0}), InvalidInput);
  CHECK_THROWS_AS(rows.merge(CrossMoments(3)), InvalidInput);
  CHECK_THROWS_AS(static_cast<void>(rows.error_along(std::array{1.0})), InvalidInput);
}

}  // namespace cross_moments_test
