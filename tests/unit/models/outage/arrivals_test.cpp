// Draws in batches are the draws that a path names, one by one.

#include "models/outage/arrivals.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "engine/random/poisson.hpp"
#include "tests/support/worlds.hpp"

namespace arrivals_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

constexpr std::uint64_t seed = 11;
constexpr double horizon = 9.5;  // [yr], more years than are drawn at once, the last one cut short

/// One region that fails `rate` times a year.
Scenario region(double rate, DurationLaw duration) {
  ScenarioInput input = worlds::plain({{"A", 1.0}});
  input.horizon.months = static_cast<int>(horizon * months_per_year);
  input.providers["A"].regions["r"].outages = worlds::outages(rate, duration);
  return Scenario(input);
}

/// The primary outages of a path and how many of them lie in each band, draw by draw.
std::vector<Outage> one_by_one(const OutageEntity& entity, std::uint64_t path, const FrailtyPath& frailty,
                               const random::BandedTilt& tilt, EntityEvidence& evidence) {
  const auto uniform = [&](const char* purpose, std::uint32_t draw) {
    return random::Stream(seed, entity.name, purpose).uniform(path, draw);
  };
  std::vector<Outage> outages;
  for (std::uint32_t year = 0; year < horizon; ++year) {
    const double length = std::min(1.0, horizon - year);
    const double mean = entity.rate.value * FrailtySampler::multiplier(entity, frailty, year) * length;
    evidence.expected += mean;
    const std::uint32_t count = random::Poisson(mean * tilt.total()).quantile(uniform("outage/count", year));
    for (std::uint32_t event = year << 20; event < (year << 20) + count; ++event) {
      const double duration = tilt.bands() > 1 ? tilt.apply(uniform("outage/duration", event))
                                               : uniform("outage/duration", event);
      ++evidence.outages[random::band_of(duration_bands, duration)];
      const double start = year + length * uniform("outage/time", event);
      outages.push_back({start, start + Duration(entity.duration).quantile(duration) / hours_per_year, 1.0,
                         uniform("outage/claim", event)});
    }
  }
  std::sort(outages.begin(), outages.end(),
            [](const Outage& a, const Outage& b) { return a.start < b.start; });
  return outages;
}

void compare(const Scenario& scenario, const random::BandedTilt& tilt) {
  const OutageEntity& entity = scenario.entities[EntityId(0)];
  RateTables tables;
  const ArrivalSampler sampler(entity, scenario.horizon, seed, tables);
  FrailtyPath frailty;
  std::vector<Outage> outages;
  for (std::uint64_t path = 0; path < 20; ++path) {
    FrailtySampler(scenario, seed).sample(path, frailty);
    EntityEvidence evidence, expected_evidence;
    sampler.sample(path, frailty, tilt, &evidence, outages);
    const auto expected = one_by_one(entity, path, frailty, tilt, expected_evidence);
    CHECK(evidence.expected == expected_evidence.expected);
    CHECK(evidence.outages == expected_evidence.outages);
    REQUIRE(outages.size() == expected.size());
    for (std::size_t i = 0; i < outages.size(); ++i) {
      CHECK(outages[i].start == expected[i].start);
      CHECK(outages[i].end == expected[i].end);
      CHECK(outages[i].severity == 1.0);
      CHECK(outages[i].claim == expected[i].claim);
    }
  }
}

}  // namespace

TEST_CASE("outages in batches are those drawn one by one, few or many in a year") {
  for (const double rate : {0.3, 3.0, 100.0}) {
    compare(region(rate, worlds::lognormal(2.0, 1.2)), {});
    compare(region(rate, WeibullDuration{0.7, Hours(5.0)}), {});
  }
}

TEST_CASE("outages in batches are those drawn one by one, with more of the long ones") {
  compare(region(3.0, worlds::lognormal(2.0, 1.2)),
          random::BandedTilt({duration_bands.begin(), duration_bands.end()}, {1, 1, 1, 2, 3, 4, 5, 50}));
}

}  // namespace arrivals_test
