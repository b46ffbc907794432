#include "models/scenario/scenario.hpp"

#include <doctest/doctest.h>

#include "models/placement/exposure.hpp"
#include "tests/support/worlds.hpp"

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

ScenarioInput two_regions() {
  ScenarioInput input = worlds::plain({{"B", 0.4}, {"A", 0.6}}, 30.0, 100.0);
  input.providers["A"].regions["q"].outages =
      OutageProcess{PerYear(1), worlds::lognormal(2, 1), {}, Overlap::merge, {}};
  input.providers["A"].outages = OutageProcess{PerYear(2), worlds::lognormal(2, 1), {}, Overlap::merge, {}};
  input.shared_dependencies["dns"] = {{PerYear(3), worlds::lognormal(2, 1), {}, Overlap::merge, {}},
                                      {{"A.q", 0.5}, {"B.r", 0.0}}};
  input.workloads["other"] = {10.0, 500.0};
  input.strategies[0].second.workloads["other"].placement = {{"A.q", 0.25}, {"B.r", 0.75}};
  return input;
}

}  // namespace

TEST_CASE("everything stands in the order of its name, with the names of model.md A.2") {
  const Scenario scenario(two_regions());
  REQUIRE(scenario.providers.size() == 2);
  CHECK(scenario.providers[ProviderId(0)].name == "A");
  REQUIRE(scenario.locations.size() == 3);
  CHECK(scenario.locations[LocationId(0)].name == "A.q");
  CHECK(scenario.locations[LocationId(2)].name == "B.r");
  CHECK(scenario.locations[LocationId(2)].provider == ProviderId(1));
  REQUIRE(scenario.entities.size() == 3);
  CHECK(scenario.entities[EntityId(0)].name == "region:A.q");
  CHECK(scenario.entities[EntityId(1)].name == "provider:A");
  CHECK(scenario.entities[EntityId(2)].name == "shared:dns");
}

TEST_CASE("a provider's outages reach all its locations, shared ones what they are said to reach") {
  const Scenario scenario(two_regions());
  CHECK(scenario.entities[EntityId(0)].impacts.size() == 1);
  CHECK(scenario.entities[EntityId(1)].impacts.size() == 2);
  REQUIRE(scenario.entities[EntityId(2)].impacts.size() == 1);
  CHECK(scenario.entities[EntityId(2)].impacts[0].second == 0.5);
}

TEST_CASE("default frailty weights by kind of entity") {
  const Scenario scenario(two_regions());
  const auto weight = [&](std::size_t entity, const std::string& factor) {
    for (const auto& [id, value] : scenario.entities[EntityId(entity)].weights)
      if (scenario.factors[id].name == factor) return value;
    return 0.0;
  };
  for (const std::size_t entity : {0u, 1u}) {
    CHECK(scenario.entities[EntityId(entity)].own_weight == 0.3);
    CHECK(weight(entity, "industry") == 0.3);
    CHECK(weight(entity, "A") == 0.4);
  }
  CHECK(scenario.entities[EntityId(2)].own_weight == 1.0);
  CHECK(scenario.entities[EntityId(2)].weights.empty());
}

TEST_CASE("planned shares weigh workloads by demand; exposures add them up") {
  const Scenario scenario(two_regions());
  const Strategy& strategy = scenario.strategies[StrategyId(0)];
  CHECK(strategy.share[ProviderId(0)] == doctest::Approx((30 * 0.6 + 10 * 0.25) / 40));
  CHECK(strategy.share[ProviderId(1)] == doctest::Approx((30 * 0.4 + 10 * 0.75) / 40));
  const Exposure exposure = exposure_of(scenario, strategy);
  CHECK(exposure.units[ProviderId(0)] == doctest::Approx(30 * 0.6 + 10 * 0.25));
  CHECK(exposure.revenue_at_risk[LocationId(0)] == doctest::Approx(125.0));
  CHECK(exposure.revenue_at_risk[LocationId(1)] == doctest::Approx(60.0));
  CHECK(exposure.provider_at_risk[ProviderId(1)] == doctest::Approx(40.0 + 375.0));
}

TEST_CASE("without demand every workload counts alike") {
  ScenarioInput input = two_regions();
  for (auto& [name, workload] : input.workloads) workload.demand = 0.0;
  const Scenario scenario(input);
  CHECK(scenario.strategies[StrategyId(0)].share[ProviderId(0)] == doctest::Approx((0.6 + 0.25) / 2));
}
