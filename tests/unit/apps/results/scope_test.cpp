#include "apps/results/scope.hpp"

#include <doctest/doctest.h>

#include "tests/support/worlds.hpp"

namespace scope_test {

using namespace hedgerow::models;
using namespace hedgerow::results;

namespace {

bool says(const std::vector<std::string>& all, const std::string& words) {
  for (const std::string& one : all)
    if (one.find(words) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("what a scenario leaves out is said") {
  ScenarioInput input = worlds::plain({{"A", 0.5}, {"B", 0.5}});
  CHECK(says(not_modelled(input), "outages of A, B"));
  CHECK(says(not_modelled(input), "divergence of A, B"));
  CHECK(says(not_modelled(input), "shared dependencies"));
  CHECK(says(not_modelled(input), "failover"));
  CHECK_FALSE(says(not_modelled(input), "migration"));   // nobody ever leaves
  CHECK_FALSE(says(not_modelled(input), "bargaining"));  // there is no contract to renew
  for (const Component c :
       {Component::commitment_shortfall, Component::reputation, Component::sla_credit, Component::migration})
    CHECK_FALSE(modelled(input, c));
  CHECK_FALSE(modelled(input, Component::outage));
  CHECK_FALSE(modelled(input, Component::capacity_shortage));
  CHECK(modelled(input, Component::spend));

  input.providers["A"].regions["r"].outages = worlds::outages(1, worlds::lognormal(2, 1));
  input.providers["B"].divergence = Divergence{};
  input.market.scarcity = Scarcity{};
  CHECK(says(not_modelled(input), "outages of B"));
  CHECK(says(not_modelled(input), "divergence of A"));
  CHECK_FALSE(says(not_modelled(input), "scarce"));
  CHECK(modelled(input, Component::outage));
  CHECK(modelled(input, Component::capacity_shortage));
  CHECK_FALSE(modelled(input, Component::regime));  // no cost is stated
  input.providers["B"].divergence->rival_cost = 1.0;
  CHECK(modelled(input, Component::regime));

  CHECK(says(not_modelled(input), "migration (what is cut off does not move"));
  input.providers["A"].provisioning = Provisioning{UnitsPerYear(100), {}};
  CHECK_FALSE(says(not_modelled(input), "migration"));
  CHECK(modelled(input, Component::migration));
  Contract& contract = input.strategies[0].second.contracts["A"];
  contract.term_months = 12;
  CHECK(says(not_modelled(input), "bargaining at renewals"));
  contract.renewal = Renewal::bargain;
  CHECK_FALSE(says(not_modelled(input), "bargaining"));
  contract.commitment = {1.0};
  contract.sla = ServiceLevel{};
  input.workloads["load"].reputation = Reputation{};
  for (const Component c : {Component::commitment_shortfall, Component::reputation, Component::sla_credit})
    CHECK(modelled(input, c));
  input.strategies[0].second.workloads["load"].failover.policy = FailoverPolicy::warm;
  CHECK_FALSE(says(not_modelled(input), "failover"));
}

TEST_CASE("a shared dependency is an outage hazard too") {
  ScenarioInput input = worlds::plain({{"A", 1.0}});
  input.shared_dependencies["D"] = {worlds::outages(1, worlds::lognormal(2, 1)), {{"A.r", 1.0}}};
  CHECK(modelled(input, Component::outage));
}

TEST_CASE("a provider is used where a share of a workload is placed there") {
  const ScenarioInput input = worlds::plain({{"A", 1.0}, {"B", 0.0}});
  CHECK(uses(input, "only", "A"));
  CHECK_FALSE(uses(input, "only", "B"));
}

}  // namespace scope_test
