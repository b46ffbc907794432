// Chance that is shared, and what is always worse (docs/model/outages.md; M4, M10).

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>

#include "models/simulate.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/worlds.hpp"

namespace dependence_test {

using namespace hedgerow;
using namespace hedgerow::models;
using hedgerow::test::relative_error;

namespace {

/// Calls visit(outcome of a, outcome of b) for the first strategy of both on the same paths.
template <class Visit>
void path_by_path(const ScenarioInput& a, const ScenarioInput& b, std::uint64_t paths, Visit visit) {
  const Scenario scenario_a(a), scenario_b(b);
  const Simulation simulation_a(scenario_a, 4), simulation_b(scenario_b, 4);
  World world_a, world_b;
  Outcome outcome_a, outcome_b;
  for (std::uint64_t path = 0; path < paths; ++path) {
    simulation_a.sample(path, world_a);
    simulation_b.sample(path, world_b);
    simulation_a.evaluate(world_a, StrategyId(0), outcome_a);
    simulation_b.evaluate(world_b, StrategyId(0), outcome_b);
    visit(outcome_a, outcome_b);
  }
}

/// The rich world without bargaining, whose entities at A are two dependencies of all that runs there.
ScenarioInput whole() {
  ScenarioInput input = worlds::rich();
  ProviderInput& a = input.providers["A"];
  input.shared_dependencies["region of A"] = {*a.regions["r"].outages, {{"A.r", 1.0}}};
  input.shared_dependencies["A"] = {*a.outages, {{"A.r", 1.0}}};
  a.outages.reset();
  a.regions["r"].outages.reset();
  a.divergence->rival_cost = a.divergence->severed_cost = 0.0;  // by provider, not by size
  // Nobody is a refuge: where no share decides, every location counts alike, and a half is a location.
  for (auto& [name, provider] : input.providers) provider.alternative = false;
  for (auto& [name, strategy] : input.strategies) {
    for (auto& [provider, contract] : strategy.contracts) contract.renewal = Renewal::list;
    Contract& contract = strategy.contracts["A"];
    contract.commitment = {90e6, 120e6};
    contract.rollover = Fraction(0.5);
    contract.sla->covers_shared = true;
    strategy.workloads["load"].failover.on_demand_headroom["A.r"] = {Fraction(0.04), Fraction(0.02)};
  }
  return input;
}

/// A again, as A1 with a quarter of everything and A2 with the rest, of the same price, regime and frailty
/// group and on the same machines.
ScenarioInput halves() {
  ScenarioInput input = whole();
  const ProviderInput a = input.providers["A"];
  input.providers.erase("A");
  const auto distribute = [](std::map<std::string, double>& by_location, bool shares) {
    const auto found = by_location.find("A.r");
    if (found == by_location.end()) return;
    by_location["A1.r"] = (shares ? 0.25 : 1.0) * found->second;
    by_location["A2.r"] = (shares ? 0.75 : 1.0) * found->second;
    by_location.erase("A.r");
  };
  for (const char* name : {"A1", "A2"}) {  // each at the full rate: a group provisions once
    ProviderInput& half = input.providers[name] = a;
    half.price_group = half.regime_group = half.frailty_group = "A";
  }
  for (auto& [name, shared] : input.shared_dependencies) distribute(shared.impact, false);
  for (auto& [name, strategy] : input.strategies) {
    const Contract contract = strategy.contracts["A"];
    strategy.contracts.erase("A");
    for (const auto& [half, part] : {std::pair{"A1", 0.25}, {"A2", 0.75}}) {
      Contract& mine = strategy.contracts[half] = contract;
      for (double& commitment : mine.commitment) commitment *= part;
      for (auto& [spend, discount] : mine.volume_tiers) spend *= part;
      mine.egress.volume *= part;
    }
    for (auto& [workload, choice] : strategy.workloads) {
      distribute(choice.placement, true);
      for (auto& [leaver, plan] : choice.exit_plan) distribute(plan, true);
      auto& on_demand = choice.failover.on_demand_headroom;
      if (const auto found = on_demand.find("A.r"); found != on_demand.end()) {
        const OnDemand extra = found->second;
        for (const auto& [half, part] : {std::pair{"A1.r", 0.25}, {"A2.r", 0.75}})
          on_demand[half] = {Fraction(part * extra.normal.value), Fraction(part * extra.scarce.value)};
        on_demand.erase("A.r");
      }
    }
  }
  return input;
}

}  // namespace

TEST_CASE("M4: two perfectly dependent parts of a provider cost what the whole does") {
  Money seen[component_count] = {};
  path_by_path(whole(), halves(), 400, [&](const Outcome& one, const Outcome& two) {
    for (const Component c : all_components) {
      const double a = one.ledger.sum(c).present, b = two.ledger.sum(c).present;
      CHECK(std::abs(a - b) <= 1e-12 * one.ledger.total().present);
      seen[static_cast<std::size_t>(c)] += Money{std::abs(one.ledger.sum(c, ProviderId(0)).nominal), 0.0};
    }
    CHECK(relative_error(two.ledger.total().present, one.ledger.total().present) < 1e-12);
    CHECK(relative_error(two.ledger.total().nominal, one.ledger.total().nominal) < 1e-12);
    CHECK(relative_error(two.hedge_premium.present, one.hedge_premium.present) < 1e-12);
    REQUIRE(two.regimes[ProviderId(0)].size() == one.regimes[ProviderId(0)].size());
    for (std::size_t i = 0; i < one.regimes[ProviderId(0)].size(); ++i)
      for (const ProviderId half : {ProviderId(0), ProviderId(1)})
        CHECK(relative_error(two.regimes[half][i].from, one.regimes[ProviderId(0)][i].from) < 1e-13);
  });
  for (const Component c : all_components)
    if (c != Component::regime) CHECK(seen[static_cast<std::size_t>(c)].nominal > 0.0);
}

TEST_CASE("price groups and correlations: members move alike, groups do not") {
  ScenarioInput input = worlds::plain({{"A", 0.5}, {"B", 0.3}, {"C", 0.2}});
  for (auto& [name, provider] : input.providers)
    provider.list_price = worlds::list_price(1.0, -0.1, 0.2, PriceJumps{PerYear(3.0), -0.1, 0.2});
  input.providers["B"].price_group = "A";
  const Scenario scenario(input);
  const Simulation simulation(scenario, 1);
  World world;
  simulation.sample(3, world);
  for (std::size_t k = 1; k <= 84; ++k) {
    CHECK(world.list_prices.at(ProviderId(1), k) == world.list_prices.at(ProviderId(0), k));
    CHECK(world.list_prices.at(ProviderId(2), k) != world.list_prices.at(ProviderId(0), k));
  }
}

TEST_CASE("frailty that persists wholly is that of the first year; not at all, it is drawn anew") {
  ScenarioInput input = worlds::rich();
  input.horizon.months = 84;
  const auto frailty = [&](double persistence) {
    input.frailty["industry"] = {0.8, persistence};
    const Scenario scenario(input);
    const FrailtySampler sampler(scenario, 5);
    std::vector<FrailtyPath> all(50);
    for (std::uint64_t path = 0; path < all.size(); ++path) sampler.sample(path, all[path]);
    std::size_t factor = 0;
    while (scenario.factors[FactorId(factor)].name != "industry") ++factor;
    return std::pair(all, FactorId(factor));
  };
  const auto [fresh, factor] = frailty(0.0);
  const auto [lasting, same] = frailty(1.0);
  const auto [partly, again] = frailty(0.6);
  for (std::size_t path = 0; path < fresh.size(); ++path)
    for (std::size_t y = 0; y < 7; ++y) {
      CHECK(lasting[path].at(factor, y) == fresh[path].at(factor, 0));
      if (y > 0) CHECK(fresh[path].at(factor, y) != fresh[path].at(factor, 0));
      CHECK(partly[path].at(factor, y) > 0.0);
      for (std::size_t other = 0; other < 4; ++other)  // other factors are not touched
        if (other != factor.value)
          CHECK(partly[path].at(FactorId(other), y) == fresh[path].at(FactorId(other), y));
    }
  CHECK(partly[0].at(factor, 0) == fresh[0].at(factor, 0));
}

TEST_CASE("aftershocks with branching 0 are none, bit by bit; with more, they come on top") {
  ScenarioInput none = worlds::rich();
  for (auto& [name, provider] : none.providers) provider.regions["r"].outages->clustering.reset();
  ScenarioInput zero = none, some = none;
  for (auto& [name, provider] : zero.providers)
    provider.regions["r"].outages->clustering = Clustering{Fraction(0.0), PerYear(100)};
  for (auto& [name, provider] : some.providers)
    provider.regions["r"].outages->clustering = Clustering{Fraction(0.5), PerYear(100)};
  path_by_path(none, zero, 100, [](const Outcome& a, const Outcome& b) {
    CHECK(std::bit_cast<std::uint64_t>(a.ledger.total().present) ==
          std::bit_cast<std::uint64_t>(b.ledger.total().present));
  });
  const Scenario calm(none), shaken(some);
  const OutageSampler before(calm, 6), after(shaken, 6);
  std::size_t more = 0;
  for (std::uint64_t path = 0; path < 50; ++path)
    for (const EntityId e : calm.entities.keys()) {
      const std::vector<Outage> primary = before.arrivals(e, path), all = after.arrivals(e, path);
      more += all.size() - primary.size();
      for (const Outage& outage : primary)
        CHECK(std::count_if(all.begin(), all.end(), [&](const Outage& other) {
                return other.start == outage.start && other.end == outage.end;
              }) == 1);
    }
  CHECK(more > 100);
}

TEST_CASE("M10: a slower failover never loses less") {
  ScenarioInput input = worlds::rich();
  const auto with_recovery = [&](double hours) {
    ScenarioInput changed = input;
    for (auto& [name, choice] : changed.strategies[0].second.workloads) {
      choice.failover.policy = FailoverPolicy::cold;
      choice.failover.recovery_time = Hours(hours);
      choice.failover.headroom = Fraction(0.4);
    }
    return changed;
  };
  const double recoveries[] = {0.0, 0.5, 4.0, 24.0};
  for (std::size_t i = 0; i + 1 < std::size(recoveries); ++i) {
    int more = 0;
    path_by_path(with_recovery(recoveries[i]), with_recovery(recoveries[i + 1]), 150,
                 [&](const Outcome& quick, const Outcome& slow) {
                   const double a = quick.ledger.sum(Component::outage).present,
                                b = slow.ledger.sum(Component::outage).present;
                   CHECK(b >= a * (1.0 - 1e-12));
                   more += b > a * (1.0 + 1e-12);
                   CHECK(slow.ledger.sum(Component::capacity_shortage).present ==
                         doctest::Approx(quick.ledger.sum(Component::capacity_shortage).present));
                 });
    CHECK(more > 100);
  }
}

TEST_CASE("M10: more headroom never loses more to total outages, and costs more") {
  // A restriction that headroom absorbs is no announced shortage any more: with rivals an outage counts more.
  ScenarioInput less = worlds::rich();
  less.shared_dependencies["dns"].impact["B.r"] = 1.0;
  for (auto& [name, provider] : less.providers) {
    provider.divergence.reset();
    provider.outages->severity.total = Fraction(1.0);
  }
  less.strategies[0].second.workloads["other"].failover.policy = FailoverPolicy::active_active;
  ScenarioInput more = less;
  for (auto& [name, choice] : less.strategies[0].second.workloads) choice.failover.headroom = Fraction(0.1);
  for (auto& [name, choice] : more.strategies[0].second.workloads) choice.failover.headroom = Fraction(0.3);
  int lower = 0;
  path_by_path(less, more, 150, [&](const Outcome& a, const Outcome& b) {
    CHECK(b.ledger.sum(Component::outage).present <= a.ledger.sum(Component::outage).present * (1.0 + 1e-12));
    lower += b.ledger.sum(Component::outage).present < a.ledger.sum(Component::outage).present;
    CHECK(b.hedge_premium.present > a.hedge_premium.present);
    CHECK(b.ledger.sum(Component::spend).present > a.ledger.sum(Component::spend).present);
  });
  CHECK(lower > 100);
}

}  // namespace dependence_test
