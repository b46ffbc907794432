// Spare capacity: shared, bought in a crisis, strategic loss first, clocks over the calendar's edges
// (docs/model/failover.md).

#include "models/placement/rescue.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/given_path.hpp"

namespace rescue_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

constexpr double hour = GivenPath::hour;

ScenarioInput placed(const std::map<std::string, double>& shares, double demand, double revenue) {
  ScenarioInput input = worlds::plain(shares, demand, revenue);
  for (auto& [name, provider] : input.providers) {
    provider.regions["r"].outages = worlds::outages(0.0, FixedDuration{Hours(1)});
    provider.divergence = Divergence{};
  }
  return input;
}

WorkloadChoice& choice(ScenarioInput& input, const char* workload = "load") {
  return input.strategies[0].second.workloads[workload];
}

void check_money(double found, double expected) { CHECK(found == doctest::Approx(expected).epsilon(1e-9)); }

double outage(const GivenPath& path, std::size_t provider) {
  return path.nominal(Component::outage, provider);
}

/// Gold: 100 units worth 10 each, at A. Base: 300 units worth 1 each, half at A, half at B with 120 spare.
ScenarioInput two_workloads(bool pooled) {
  ScenarioInput input = placed({{"A", 0.5}, {"B", 0.5}}, 300.0, 300.0);
  input.workloads["base"] = input.workloads["load"];
  input.workloads.erase("load");
  input.workloads["gold"] = {100.0, 1000.0};
  StrategyInput& strategy = input.strategies[0].second;
  strategy.pooled_headroom = pooled;
  WorkloadChoice base = strategy.workloads["load"];
  strategy.workloads.clear();
  base.failover.policy = FailoverPolicy::active_active;
  base.failover.headroom = std::map<std::string, double>{{"B.r", 0.8}};
  strategy.workloads["base"] = strategy.workloads["gold"] = base;
  strategy.workloads["gold"].placement = {{"A.r", 1.0}};
  strategy.workloads["gold"].failover.headroom = Fraction(0.0);
  return input;
}

}  // namespace

TEST_CASE("pooled headroom serves the most valuable unit first, whoever reserved it") {
  GivenPath alone(two_workloads(false));
  alone.fails(0, 100, 110);
  alone.serve();
  check_money(outage(alone, 0), 10 * (1000.0 + 30.0));
  GivenPath pooled(two_workloads(true));
  pooled.fails(0, 100, 110);
  pooled.serve();
  check_money(outage(pooled, 0), 10 * 130.0);  // gold takes 100 of 120 units, base gets the other 20
  ScenarioInput cheap = two_workloads(true);
  cheap.workloads["gold"].revenue_at_risk = 50.0;  // now worth .5 a unit, though first by name it is not
  GivenPath turned(cheap);
  turned.fails(0, 100, 110);
  turned.serve();
  check_money(outage(turned, 0), 10 * (30.0 + 50.0));
}

TEST_CASE("pooled headroom: the units of the day, the order of the beginning") {
  GivenPath path(two_workloads(true));
  for (std::size_t k = 0; k < 84; ++k) path.demand.at(WorkloadId(1), k) = 0.5;  // gold
  path.fails(0, 100, 110);
  path.serve();
  check_money(outage(path, 0), 10 * 80.0);  // 50 of 120 units, 70 left for 150
}

TEST_CASE("pooled headroom: strategic loss is rescued in the same order") {
  GivenPath path(two_workloads(true));
  path.deliveries[ProviderId(0)] = {{{100 * hour, 110 * hour, 0.0}}, 84, 84};
  path.serve();
  check_money(path.nominal(Component::capacity_shortage, 0), 10 * 130.0);
  CHECK(path.nominal(Component::outage) == 0.0);
}

