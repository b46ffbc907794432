#include "engine/measure/moments.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <type_traits>
#include <vector>

#include "engine/measure/estimate.hpp"
#include "engine/random/stream.hpp"

namespace moments_test {

using namespace hedgerow::measure;
using hedgerow::InvalidInput;

static_assert(std::is_trivially_copyable_v<Moments> && sizeof(Moments) <= 24);

namespace {

Moments moments_of(const std::vector<double>& values) {
  Moments moments;
  for (const double x : values) moments.add(x);
  return moments;
}

}  // namespace

TEST_CASE("moments of a handful of values by hand") {
  const Moments moments = moments_of({2, 4, 4, 4, 5, 5, 7, 9});
  CHECK(moments.mean == doctest::Approx(5.0).epsilon(1e-15));
  CHECK(*moments.variance() == doctest::Approx(32.0 / 7.0).epsilon(1e-14));
  CHECK(*moments.standard_error() == doctest::Approx(std::sqrt(32.0 / 7.0 / 8.0)).epsilon(1e-14));
}

TEST_CASE("moments do not lose the variance behind a large mean") {
  const Moments moments = moments_of({1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16});
  CHECK(*moments.variance() == doctest::Approx(30.0).epsilon(1e-9));
}

TEST_CASE("merged moments equal sequential ones at every cut, empty parts included") {
  std::vector<double> values(50);
  hedgerow::random::Stream(1, "moments", "merge").uniforms(0, values);
  const Moments all = moments_of(values);
  for (std::size_t cut = 0; cut <= values.size(); ++cut) {
    Moments first = moments_of({values.begin(), values.begin() + static_cast<std::ptrdiff_t>(cut)});
    first.merge(moments_of({values.begin() + static_cast<std::ptrdiff_t>(cut), values.end()}));
    CHECK(first.count == all.count);
    CHECK(first.mean == doctest::Approx(all.mean).epsilon(1e-13));
    CHECK(first.m2 == doctest::Approx(all.m2).epsilon(1e-13));
  }
}

TEST_CASE("one value has no error and none has no mean") {
  const Estimate one = moments_of({3.5}).estimate();
  CHECK(one.value == 3.5);
  CHECK_FALSE(one.standard_error);
  CHECK_FALSE(Moments{}.variance());
  CHECK_THROWS_AS(Moments{}.estimate(), InvalidInput);
}

TEST_CASE("the normal interval has the textbook width") {
  CHECK(two_sided_normal(0.95) == doctest::Approx(1.959963984540054).epsilon(1e-14));
  CHECK(two_sided_normal(0.99) == doctest::Approx(2.575829303548901).epsilon(1e-14));
  const Interval interval = normal_interval({10.0, 2.0});
  CHECK(*interval.lower == doctest::Approx(10.0 - 3.919927969080108).epsilon(1e-13));
  CHECK(*interval.upper == doctest::Approx(10.0 + 3.919927969080108).epsilon(1e-13));
  CHECK_FALSE(normal_interval({10.0, std::nullopt}).lower);
  for (const double bad : {0.0, 1.0, -0.5, 95.0, std::numeric_limits<double>::quiet_NaN()})
    CHECK_THROWS_AS(normal_interval({10.0, 2.0}, bad), InvalidInput);
}

}  // namespace moments_test
