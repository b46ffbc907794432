// The additive outage hours of one year, lognormal(2 h, 1.2) at 2 per year, against the Fourier
// transform values of O5.

#include <doctest/doctest.h>

#include <array>
#include <functional>

#include "engine/random/lognormal.hpp"
#include "frailty_counts.hpp"
#include "tests/support/sample_mean.hpp"

namespace outage_hours_test {

using namespace hedgerow::random;
using namespace hedgerow::test;

namespace {

constexpr std::uint64_t points = 6'000'000;
constexpr double exact_mean = 8.2177328426;

struct Published {
  double level, value_at_risk, expected_shortfall;  // [h], to 0.005 h
  double error_bound;                               // of the expected shortfall [h]
};
using PublishedTail = std::array<Published, 3>;
constexpr PublishedTail published_poisson = {
    {{0.95, 28.35, 45.58, 0.1}, {0.99, 53.88, 79.72, 0.3}, {0.999, 114.36, 160.65, 1.2}}};
constexpr PublishedTail published_negative_binomial = {
    {{0.95, 31.83, 50.54, 0.1}, {0.99, 59.95, 86.28, 0.3}, {0.999, 121.21, 167.10, 1.2}}};

struct Tail {
  SampleMean not_above, shortfall;
  void add(double hours, const Published& known) {
    not_above.add(hours <= known.value_at_risk ? 1.0 : 0.0);
    const double excess = std::max(0.0, hours - known.value_at_risk);
    shortfall.add(known.value_at_risk + excess / (1.0 - known.level));
  }
};

void check_hours(std::uint64_t seed, const std::function<double(std::uint64_t)>& multiplier, double variance,
                 const PublishedTail& published) {
  const EntityCount count(seed, "aws", 2.0);
  const Stream durations(seed, "aws", "outage/duration");
  const Lognormal law(2.0, 1.2);
  SampleMean mean, square;
  std::array<Tail, 3> tails;
  for (std::uint64_t path = 0; path < points; ++path) {
    double hours = 0.0;
    const std::uint32_t n = count.draw(path, multiplier(path));
    for (std::uint32_t event = 0; event < n; ++event) hours += law.quantile(durations.uniform(path, event));
    mean.add(hours);
    square.add((hours - exact_mean) * (hours - exact_mean));
    for (std::size_t i = 0; i < tails.size(); ++i) tails[i].add(hours, published[i]);
  }
  CHECK(mean.agrees_with(exact_mean, 0.006));
  CHECK(square.agrees_with(variance, 2.0));
  for (std::size_t i = 0; i < tails.size(); ++i) {
    CAPTURE(published[i].level);
    CAPTURE(tails[i].shortfall);
    CHECK(tails[i].not_above.agrees_with(published[i].level, 1e-4));
    CHECK(tails[i].shortfall.agrees_with(published[i].expected_shortfall, published[i].error_bound));
  }
}

}  // namespace

TEST_CASE("yearly outage hours with Poisson counts have the published tail O5") {
  check_hours(
      51, [](std::uint64_t) { return 1.0; }, 11.9379305 * 11.9379305, published_poisson);
}

TEST_CASE("yearly outage hours with a gamma frailty have the published tail O5") {
  const Frailty frailty(52, 0.5);
  check_hours(
      52, [&](std::uint64_t path) { return frailty.draw(path); }, 13.2770385 * 13.2770385,
      published_negative_binomial);
}

}  // namespace outage_hours_test
