#include "models/simulate.hpp"

#include "models/contract/billing.hpp"
#include "models/divergence/cost.hpp"
#include "models/placement/unserved.hpp"

namespace hedgerow::models {

/// One path of chance: what happens to everybody, whatever the buyer chose.
void Simulation::sample(std::uint64_t path, World& world) const {
  world.path = path;  // names the regime clocks, which are read as strategies need them
  world.deterministic = false;

  // Bad years, outages of regions, providers and shared dependencies, and what they take where.
  outages_.sample(path, world.outages);

  // When capacity is scarce.
  scarcity_.sample(path, world.scarcity);

  // What every provider's list price does, month by month.
  list_prices_.sample(path, world.scarcity, world.price_scratch, world.list_prices);
}

/// One strategy on that path: what it costs, with whom, in which year.
void Simulation::evaluate(const World& world, StrategyId strategy, Outcome& outcome) const {
  const Strategy& choice = scenario_.strategies[strategy];
  const Exposure& exposure = exposures_[strategy];
  Ledger& ledger = outcome.ledger;
  ledger.reset(scenario_.providers.size(), static_cast<std::size_t>(scenario_.horizon.years()));

  // Who turns into a rival or severs, and what each provider still delivers and bills.
  follow_regimes(world, strategy, outcome);

  // spend: contract prices and monthly bills.
  bill_capacity(scenario_, choice, exposure, world.list_prices, outcome.deliveries, month_discount_, ledger);

  // regime: roadmap and IP cost of rivals and broken relations.
  charge_regimes(scenario_, outcome.regimes, discounting_, ledger);

  // capacity_shortage: what providers withhold or have cut off.
  charge_shortage(exposure, outcome.deliveries, discounting_, ledger);

  // outage: what is down of the capacity that is delivered.
  charge_outages(scenario_, exposure, outcome.deliveries, world.outages.downtimes, discounting_, ledger,
                 outcome.largest_incident);
}

void Simulation::plan(World& world) const {
  world.deterministic = true;
  world.outages.downtimes.clear();
  list_prices_.plan(world.list_prices);
}

void Simulation::follow_regimes(const World& world, StrategyId strategy, Outcome& outcome) const {
  outcome.regimes.resize(scenario_.providers.size());
  outcome.deliveries.resize(scenario_.providers.size());
  if (world.deterministic) {
    for (auto& sojourns : outcome.regimes) sojourns = {{Regime::aligned, 0.0, scenario_.horizon.length()}};
  } else {
    regimes_[strategy].run(clocks_, world.path, outcome.regimes);
  }
  for (std::size_t p = 0; p < scenario_.providers.size(); ++p) {
    const ProviderId id(p);
    deliver(outcome.regimes[id], scenario_.providers[id].divergence,
            scenario_.strategies[strategy].contracts[id].notice, scenario_.horizon, outcome.deliveries[id]);
  }
}

Simulation::Simulation(const Scenario& scenario, std::uint64_t seed)
    : scenario_(scenario),
      discounting_(scenario.horizon.discount_rate.value),
      outages_(scenario, seed),
      scarcity_(scenario.scarcity, scenario.horizon, seed),
      list_prices_(scenario, seed),
      clocks_(scenario, seed) {
  for (int k = 0; k < scenario.horizon.months; ++k)
    month_discount_.push_back(discounting_.factor(static_cast<double>(k) / months_per_year));
  for (const Strategy& strategy : scenario.strategies) {
    regimes_.push_back(RegimeProcess(scenario, strategy));
    exposures_.push_back(exposure_of(scenario, strategy));
  }
}

}  // namespace hedgerow::models
