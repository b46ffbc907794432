#include "apps/results/scope.hpp"

#include <doctest/doctest.h>

#include "tests/support/worlds.hpp"

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
  CHECK(says(not_modelled(input), "failover and migration"));
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
