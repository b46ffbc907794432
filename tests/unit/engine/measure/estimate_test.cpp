#include "engine/measure/estimate.hpp"

#include <doctest/doctest.h>

#include "engine/base/check.hpp"

namespace estimate_test {

using namespace hedgerow::measure;

TEST_CASE("a sign is told where 0 lies outside the interval, and nowhere else") {
  CHECK(told_sign({1.97, 1.0}) == 1);
  CHECK(told_sign({-1.97, 1.0}) == -1);
  CHECK(told_sign({1.95, 1.0}) == 0);
  CHECK(told_sign({-1.95, 1.0}) == 0);
  CHECK(told_sign({1.95, 1.0}, 0.9) == 1);
  CHECK(told_sign({1e-300, 0.0}) == 1);  // exact
  CHECK(told_sign({0.0, 0.0}) == 0);
  CHECK(told_sign({5.0, {}}) == 0);  // nothing known of its error
  CHECK_THROWS_AS(told_sign({5.0, 1.0}, 1.0), hedgerow::InvalidInput);
}

}  // namespace estimate_test
