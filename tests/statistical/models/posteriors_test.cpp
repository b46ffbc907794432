// Parameters that a log leaves open: predictive laws in closed form or by quadrature (O30).

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "engine/random/lognormal.hpp"
#include "models/simulate.hpp"
#include "tests/support/sample_mean.hpp"
#include "tests/support/worlds.hpp"

namespace posteriors_test {

using namespace hedgerow;
using namespace hedgerow::models;
using test::SampleMean;

namespace {

constexpr double median = 2.0, sigma = 0.5;  // [h], [-]
constexpr LognormalPosterior durations{0.25, 0.2, 0.5};
constexpr double mean_rate = 9.0 / 3.5, rate_variance = mean_rate / 3.5;

/// One entity with the posterior of O30: Gamma(9, 3.5 yr).
ScenarioInput world(int months, DurationLaw duration) {
  ScenarioInput input = worlds::plain({{"A", 1.0}});
  input.horizon.months = months;
  OutageProcess process = worlds::outages(mean_rate, duration);
  process.rate_posterior = {9.0, Years(3.5)};
  input.providers["A"].regions["r"].outages = process;
  return input;
}

struct Counts {
  SampleMean count, square, none, many;
  Counts(int months, double mean) {
    const Scenario scenario(world(months, FixedDuration{Hours(1e-6)}));
    const OutageSampler sampler(scenario, 61);
    for (std::uint64_t path = 0; path < 100'000; ++path) {
      const double n = static_cast<double>(sampler.arrivals(EntityId(0), path).size());
      count.add(n);
      square.add((n - mean) * (n - mean));
      none.add(n == 0.0);
      many.add(n >= 6.0);
    }
  }
};

/// E over the posterior of f(law), by the trapezoid rule over the two scores.
template <class F>
double over_posterior(F f) {
  constexpr double step = 0.05, last = 9.0;
  double sum = 0.0;
  for (double z = -last; z <= last; z += step)
    for (double x = -last; x <= last; x += step) {
      const double other =
          durations.correlation * z + std::sqrt(1.0 - std::pow(durations.correlation, 2)) * x;
      const random::Lognormal law(median * std::exp(durations.log_median * other),
                                  sigma * std::exp(durations.log_sigma * z));
      sum += f(law) * std::exp(-0.5 * (z * z + x * x));
    }
  return sum * step * step / (2.0 * std::numbers::pi);
}

double hours_of(const Outage& outage) { return (outage.end - outage.start) * hours_per_year; }

}  // namespace

TEST_CASE("O30: counts whose rate a log of 7 outages in 3 years leaves open") {
  const Counts year(12, mean_rate);
  CHECK_MESSAGE(year.count.agrees_with(mean_rate, 0.006), year.count);
  CHECK_MESSAGE(year.square.agrees_with(3.3061224490, 0.03), year.square);
  CHECK_MESSAGE(year.none.agrees_with(0.1041597131, 0.001), year.none);
  CHECK_MESSAGE(year.many.agrees_with(0.0690715716, 0.001), year.many);  // were the rate known: 0.0469637010
}

TEST_CASE("a path keeps its rate through all years") {
  const double mean = 3.0 * mean_rate;
  const Counts three(36, mean);
  CHECK_MESSAGE(three.count.agrees_with(mean, 0.015), three.count);
  CHECK_MESSAGE(three.square.agrees_with(mean + 9.0 * rate_variance, 0.1), three.square);
}

TEST_CASE("durations whose law a log leaves open: predictive mean and tail, alike within a path") {
  const Scenario scenario(world(12, LognormalDuration{Hours(median), sigma, durations}));
  const OutageSampler sampler(scenario, 62);
  SampleMean mean, beyond, together;
  for (std::uint64_t path = 0; path < 100'000; ++path) {
    const std::vector<Outage> outages = sampler.arrivals(EntityId(0), path);
    if (outages.size() < 2) continue;
    const double first = hours_of(outages[0]), second = hours_of(outages[1]);
    mean.add(first);
    beyond.add(first > 8.0);
    together.add(std::log(first / median) * std::log(second / median));
  }
  const double exact = over_posterior([](const random::Lognormal& law) { return law.mean(); });
  CHECK(exact > 1.02 * random::Lognormal(median, sigma).mean());
  CHECK_MESSAGE(mean.agrees_with(exact, 0.008), mean);
  CHECK_MESSAGE(beyond.agrees_with(
                    over_posterior([](const random::Lognormal& law) { return law.survival(8.0); }), 0.0006),
                beyond);
  CHECK_MESSAGE(together.agrees_with(durations.log_median * durations.log_median, 0.0025), together);
}

TEST_CASE("importance sampling weighs a path by its own rate") {
  const Scenario scenario(world(12, LognormalDuration{Hours(median), sigma, durations}));
  IdVector<EntityId, std::array<double, band_count>> factors;
  factors.push_back({1, 1, 2, 4, 8, 16, 32, 64});
  const auto mixture = std::make_shared<const OutageMixture>(0.5, std::vector{outage_tilt(factors)});
  const Simulation simulation(scenario, 63, {mixture, 0});
  SampleMean weight, pairs, longest;
  World world;
  constexpr std::uint64_t half = 60'000;
  for (std::uint64_t i = 0; i < 2 * half; ++i) {
    const std::uint64_t path = i < half ? i : OutageMixture::first_tilted + i - half;
    simulation.sample(path, world);
    double n = 0.0, beyond = 0.0;
    for (const Outage& outage : simulation.outages().arrivals(EntityId(0), path)) {
      ++n;
      beyond += hours_of(outage) > 12.0;
    }
    weight.add(world.outages.weight);
    pairs.add(world.outages.weight * n * (n - 1.0));
    longest.add(world.outages.weight * beyond);
  }
  CHECK_MESSAGE(weight.agrees_with(1.0, 0.002), weight);
  CHECK_MESSAGE(pairs.agrees_with(mean_rate * mean_rate + rate_variance, 0.05), pairs);
  const double expected =
      mean_rate * over_posterior([](const random::Lognormal& law) { return law.survival(12.0); });
  CHECK_MESSAGE(longest.agrees_with(expected, 0.03 * expected), longest);
}

}  // namespace posteriors_test
