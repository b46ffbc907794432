// Tilted outages: what comes more often, the weights that make up for it, and what stays as it was.

#include "models/outage/mixture.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "models/simulate.hpp"
#include "tests/support/worlds.hpp"

namespace mixture_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

using Factors = IdVector<EntityId, std::array<double, band_count>>;

Factors factors(std::size_t entities, double last) {
  Factors all;
  for (std::size_t e = 0; e < entities; ++e)
    all.push_back({1, 1, 1, 2, 3, 4, 5, last + static_cast<double>(e)});
  return all;
}

std::shared_ptr<const OutageMixture> mixture(std::size_t entities) {
  return std::make_shared<const OutageMixture>(
      0.5, std::vector{outage_tilt(factors(entities, 50.0)), outage_tilt(factors(entities, 7.0))});
}

}  // namespace

TEST_CASE("the probabilities of the bands add up to one") {
  double sum = 0.0;
  for (std::size_t b = 0; b < band_count; ++b) sum += band_probability(b);
  CHECK(sum == doctest::Approx(1.0).epsilon(1e-14));
  CHECK(band_probability(band_count - 1) == doctest::Approx(1e-4));
}

TEST_CASE("a likelihood ratio is that of Poisson counts, band by band") {
  OutageEvidence evidence;
  evidence.push_back({14.0, {9, 2, 0, 1, 0, 0, 0, 1}});
  evidence.push_back({3.5, {4, 0, 0, 0, 0, 1, 0, 0}});
  const Factors by_entity = factors(2, 50.0);
  double expected = 0.0;
  for (std::size_t e = 0; e < 2; ++e)
    for (std::size_t b = 0; b < band_count; ++b) {
      const double mean = evidence[EntityId(e)].expected * band_probability(b);
      const double tilted = mean * by_entity[EntityId(e)][b];
      const double n = evidence[EntityId(e)].outages[b];
      expected += n * std::log(tilted) - tilted - (n * std::log(mean) - mean);  // n! cancels
    }
  const OutageTilt tilt = outage_tilt(by_entity);
  CHECK(log_likelihood_ratio(tilt, evidence) == doctest::Approx(expected).epsilon(1e-12));
  const OutageMixture one(0.3, {tilt});
  CHECK(one.weight(evidence) == doctest::Approx(1.0 / (0.3 + 0.7 * std::exp(expected))).epsilon(1e-12));
  const OutageMixture two(0.3, {tilt, outage_tilt(factors(2, 1.0))});
  CHECK(two.weight(evidence) <= 1.0 / 0.3);
}

TEST_CASE("a quiet path weighs more than one, a path of long outages less, and none more than 1 / share") {
  const OutageMixture of(0.5, {outage_tilt(factors(1, 50.0))});
  OutageEvidence quiet, loud;
  quiet.push_back({10.0, {10, 0, 0, 0, 0, 0, 0, 0}});
  loud.push_back({10.0, {10, 0, 0, 0, 0, 0, 0, 2}});
  CHECK(of.weight(quiet) > 1.0);
  CHECK(of.weight(quiet) < 2.0);
  CHECK(of.weight(loud) < 0.01);
}

TEST_CASE("nominal paths keep their draws beside a mixture, and tilted ones take the laws in turn") {
  const Scenario scenario(worlds::w0());
  const auto mixed = mixture(scenario.entities.size());
  const Simulation plain(scenario, 7), beside(scenario, 7, {mixed, 0});
  World a, b;
  for (std::uint64_t path = 0; path < 50; ++path) {
    plain.sample(path, a);
    beside.sample(path, b);
    CHECK(a.outages.weight == 1.0);
    CHECK(b.outages.weight == mixed->weight(b.outages.evidence));
    REQUIRE(a.outages.downtimes.size() == b.outages.downtimes.size());
    for (std::size_t i = 0; i < a.outages.downtimes.size(); ++i)
      CHECK(a.outages.downtimes[i].end == b.outages.downtimes[i].end);
  }
  CHECK(mixed->tilt_of(3) == nullptr);
  CHECK(mixed->tilt_of(OutageMixture::first_tilted) == &mixed->tilts()[0]);
  CHECK(mixed->tilt_of(OutageMixture::first_tilted + 3) == &mixed->tilts()[1]);
}

TEST_CASE("the evidence of a path counts its primary outages by band of their duration") {
  ScenarioInput input = worlds::plain({{"A", 1.0}});
  input.providers["A"].regions["r"].outages = worlds::outages(40.0, worlds::lognormal(2.0, 1.2));
  input.providers["A"].regions["r"].outages->overlap = Overlap::ignore;
  const Scenario scenario(input);
  const Simulation simulation(scenario, 7, {mixture(1), 0});
  const random::Lognormal law(2.0, 1.2);
  World world;
  for (std::uint64_t i = 0; i < 20; ++i) {
    const std::uint64_t path = OutageMixture::first_tilted + i;
    simulation.sample(path, world);
    std::array<std::uint32_t, band_count> counted{};
    for (const Outage& outage : simulation.outages().arrivals(EntityId(0), path)) {
      std::size_t band = 0;
      const double hours = (outage.end - outage.start) * hours_per_year;
      while (band < duration_bands.size() && hours >= law.quantile(duration_bands[band]) * (1 - 1e-9)) ++band;
      ++counted[band];
    }
    CHECK(world.outages.evidence[EntityId(0)].outages == counted);
    CHECK(world.outages.evidence[EntityId(0)].expected == doctest::Approx(40.0 * 7.0));
  }
}

TEST_CASE("a mixture without a nominal part or without a tilt is refused") {
  CHECK_THROWS_AS(OutageMixture(0.0, {outage_tilt(factors(1, 2.0))}), InvalidInput);
  CHECK_THROWS_AS(OutageMixture(1.0, {outage_tilt(factors(1, 2.0))}), InvalidInput);
  CHECK_THROWS_AS(OutageMixture(0.5, {}), InvalidInput);
  CHECK_THROWS_AS(outage_tilt(factors(1, 0.0)), InvalidInput);
}

}  // namespace mixture_test