TEST_CASE("pooled headroom: what is bought is shared among those who offer it") {
  ScenarioInput input = two_workloads(true);
  choice(input, "base").failover.on_demand_headroom["B.r"] = {Fraction(0.1), Fraction(0.0)};   // 30 units
  choice(input, "gold").failover.on_demand_headroom["B.r"] = {Fraction(0.15), Fraction(0.0)};  // 15 units
  GivenPath path(input);
  path.fails(0, 100, 110);
  path.serve();
  check_money(outage(path, 0), 10 * 85.0);
  check_money(path.nominal(Component::spend, 1), 10 * 45.0);
  GivenPath scarce(input);
  scarce.scarcity.assign(scarce.scarcity.size(), true);
  scarce.fails(0, 100, 110);
  scarce.serve();
  check_money(outage(scarce, 0), 10 * 130.0);
  CHECK(scarce.nominal(Component::spend) == 0.0);
}

TEST_CASE(
    "pooled headroom: what is bought in part is bought everywhere in proportion to the units on offer") {
  ScenarioInput input = two_workloads(true);
  input.providers["C"] = input.providers["B"];
  choice(input, "base").failover.on_demand_headroom["B.r"] = {Fraction(0.5), Fraction(0.0)};  // 150 units
  choice(input, "gold").failover.on_demand_headroom["C.r"] = {Fraction(1.0), Fraction(0.0)};  // 100 units
  GivenPath path(input);
  path.fails(0, 100, 110);
  path.serve();
  CHECK(path.nominal(Component::outage) == doctest::Approx(0.0));
  check_money(path.nominal(Component::spend, 1), 10 * 130.0 * 150 / 250);
  check_money(path.nominal(Component::spend, 2), 10 * 130.0 * 100 / 250);
}

TEST_CASE("a workload without demand has no units to share and is served by its own") {
  Shortage idle, busy;
  for (Shortage* s : {&idle, &busy}) {
    s->reset(1);
    s->eligible_sum = 0.5;
    s->spare = 0.25;
  }
  rescue_pooled({&idle, &busy}, {0.0, 10.0});
  CHECK(idle.rescued == 0.5);
  CHECK(busy.rescued == 0.5);
}

namespace {

/// 1000 units at A; in a crisis 300 at B and 100 at C, a third of it in scarcity; 1 money/h at risk.
ScenarioInput on_demand(double headroom = 0.0) {
  ScenarioInput input = placed({{"A", 1.0}, {"B", 0.0}, {"C", 0.0}}, 1000.0, 1.0);
  Failover& failover = choice(input).failover;
  failover.policy = FailoverPolicy::active_active;
  failover.headroom = std::map<std::string, double>{{"A.r", headroom}};
  failover.on_demand_headroom["B.r"] = {Fraction(0.3), Fraction(0.1)};
  failover.on_demand_headroom["C.r"] = {Fraction(0.1), Fraction(0.0)};
  return input;
}

}  // namespace

TEST_CASE("capacity bought in a crisis: by the state of the market, at the list price of the month") {
  ScenarioInput input = on_demand();
  input.strategies[0].second.contracts["B"].discount = 0.5;  // does not apply
  GivenPath path(input);
  path.scarcity[2] = true;
  path.list_prices.at(ProviderId(1), 2) = 4.0;
  path.fails(0, 2 * 730 - 10, 2 * 730 + 5);
  path.serve();
  check_money(outage(path, 0), 10 * 0.6 + 5 * 0.9);
  check_money(path.nominal(Component::spend, 1), 10 * 300.0 * 1.0 + 5 * 100.0 * 4.0);
  check_money(path.nominal(Component::spend, 2), 10 * 100.0);
  CHECK(path.nominal(Component::spend, 0) == 0.0);
}

