#include "models/simulate.hpp"

#include <optional>

#include "models/contract/commitment.hpp"
#include "models/contract/service_level.hpp"
#include "models/divergence/cost.hpp"

namespace hedgerow::models {

/// One path of chance: what happens to everybody, whatever the buyer chose.
void Simulation::sample(std::uint64_t path, World& world) const {
  world.path = path;  // names the regime clocks, which are read as strategies need them
  world.all_stay_aligned = false;

  // Bad years, outages of regions, providers and shared dependencies, and what they take where.
  outages_.sample(path, world.outages);

  // When capacity is scarce.
  scarcity_.sample(path, world.scarcity);

  // What every provider's list price does, month by month.
  list_prices_.sample(path, world.scarcity, world.price_scratch, world.list_prices);

  // What the buyer demands.
  demand_.sample(path, world.demand);
}

/// One strategy on that path: what it costs, with whom, in which year.
void Simulation::evaluate(const World& world, StrategyId strategy, Outcome& outcome, Journal* journal) const {
  const Strategy& choice = scenario_.strategies[strategy];
  const Player& player = players_[strategy];
  Ledger& ledger = outcome.ledger;
  ledger.reset(scenario_.providers.size(), static_cast<std::size_t>(scenario_.horizon.years()));
  std::optional<OutageJournal> blame;
  if (journal != nullptr) {
    journal->entries.clear();
    blame.emplace(OutageJournal{world.outages, culprits_, *journal});
  }
  const OutageJournal* const outage_journal = blame ? &*blame : nullptr;

  // Who turns into a rival or severs, what each provider still delivers; migration: what moves away.
  follow_relations(world, strategy, outcome, journal);
  const Circumstances now{world.list_prices, world.scarcity,     world.demand,
                          outcome.regimes,   outcome.deliveries, outcome.occupancy};

  // Prices under contract, and what renewals make of them.
  player.pricing.price(now, outcome.prices);

  // spend: monthly bills for what is placed, reserved and moved in.
  bill_capacity(scenario_, choice, now, outcome.prices, month_discount_, ledger, outcome.bills,
                outcome.hedge_premium);

  // commitment_shortfall: what was committed to and not spent.
  charge_commitments(scenario_, choice, outcome.deliveries, outcome.bills, month_discount_, ledger, journal);

  // sla_credit: what vendors pay back for downtime.
  credit_downtime(scenario_, choice, world.outages, now, outcome.bills, month_discount_, outcome.credit_room,
                  ledger, outage_journal);

  // regime: roadmap and IP cost of rivals and broken relations.
  charge_regimes(scenario_, outcome.regimes, discounting_, ledger, journal);

  // capacity_shortage, outage, reputation: what is withheld, cut off or down, and not served elsewhere;
  // spend: capacity bought in a crisis.
  player.unserved.charge(now, world.outages, discounting_, outcome.unserved_room, ledger,
                         outcome.largest_incident, outage_journal);
}

void Simulation::plan(World& world) const {
  world.all_stay_aligned = true;
  world.outages.outages.resize(scenario_.entities.size());
  for (auto& outages : world.outages.outages) outages.clear();
  world.outages.downtimes.clear();
  world.outages.clusters.clear();
  world.scarcity.assign(static_cast<std::size_t>(scenario_.horizon.months) + 1, false);
  list_prices_.plan(world.list_prices);
  demand_.plan(world.demand);
}

/// Plays regimes and what follows from them together: where hazards follow the share as it is, each plan
/// year starts with what the last one has left where.
void Simulation::follow_relations(const World& world, StrategyId strategy, Outcome& outcome,
                                  Journal* journal) const {
  const Player& player = players_[strategy];
  const Horizon& horizon = scenario_.horizon;
  outcome.occupancy.start(player.initial);
  player.migration.start(outcome.migration);
  player.regimes.start(outcome.regime_state, outcome.regimes);
  outcome.deliveries.resize(scenario_.providers.size());

  const int step = player.regimes.feedback() ? months_per_year : horizon.months;
  for (int month = 0; month < horizon.months; month += step) {
    const int until = std::min(month + step, horizon.months);
    const double until_year = static_cast<double>(until) / months_per_year;
    if (player.regimes.feedback() && month > 0)
      player.regimes.set_shares(outcome.regime_state, current_shares(world, outcome, month));
    if (world.all_stay_aligned)
      for (auto& sojourns : outcome.regimes) sojourns.back().to = until_year;
    else
      player.regimes.advance(outcome.regime_state, clocks_, world.path, until_year, outcome.regimes);
    for (std::size_t p = 0; p < scenario_.providers.size(); ++p) {
      const ProviderId id(p);
      deliver(outcome.regimes[id], scenario_.providers[id].divergence,
              scenario_.strategies[strategy].contracts[id].notice, horizon, outcome.deliveries[id]);
    }
    // What moves at a month's start hangs on what happened before it: the next year's first month as well.
    player.migration.advance(outcome.migration, month + 1, std::min(until + 1, horizon.months),
                             outcome.deliveries, world.scarcity, world.demand, month_discount_,
                             outcome.occupancy, outcome.ledger, journal);
  }
}

IdVector<ProviderId, double> Simulation::current_shares(const World& world, const Outcome& outcome,
                                                        int month) const {
  const Stage& stage = outcome.occupancy.last();
  return shares_of_demand(
      scenario_, [&](WorkloadId w, LocationId l) { return stage.at(w, l).placed; },
      [&](WorkloadId w) { return demanded_units(scenario_, world.demand, w, month); });
}

Simulation::Simulation(const Scenario& scenario, std::uint64_t seed, const PathDesign& design)
    : scenario_(scenario),
      weighs_paths_(design.mixture != nullptr),
      discounting_(scenario.horizon.discount_rate.value),
      points_(design.sobol_replicates > 0
                  ? std::make_unique<random::SobolPoints>(seed, design.sobol_replicates)
                  : nullptr),
      scarcity_(scenario.scarcity, scenario.horizon, seed, points_.get()),
      clocks_(scenario, seed, points_.get()),
      list_prices_(scenario, seed, points_.get()),
      demand_(scenario, seed, points_.get()),
      outages_(scenario, seed, design.mixture, points_.get(), design.parameter_groups),
      culprits_(scenario) {
  for (int k = 0; k <= scenario.horizon.months; ++k)
    month_discount_.push_back(discounting_.factor(static_cast<double>(k) / months_per_year));
  for (const Strategy& strategy : scenario.strategies)
    players_.push_back({initial_stage(scenario, strategy), RegimeProcess(scenario, strategy),
                        Migration(scenario, strategy), ContractPricing(scenario, strategy),
                        UnservedDemand(scenario, strategy)});
  for (Player& player : players_) player.unserved.prepare();
}

}  // namespace hedgerow::models
