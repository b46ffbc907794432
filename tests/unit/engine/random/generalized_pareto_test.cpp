#include "engine/random/generalized_pareto.hpp"

#include <doctest/doctest.h>

#include "tests/support/numbers.hpp"

namespace generalized_pareto_test {

using namespace hedgerow::random;
using hedgerow::InvalidInput;
using hedgerow::test::agrees_to_decimals;
using hedgerow::test::relative_error;

TEST_CASE("generalized Pareto(0.3, 4 h) has the published values O7") {
  const GeneralizedPareto law(0.3, 4.0);
  CHECK(agrees_to_decimals(law.mean(), 5.7142857143, 10));
  CHECK(agrees_to_decimals(law.variance(), 81.632653, 6));
  CHECK(agrees_to_decimals(law.quantile(0.99), 39.7476227405, 10));
  CHECK(agrees_to_decimals(law.expected_shortfall(0.99), 62.4966039150, 10));
}

TEST_CASE("the generalized Pareto quantile inverts cdf and survival for every sign of the tail index") {
  for (double xi : {-0.49, -0.1, -1e-12, 0.0, 1e-300, 1e-12, 0.3, 1.0, 1.9})
    for (double u : {0x1p-53, 1e-9, 0.01, 0.3, 0.5}) {
      const GeneralizedPareto law(xi, 4.0);
      CAPTURE(xi);
      CHECK(relative_error(law.cdf(law.quantile(u)), u) < 1e-13);
      CHECK(relative_error(law.cdf(law.upper_quantile(1.0 - u)), 1.0 - (1.0 - u)) < 1e-13);
      // Near the end point of a bounded law the survival hangs on the last digits of x.
      const double tolerance = xi < -0.01 ? 1e-5 : 1e-13;
      CHECK(relative_error(law.survival(law.quantile(1.0 - u)), 1.0 - (1.0 - u)) < tolerance);
    }
}

TEST_CASE("the generalized Pareto law is continuous at tail index 0 and has its known cases") {
  for (double u : {1e-6, 0.5, 0.999}) {
    const double exponential = 4.0 * exponential_quantile(u);
    for (double xi : {0.0, 1e-17, -1e-17, 1e-14, -1e-14})
      CHECK(relative_error(GeneralizedPareto(xi, 4.0).quantile(u), exponential) < 1e-13);
    CHECK(relative_error(GeneralizedPareto(1.0, 4.0).quantile(u), 4.0 * u / (1.0 - u)) < 1e-12);
    CHECK(relative_error(GeneralizedPareto(-0.25, 4.0).quantile(u), 16.0 * (1.0 - std::pow(1.0 - u, 0.25))) <
          1e-9);
  }
  CHECK(GeneralizedPareto(-0.25, 4.0).survival(16.0) == 0.0);
  CHECK(GeneralizedPareto(-0.25, 4.0).cdf(17.0) == 1.0);
  CHECK(GeneralizedPareto(0.3, 4.0).cdf(-1.0) == 0.0);
}

TEST_CASE("the generalized Pareto law of a small tail index follows its power series") {
  for (double xi : {-1e-4, -1e-8, 1e-12, 1e-8, 1e-4})
    for (double u : {0.1, 0.5, 0.9}) {
      const double h = exponential_quantile(u);
      const double series = 1.0 + xi * h / 2.0 * (1.0 + xi * h / 3.0 * (1.0 + xi * h / 4.0));
      CHECK(relative_error(GeneralizedPareto(xi, 4.0).quantile(u), 4.0 * h * series) < 1e-15);
    }
}

TEST_CASE("the expected shortfall is the mean of the quantiles above the level") {
  for (double xi : {-0.3, 0.0, 0.3}) {
    const GeneralizedPareto law(xi, 4.0);
    const int steps = 2000000;
    double sum = 0.0;
    for (int i = 0; i < steps; ++i) sum += law.upper_quantile(0.05 * (i + 0.5) / steps);
    CHECK(relative_error(law.expected_shortfall(0.95), sum / steps) < 1e-4);
  }
}

TEST_CASE("infinite moments and bad parameters are refused") {
  CHECK_THROWS_AS(GeneralizedPareto(1.0, 4.0).mean(), InvalidInput);
  CHECK_THROWS_AS(GeneralizedPareto(1.0, 4.0).expected_shortfall(0.9), InvalidInput);
  CHECK_THROWS_AS(GeneralizedPareto(0.5, 4.0).variance(), InvalidInput);
  CHECK(GeneralizedPareto(0.5, 4.0).mean() == 8.0);
  CHECK_THROWS_AS(GeneralizedPareto(-0.5, 4.0), InvalidInput);
  CHECK_THROWS_AS(GeneralizedPareto(2.0, 4.0), InvalidInput);
  CHECK_THROWS_AS(GeneralizedPareto(0.3, 0.0), InvalidInput);
  CHECK_THROWS_AS(GeneralizedPareto(0.3, INFINITY), InvalidInput);
}

}  // namespace generalized_pareto_test
