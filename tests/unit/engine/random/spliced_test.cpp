#include "engine/random/spliced.hpp"

#include <doctest/doctest.h>

#include "engine/random/lognormal.hpp"
#include "engine/random/weibull.hpp"
#include "tests/support/numbers.hpp"

namespace spliced_test {

using namespace hedgerow::random;
using hedgerow::InvalidInput;
using hedgerow::test::agrees_to_decimals;
using hedgerow::test::relative_error;

namespace {

const Spliced<Lognormal> outage_hours(Lognormal(2.0, 1.2), 0.95, GeneralizedPareto(0.3, 6.0));

// Mean and variance as integrals of the quantile over the uniform, finer towards 1.
template <class Law>
std::pair<double, double> integrated_moments(const Law& law) {
  const int steps = 400000;
  double first = 0.0, second = 0.0;
  for (int i = 0; i < steps; ++i) {
    const double v = (i + 0.5) / steps;  // u = 1 - v^2 crowds the midpoints into the upper tail
    const double weight = 2.0 * v / steps;
    const double x = law.quantile(1.0 - v * v);
    first += weight * x;
    second += weight * x * x;
  }
  return {first, second - first * first};
}

}  // namespace

TEST_CASE("the spliced law has the published mean O7 and starts its tail at the body's quantile") {
  CHECK(agrees_to_decimals(outage_hours.mean(), 3.9086706453, 10));
  CHECK(agrees_to_decimals(outage_hours.threshold(), 14.3963043733, 10));
}

TEST_CASE("moments of spliced laws are integrals of their quantiles") {
  const auto [mean, variance] = integrated_moments(outage_hours);
  CHECK(relative_error(outage_hours.mean(), mean) < 1e-6);
  CHECK(relative_error(outage_hours.variance(), variance) < 1e-3);
  const Spliced<Weibull> other(Weibull(0.7, 3.0), 0.3, GeneralizedPareto(-0.2, 5.0));
  const auto [other_mean, other_variance] = integrated_moments(other);
  CHECK(relative_error(other.mean(), other_mean) < 1e-6);
  CHECK(relative_error(other.variance(), other_variance) < 1e-5);
}

TEST_CASE("the spliced quantile inverts cdf and survival and is continuous at the threshold") {
  for (double u : {0x1p-53, 1e-6, 0.3, 0.94999, 0.95, 0.95001, 0.999})
    CHECK(relative_error(outage_hours.cdf(outage_hours.quantile(u)), u) < 1e-12);
  for (double upper : {0x1p-53, 1e-9, 0.01, 0.05, 0.06})
    CHECK(relative_error(outage_hours.survival(outage_hours.quantile(1.0 - upper)), 1.0 - (1.0 - upper)) <
          1e-12);
  CHECK(relative_error(outage_hours.quantile(0.95 + 1e-12), outage_hours.quantile(0.95 - 1e-12)) < 1e-9);
  CHECK(outage_hours.quantile(0.95 + 1e-12) > outage_hours.quantile(0.95 - 1e-12));
}

TEST_CASE("splicing back a tail of the body's own kind changes nothing") {
  // Above any threshold, the excess of an exponential body is the same exponential law.
  const Weibull body(1.0, 3.0);
  const Spliced<Weibull> law(body, 0.8, GeneralizedPareto(0.0, 3.0));
  for (double u : {0.1, 0.79, 0.81, 0.999}) CHECK(relative_error(law.quantile(u), body.quantile(u)) < 1e-14);
  CHECK(relative_error(law.mean(), body.mean()) < 1e-14);
  CHECK(relative_error(law.variance(), body.variance()) < 1e-13);
}

TEST_CASE("spliced laws refuse what has no meaning") {
  CHECK_THROWS_AS(Spliced<Lognormal>(Lognormal(2.0, 1.2), 0.0, GeneralizedPareto(0.3, 6.0)), InvalidInput);
  CHECK_THROWS_AS(Spliced<Lognormal>(Lognormal(2.0, 1.2), 1.0, GeneralizedPareto(0.3, 6.0)), InvalidInput);
  CHECK_THROWS_AS(Spliced<Lognormal>(Lognormal(2.0, 1.2), 0.9, GeneralizedPareto(1.2, 6.0)).mean(),
                  InvalidInput);
}

}  // namespace spliced_test
