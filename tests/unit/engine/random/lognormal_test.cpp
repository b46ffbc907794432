#include "engine/random/lognormal.hpp"

#include <doctest/doctest.h>

#include "tests/support/numbers.hpp"

namespace lognormal_test {

using namespace hedgerow::random;
using hedgerow::InvalidInput;
using hedgerow::test::agrees_to_decimals;
using hedgerow::test::relative_error;

TEST_CASE("lognormal(2 h, 1.2) has the published values O6") {
  const Lognormal law(2.0, 1.2);
  CHECK(agrees_to_decimals(law.mean(), 4.1088664213, 10));
  CHECK(agrees_to_decimals(law.moment(2.0), 71.2570927184, 10));
  CHECK(agrees_to_decimals(law.moment(1.5), 14.2922977152, 10));
  CHECK(agrees_to_decimals(law.survival(24.0), 0.0191908234, 10));
  CHECK(agrees_to_decimals(law.quantile(0.95), 14.3963043733, 10));
  CHECK(agrees_to_decimals(law.quantile(0.99), 32.6147496535, 10));
  CHECK(agrees_to_decimals(law.limited_expected_value(0.5), 0.4760310514, 10));
  CHECK(agrees_to_decimals(law.limited_expected_value(4.0), 2.2234760293, 10));
  CHECK(agrees_to_decimals(law.limited_expected_value(8.0), 2.9730557209, 10));
  CHECK(agrees_to_decimals(law.limited_expected_value(24.0), 3.7807746569, 10));
  CHECK(relative_error(law.variance(), law.moment(2.0) - law.mean() * law.mean()) < 1e-14);
}

TEST_CASE("the lognormal quantile inverts cdf and survival out to the extreme uniforms") {
  for (const Lognormal& law : {Lognormal(2.0, 1.2), Lognormal(1e-3, 0.05), Lognormal(1e6, 4.0)})
    for (double u : {0x1p-53, 1e-9, 0.01, 0.3, 0.5}) {
      CHECK(relative_error(law.cdf(law.quantile(u)), u) < 1e-12);
      CHECK(relative_error(law.survival(law.quantile(1.0 - u)), 1.0 - (1.0 - u)) < 1e-12);
    }
}

TEST_CASE("partial moments of the lognormal law are integrals of its quantile") {
  const Lognormal law(2.0, 1.2);
  const double p = 0.7;
  const int steps = 400000;
  double first = 0.0, second = 0.0;
  for (int i = 0; i < steps; ++i) {
    const double x = law.quantile(p * (i + 0.5) / steps);
    first += p * x / steps;
    second += p * x * x / steps;
  }
  CHECK(relative_error(law.partial_moment(1.0, law.quantile(p)), first) < 1e-8);
  CHECK(relative_error(law.partial_moment(2.0, law.quantile(p)), second) < 1e-8);
}

TEST_CASE("the lognormal law has no mass at or below 0 and refuses bad parameters") {
  CHECK(Lognormal(2.0, 1.2).cdf(0.0) == 0.0);
  CHECK(Lognormal(2.0, 1.2).survival(-1.0) == 1.0);
  CHECK_THROWS_AS(Lognormal(0.0, 1.0), InvalidInput);
  CHECK_THROWS_AS(Lognormal(INFINITY, 1.0), InvalidInput);
  CHECK_THROWS_AS(Lognormal(1.0, 0.0), InvalidInput);
  CHECK_THROWS_AS(Lognormal(1.0, 10.5), InvalidInput);
  CHECK_THROWS_AS(Lognormal(1.0, NAN), InvalidInput);
}

}  // namespace lognormal_test