TEST_CASE("capacity bought in a crisis grows with demand and is paid when it is used") {
  GivenPath path(on_demand(), 0.08);
  path.demand.at(WorkloadId(0), 13) = 2.0;
  path.fails(0, 13 * 730 + 100, 13 * 730 + 110);
  path.serve();
  check_money(path.nominal(Component::spend, 1, 1), 10 * 600.0);
  CHECK(path.ledger.at(Component::spend, ProviderId(1), 1).present ==
        doctest::Approx(6000.0 * std::exp(-0.08 * (13 * 730 + 105) * hour)).epsilon(1e-7));
  check_money(path.nominal(Component::outage), 10 * 0.6 * 2.0);
}

TEST_CASE("only what is needed beyond the reserve is bought, where it is on offer") {
  GivenPath path(on_demand());
  path.fails(0, 100, 110, 0.2);
  path.serve();
  CHECK(path.nominal(Component::outage) == doctest::Approx(0.0));
  check_money(path.nominal(Component::spend, 1), 10 * 150.0);
  check_money(path.nominal(Component::spend, 2), 10 * 50.0);
  GivenPath b_down(on_demand());
  b_down.fails(0, 100, 110, 0.2);
  b_down.fails(1, 100, 110, 0.5);  // offers half
  b_down.serve();
  check_money(b_down.nominal(Component::spend, 1), 10 * 200.0 * 0.15 / 0.25);
  check_money(b_down.nominal(Component::spend, 2), 10 * 200.0 * 0.10 / 0.25);
  ScenarioInput split = on_demand();
  choice(split).placement = {{"A.r", 0.5}, {"C.r", 0.5}};
  choice(split).failover.headroom = std::map<std::string, double>{{"C.r", 0.6}};
  GivenPath reserved(split);
  reserved.fails(0, 100, 110);  // 500 units lost, 300 reserved at C
  reserved.serve();
  check_money(reserved.nominal(Component::spend, 1), 10 * 150.0);
  check_money(reserved.nominal(Component::spend, 2), 10 * 50.0);
}

TEST_CASE("a rival sells less in a crisis, a provider that is cut off nothing") {
  GivenPath path(on_demand());
  path.deliveries[ProviderId(1)] = {{{0.0, 7.0, 0.5}}, 84, 84};
  path.deliveries[ProviderId(2)] = {{{0.0, 7.0, 0.0}}, 0, 0};
  path.fails(0, 100, 110);
  path.serve();
  check_money(outage(path, 0), 10 * 0.85);
  check_money(path.nominal(Component::spend), 10 * 150.0);
}

namespace {

/// x = (.6, .4) with .2 spare at B; 1 money/h at risk.
ScenarioInput spare_at_b(FailoverPolicy policy, double recovery = 0.0) {
  ScenarioInput input = placed({{"A", 0.6}, {"B", 0.4}}, 1.0, 1.0);
  choice(input).failover.policy = policy;
  if (policy != FailoverPolicy::none) choice(input).failover.recovery_time = Hours(recovery);
  choice(input).failover.headroom = std::map<std::string, double>{{"B.r", 0.5}};
  return input;
}

}  // namespace

TEST_CASE("strategic loss first: spare capacity is eligible at once, whatever the policy") {
  for (const FailoverPolicy policy :
       {FailoverPolicy::none, FailoverPolicy::cold, FailoverPolicy::active_active}) {
    GivenPath path(spare_at_b(policy, policy == FailoverPolicy::cold ? 8.0 : 0.0));
    path.deliveries[ProviderId(0)] = {{{100 * hour, 200 * hour, 0.0}}, 0, 0};
    path.fails(0, 120, 140);  // at the provider that is cut off: adds nothing
    path.serve();
    check_money(path.nominal(Component::capacity_shortage, 0), 100 * 0.4);
    CHECK(path.nominal(Component::outage) == 0.0);
  }
}

TEST_CASE("an outage that takes the rescue of a severed provider is charged as outage, to both") {
  GivenPath path(spare_at_b(FailoverPolicy::active_active));
  path.deliveries[ProviderId(0)] = {{{100 * hour, 200 * hour, 0.0}}, 0, 0};
  path.fails(1, 120, 130);
  path.serve();
  check_money(path.nominal(Component::capacity_shortage, 0), 100 * 0.4);
  check_money(outage(path, 0), 10 * 0.2);
  check_money(outage(path, 1), 10 * 0.4);
}

