#include "models/scenario/scenario.hpp"

#include <doctest/doctest.h>

#include "tests/support/worlds.hpp"

namespace scenario_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

OutageProcess default_outages(double rate) {
  OutageProcess process;
  process.rate = PerYear(rate);
  process.duration = worlds::lognormal(2, 1);
  return process;
}

ScenarioInput two_regions() {
  ScenarioInput input = worlds::plain({{"B", 0.4}, {"A", 0.6}}, 30.0, 100.0);
  input.providers["A"].regions["q"].outages = default_outages(1);
  input.providers["A"].outages = default_outages(2);
  input.shared_dependencies["dns"] = {default_outages(3), {{"A.q", 0.5}, {"B.r", 0.0}}};
  input.workloads["other"] = {10.0, 500.0};
  input.strategies[0].second.workloads["other"].placement = {{"A.q", 0.25}, {"B.r", 0.75}};
  return input;
}

}  // namespace

TEST_CASE("everything stands in the order of its name, with the names that users read") {
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

TEST_CASE("planned shares weigh workloads by demand") {
  const Scenario scenario(two_regions());
  const Strategy& strategy = scenario.strategies[StrategyId(0)];
  CHECK(strategy.share[ProviderId(0)] == doctest::Approx((30 * 0.6 + 10 * 0.25) / 40));
  CHECK(strategy.share[ProviderId(1)] == doctest::Approx((30 * 0.4 + 10 * 0.75) / 40));
}

TEST_CASE("without demand every workload counts alike") {
  ScenarioInput input = two_regions();
  for (auto& [name, workload] : input.workloads) workload.demand = 0.0;
  const Scenario scenario(input);
  CHECK(scenario.strategies[StrategyId(0)].share[ProviderId(0)] == doctest::Approx((0.6 + 0.25) / 2));
}

TEST_CASE("providers of one group share chance: streams, factor and chain are named after the group") {
  ScenarioInput input = two_regions();
  for (auto& [name, provider] : input.providers)
    provider.price_group = provider.regime_group = provider.frailty_group = "metal";
  const Scenario scenario(input);
  REQUIRE(scenario.price_groups.size() == 1);
  CHECK(scenario.price_groups[PriceGroupId(0)].name == "metal");
  REQUIRE(scenario.regime_groups.size() == 1);
  CHECK(scenario.regime_groups[RegimeGroupId(0)].members.size() == 2);
  REQUIRE(scenario.factors.size() == 2);  // industry, metal
  CHECK(scenario.factors[FactorId(1)].name == "metal");
  CHECK(scenario.entities[EntityId(0)].weights.size() == 2);
}

TEST_CASE("recovery times: what is configured, or the default of the policy") {
  Failover failover;
  failover.policy = FailoverPolicy::warm;
  CHECK(recovery_hours(failover) == 0.5);
  failover.recovery_time = Hours(3);
  CHECK(recovery_hours(failover) == 3.0);
}

TEST_CASE("an exit plan names where to go; without one, the workload's other locations by their shares") {
  ScenarioInput input = two_regions();
  input.strategies[0].second.workloads["load"].exit_plan["A"] = {{"B.r", 1.0}};
  input.providers["B"].provisioning = Provisioning{UnitsPerYear(1), {}};
  const Scenario scenario(input);
  const WorkloadPlan& plan = scenario.strategies[StrategyId(0)].workloads[WorkloadId(0)];
  REQUIRE(plan.exit_plan[ProviderId(0)].size() == 1);
  CHECK(plan.exit_plan[ProviderId(0)][0].location == LocationId(2));
  CHECK(plan.exit_plan[ProviderId(1)].empty());
  REQUIRE(plan.exit_default[ProviderId(1)].size() == 1);  // A.r; nothing of the workload runs at A.q
  CHECK(plan.exit_default[ProviderId(1)][0].location == LocationId(1));
}

}  // namespace scenario_test
