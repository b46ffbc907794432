#include "models/assess/story/neighbourhood.hpp"

#include <algorithm>

#include "models/assess/story/story_parts.hpp"

namespace hedgerow::models {

NeighbourhoodTally::NeighbourhoodTally(const Simulation& simulation, StrategyId strategy,
                                       const StoryTeller& teller)
    : simulation_(simulation),
      strategy_(strategy),
      plan_(models::causes(simulation.scenario(), teller.plan().ledger, teller.plan_journal())),
      causes_(cause_count * simulation.scenario().providers.size()),
      relations_(simulation.scenario().providers.size()) {}

void NeighbourhoodTally::add(const World& world, const Outcome& outcome, const Journal& journal) {
  const Scenario& scenario = simulation_.scenario();
  const CauseLedger by_cause = models::causes(scenario, outcome.ledger, journal);
  const double excess = outcome.ledger.total().present - plan_.total();
  ++paths_;
  total_ += outcome.ledger.total().present;
  for (const Cause cause : all_causes)
    for (const ProviderId p : scenario.providers.keys()) {
      CauseTally& tally = causes_[static_cast<std::size_t>(cause) * scenario.providers.size() + p.value];
      const double amount = by_cause.at(cause, p) - plan_.at(cause, p);
      tally.amount += amount;
      tally.matters += excess > 0.0 && amount >= Neighbourhood::matters_from * excess;
    }
  for (const ProviderId p : scenario.providers.keys()) {
    bool rival = false, severed = false;
    for (const Sojourn& sojourn : outcome.regimes[p]) {
      rival = rival || sojourn.regime >= Regime::rival;
      severed = severed || sojourn.regime == Regime::severed;
    }
    relations_[p].rival += rival;
    relations_[p].severed += severed;
    relations_[p].scarce_signing += signs_while_scarce(world, outcome, p);
  }
}

bool NeighbourhoodTally::signs_while_scarce(const World& world, const Outcome& outcome,
                                            ProviderId provider) const {
  const Contract& contract = simulation_.scenario().strategies[strategy_].contracts[provider];
  for (const int month : signing_months(contract, outcome.deliveries[provider]))
    if (month > 0 && world.scarcity[static_cast<std::size_t>(month)] &&
        outcome.bills[provider].gross[static_cast<std::size_t>(month)] > 0.0)
      return true;
  return false;
}

void NeighbourhoodTally::merge(const NeighbourhoodTally& other) {
  paths_ += other.paths_;
  total_ += other.total_;
  for (std::size_t i = 0; i < causes_.size(); ++i) {
    causes_[i].matters += other.causes_[i].matters;
    causes_[i].amount += other.causes_[i].amount;
  }
  for (std::size_t p = 0; p < relations_.size(); ++p) {
    relations_[ProviderId(p)].rival += other.relations_[ProviderId(p)].rival;
    relations_[ProviderId(p)].severed += other.relations_[ProviderId(p)].severed;
    relations_[ProviderId(p)].scarce_signing += other.relations_[ProviderId(p)].scarce_signing;
  }
}

Neighbourhood NeighbourhoodTally::result() const {
  const Scenario& scenario = simulation_.scenario();
  const double n = static_cast<double>(std::max<std::uint64_t>(paths_, 1));
  const auto fraction = [&](std::uint64_t times) { return static_cast<double>(times) / n; };
  Neighbourhood around;
  around.paths = paths_;
  around.mean_total = total_ / n;
  for (const Cause cause : all_causes)
    for (const ProviderId p : scenario.providers.keys()) {
      const CauseTally& tally =
          causes_[static_cast<std::size_t>(cause) * scenario.providers.size() + p.value];
      if (tally.matters > 0) around.causes.push_back({cause, p, fraction(tally.matters), tally.amount / n});
    }
  std::stable_sort(around.causes.begin(), around.causes.end(),
                   [](const CauseFrequency& a, const CauseFrequency& b) { return a.fraction > b.fraction; });
  for (const ProviderId p : scenario.providers.keys())
    if (scenario.strategies[strategy_].share[p] > 0.0)
      around.providers.push_back({p, fraction(relations_[p].rival), fraction(relations_[p].severed),
                                  fraction(relations_[p].scarce_signing)});
  return around;
}

Neighbourhood neighbourhood(const Simulation& simulation, StrategyId strategy,
                            std::span<const std::uint64_t> paths) {
  const StoryTeller teller(simulation, strategy);
  NeighbourhoodTally tally(simulation, strategy, teller);
  World world;
  Outcome outcome;
  Journal journal;
  for (const std::uint64_t path : paths) {
    simulation.sample(path, world);
    simulation.evaluate(world, strategy, outcome, &journal);
    tally.add(world, outcome, journal);
  }
  return tally.result();
}

}  // namespace hedgerow::models