TEST_CASE("announced shortage is no incident") {
  ScenarioInput input = spare_at_b(FailoverPolicy::none);
  input.workloads["load"].reputation = Reputation{0.5, Hours(24), 1.0, {}};
  GivenPath path(input);
  path.deliveries[ProviderId(0)] = {{{100 * hour, 200 * hour, 0.0}}, 0, 0};
  path.fails(1, 120, 130);
  path.serve();
  check_money(path.nominal(Component::reputation), 0.5 * 10 * 0.6);
  check_money(path.largest_incident[0], 6.0);
}

TEST_CASE("a recovery clock runs through the ends of months and years") {
  for (const double start : {725.0, 8755.0, 100.0})
    for (const double volatility : {0.0, 0.1}) {  // with it every month is a piece of its own
      CAPTURE(start);
      ScenarioInput input = spare_at_b(FailoverPolicy::cold, 4.0);
      input.workloads["load"].demand_volatility = volatility;
      GivenPath path(input);
      path.fails(0, start, start + 10);
      path.serve();
      check_money(path.nominal(Component::outage), 0.6 * 4 + 0.4 * 6);
      check_money(*std::max_element(path.largest_incident.begin(), path.largest_incident.end()), 4.8);
    }
}

TEST_CASE("a recovery clock that is interrupted starts anew") {
  GivenPath path(spare_at_b(FailoverPolicy::cold, 4.0));
  path.fails(0, 100, 103);
  path.fails(0, 103.5, 107);
  path.fails(0, 110, 115);
  path.serve();
  check_money(outage(path, 0), 0.6 * (3 + 3.5 + 4) + 0.4);
}

TEST_CASE("a recovery clock runs on while another location's outages come and go") {
  ScenarioInput input = spare_at_b(FailoverPolicy::cold, 4.0);
  GivenPath path(input);
  path.fails(0, 100, 110);
  path.fails(1, 99, 101);
  path.fails(1, 105, 106);
  path.serve();
  // A: nothing rescued until 104, then .2 unless B is down.
  check_money(outage(path, 0), 0.6 * 4 + 0.4 + 0.6 + 0.4 * 4);
  check_money(outage(path, 1), 0.4 * 3);
}

TEST_CASE("what is not served stays with the location whose outage has not lasted long enough") {
  ScenarioInput input = placed({{"A", 0.4}, {"B", 0.4}, {"C", 0.2}}, 1.0, 1.0);
  choice(input).failover.policy = FailoverPolicy::cold;
  choice(input).failover.recovery_time = Hours(4);
  choice(input).failover.headroom = std::map<std::string, double>{{"C.r", 1.0}};
  GivenPath path(input);
  path.fails(0, 100, 110);
  path.fails(1, 107, 110);
  path.serve();
  check_money(outage(path, 0), 0.4 * 4 + 0.2 * 6);
  check_money(outage(path, 1), 0.4 * 3);
}

TEST_CASE("an incident's reputation cost is of the day it starts: revenue, plan year, present value") {
  ScenarioInput input = placed({{"A", 1.0}}, 1.0, 1.0);
  input.workloads["load"].reputation = Reputation{0.5, Hours(24), 1.0, {}};
  GivenPath path(input, 0.5);
  path.demand.at(WorkloadId(0), 11) = 3.0;
  path.fails(0, 8760 - 100, 8760 + 900);
  path.serve();
  check_money(path.nominal(Component::reputation, 0, 0), 0.5 * 3.0 * 1000);
  check_money(path.present(Component::reputation), 1500.0 * std::exp(-0.5 * (8760 - 100) * hour));
}

}  // namespace rescue_test
