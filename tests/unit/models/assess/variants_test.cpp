// A strategy with another share of a provider.

#include "models/assess/what_if/variants.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/answers.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/worlds.hpp"

namespace variants_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

/// A has two regions; W runs at .3, .1 of A and .6 of B, V all at A's second; twice as much of W.
ScenarioInput two_workloads() {
  ScenarioInput input = worlds::plain({{"A", 0.3}, {"B", 0.6}, {"C", 0.0}}, 200.0);
  input.providers["A"].regions["s"] = {};
  input.providers["C"].provisioning = Provisioning{UnitsPerYear(10), {}};
  StrategyInput& strategy = input.strategies[0].second;
  strategy.workloads["load"].placement = {{"A.r", 0.3}, {"A.s", 0.1}, {"B.r", 0.6}};
  input.workloads["v"] = {100.0, 0.0};
  strategy.workloads["v"].placement = {{"A.s", 1.0}};
  return input;
}

const ProviderId A(0), C(2);
const LocationId Ar(0), As(1), Br(2), Cr(3);
const WorkloadId load(0), v(1);

void check_close(double found, double expected) { CHECK(std::abs(found - expected) <= 1e-14); }

}  // namespace

TEST_CASE(
    "less of a provider: every workload in proportion; the rest goes where the workload is, or would exit "
    "to") {
  const Scenario scenario(two_workloads());
  const Strategy& strategy = scenario.strategies[StrategyId(0)];
  check_close(strategy.share[A], 0.6);
  const Strategy half = *with_share(scenario, strategy, A, 0.3);
  check_close(half.share[A], 0.3);
  check_close(half.workloads[load].placement[Ar], 0.15);
  check_close(half.workloads[load].placement[As], 0.05);
  check_close(half.workloads[load].placement[Br], 0.8);
  check_close(half.workloads[v].placement[As], 0.5);
  check_close(half.workloads[v].placement[Cr], 0.5);  // nowhere else yet: C takes anybody
  REQUIRE(half.workloads[v].exit_default[A].size() == 1);
  CHECK(half.workloads[v].exit_default[A][0].location == Cr);

  ScenarioInput input = two_workloads();
  input.providers["B"].provisioning = input.providers["C"].provisioning;
  input.strategies[0].second.workloads["v"].exit_plan["A"] = {{"B.r", 0.25}, {"C.r", 0.75}};
  const Scenario planned(input);
  const Strategy by_plan = *with_share(planned, planned.strategies[StrategyId(0)], A, 0.3);
  check_close(by_plan.workloads[v].placement[Br], 0.125);
  check_close(by_plan.workloads[v].placement[Cr], 0.375);
}

TEST_CASE(
    "more of a provider: what is elsewhere shrinks in proportion; a new provider begins at its first "
    "location") {
  const Scenario scenario(two_workloads());
  const Strategy& strategy = scenario.strategies[StrategyId(0)];
  const Strategy more = *with_share(scenario, strategy, A, 0.8);
  check_close(more.share[A], 0.8);
  check_close(more.workloads[load].placement[Br], 0.3);
  check_close(more.workloads[load].placement[Ar], 0.7 * 0.75);
  check_close(more.workloads[v].placement[As], 1.0);

  const Strategy opened = *with_share(scenario, strategy, C, 0.25);
  for (const WorkloadId w : {load, v}) check_close(opened.workloads[w].placement[Cr], 0.25);
  check_close(opened.workloads[load].placement[Br], 0.45);
}

TEST_CASE(
    "any share of any provider: placements sum to one, the share is what was asked, today's is today's") {
  Dice dice(7);
  for (int round = 0; round < 40; ++round) {
    ScenarioInput input = worlds::rich();
    for (auto& [name, choice] : input.strategies[0].second.workloads) {
      const double a = dice.between(0.0, 0.5), b = dice.between(0.0, 0.5);
      choice.placement = {{"A.r", a}, {"B.r", b}, {"C.r", 1.0 - a - b}};
    }
    const Scenario scenario(input);
    const Strategy& strategy = scenario.strategies[StrategyId(0)];
    for (const ProviderId p : scenario.providers.keys()) {
      for (const double share : {0.0, dice.between(0.0, 1.0), 1.0}) {
        const auto variant = with_share(scenario, strategy, p, share);
        REQUIRE(variant.has_value());
        check_close(variant->share[p], share);
        for (const WorkloadPlan& plan : variant->workloads) {
          double sum = 0.0;
          for (const double x : plan.placement) {
            CHECK(x >= 0.0);
            sum += x;
          }
          check_close(sum, 1.0);
        }
      }
      const Strategy same = *with_share(scenario, strategy, p, strategy.share[p]);
      for (const WorkloadId w : scenario.workloads.keys())
        for (const LocationId l : scenario.locations.keys())
          CHECK(same.workloads[w].placement[l] == strategy.workloads[w].placement[l]);
    }
  }
}

TEST_CASE("where there is no place there is no variant") {
  const Scenario alone(worlds::plain({{"A", 1.0}}));
  CHECK_FALSE(with_share(alone, alone.strategies[StrategyId(0)], ProviderId(0), 0.5).has_value());
  CHECK(with_share(alone, alone.strategies[StrategyId(0)], ProviderId(0), 1.0).has_value());
  ScenarioInput input = worlds::plain({{"A", 1.0}});
  input.providers["nowhere"].list_price = worlds::constant_price();
  const Scenario scenario(input);
  CHECK_FALSE(with_share(scenario, scenario.strategies[StrategyId(0)], ProviderId(1), 0.5).has_value());
}

}  // namespace variants_test
