// Exact means at 3.2e7 draws: tails look fine long after a mean has gone wrong (docs/performance.md), so
// the mean of a price-like lognormal and the first moments of the normal are tested this finely.

#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "engine/random/normal.hpp"
#include "engine/random/stream.hpp"
#include "tests/support/sample_mean.hpp"

namespace normal_mean_test {

using namespace hedgerow::random;
using namespace hedgerow::test;

TEST_CASE("normal moments and price means are exact at 3.2e7 draws") {
  const Stream stream(61, "aws", "price");
  const double monthly = 0.15 / std::sqrt(12.0);
  const double seven_years = 0.15 * std::sqrt(7.0);
  SampleMean first, second, third, fourth, month_price, horizon_price;
  std::array<double, 84> uniforms;
  for (std::uint64_t path = 0; path < 380'000; ++path) {
    stream.uniforms(path, uniforms);
    for (double u : uniforms) {
      const double z = normal_quantile(u);
      first.add(z);
      second.add(z * z);
      third.add(z * z * z);
      fourth.add(z * z * z * z);
      month_price.add(std::exp(monthly * z - 0.5 * monthly * monthly));
      horizon_price.add(std::exp(seven_years * z - 0.5 * seven_years * seven_years));
    }
  }
  CHECK(first.agrees_with(0.0, 2e-4));
  CHECK(second.agrees_with(1.0, 3e-4));
  CHECK(third.agrees_with(0.0, 8e-4));
  CHECK(fourth.agrees_with(3.0, 2e-3));
  CHECK(month_price.agrees_with(1.0, 8e-6));
  CHECK(horizon_price.agrees_with(1.0, 8e-5));
}

TEST_CASE("a price path of 84 monthly steps has its exact mean") {
  const Stream stream(62, "aws", "price");
  const double monthly = 0.15 / std::sqrt(12.0);
  const double drift = -0.10 / 12.0 - 0.5 * monthly * monthly;
  SampleMean last_price;
  std::array<double, 84> uniforms;
  for (std::uint64_t path = 0; path < 250'000; ++path) {
    stream.uniforms(path, uniforms);
    double log_price = 0.0;
    for (double u : uniforms) log_price += drift + monthly * normal_quantile(u);
    last_price.add(std::exp(log_price));
  }
  CHECK(last_price.agrees_with(std::exp(-0.7), 5e-4));
}

}  // namespace normal_mean_test
