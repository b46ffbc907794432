#include "engine/random/weibull.hpp"

#include <doctest/doctest.h>

#include "tests/support/numbers.hpp"

namespace weibull_test {

using namespace hedgerow::random;
using hedgerow::InvalidInput;
using hedgerow::test::agrees_to_decimals;
using hedgerow::test::relative_error;

TEST_CASE("Weibull(0.7, 3 h) has the published values O7") {
  const Weibull law(0.7, 3.0);
  CHECK(agrees_to_decimals(law.mean(), 3.7974705182, 10));
  CHECK(agrees_to_decimals(law.variance(), 30.84151998288, 11));
}

TEST_CASE("the Weibull quantile inverts cdf and survival out to the extreme uniforms") {
  for (const Weibull& law : {Weibull(0.7, 3.0), Weibull(0.05, 1.0), Weibull(1.0, 2.0), Weibull(50.0, 1e4)})
    for (double u : {0x1p-53, 1e-9, 0.01, 0.3, 0.5}) {
      CHECK(relative_error(law.cdf(law.quantile(u)), u) < 1e-12);
      CHECK(relative_error(law.survival(law.quantile(1.0 - u)), 1.0 - (1.0 - u)) < 1e-12);
    }
}

TEST_CASE("Weibull of shape 1 is exponential, of shape 2 is Rayleigh") {
  CHECK(relative_error(Weibull(1.0, 3.0).quantile(0.3), 3.0 * exponential_quantile(0.3)) < 1e-15);
  CHECK(relative_error(Weibull(1.0, 3.0).variance(), 9.0) < 1e-14);
  CHECK(relative_error(Weibull(2.0, 1.0).mean(), 0.5 * std::sqrt(std::numbers::pi)) < 1e-14);
}

TEST_CASE("partial moments of the exponential case have their elementary form") {
  const Weibull law(1.0, 1.0);
  const double t = 1.7;
  CHECK(relative_error(law.partial_moment(1.0, t), 1.0 - std::exp(-t) * (1.0 + t)) < 1e-14);
  CHECK(relative_error(law.partial_moment(2.0, t), 2.0 - std::exp(-t) * (2.0 + 2.0 * t + t * t)) < 1e-14);
  CHECK(relative_error(Weibull(0.7, 3.0).partial_moment(1.0, 1e9), Weibull(0.7, 3.0).mean()) < 1e-14);
}

TEST_CASE("the Weibull law refuses bad parameters") {
  CHECK(Weibull(0.7, 3.0).cdf(0.0) == 0.0);
  CHECK(Weibull(0.7, 3.0).survival(0.0) == 1.0);
  CHECK_THROWS_AS(Weibull(0.04, 1.0), InvalidInput);
  CHECK_THROWS_AS(Weibull(1001.0, 1.0), InvalidInput);
  CHECK_THROWS_AS(Weibull(1.0, 0.0), InvalidInput);
  CHECK_THROWS_AS(Weibull(1.0, INFINITY), InvalidInput);
}

}  // namespace weibull_test
