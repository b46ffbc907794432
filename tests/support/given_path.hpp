#pragma once
// A path whose chance is given by hand: for goldens and hand-worked cases. Everything is calm until a test
// says otherwise: prices stay at their start, nobody turns away, nothing fails.

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/contract/commitment.hpp"
#include "models/contract/service_level.hpp"
#include "models/simulate.hpp"
#include "tests/support/worlds.hpp"

namespace hedgerow::models {

struct GivenPath {
  static constexpr double hour = 1.0 / hours_per_year;

  Scenario scenario;
  Discounting discounting;
  Stage initial;
  OutageWorld outages;
  PricePath list_prices;
  ScarcityPath scarcity;
  DemandPath demand;
  RegimeHistory regimes;
  Deliveries deliveries;
  Occupancy occupancy;
  Migration::State migration;
  ContractPrices prices;
  IdVector<ProviderId, ProviderBills> bills;
  Money hedge_premium;
  Ledger ledger;
  std::vector<double> largest_incident;
  std::vector<double> month_discount;
  Culprits culprits;
  Journal journal;  ///< of everything that is charged

  /// Discounting is off unless a rate is given.
  explicit GivenPath(const ScenarioInput& input, double rate = 0.0)
      : scenario(input), discounting(rate), initial(initial_stage(scenario, strategy())), culprits(scenario) {
    const auto months = static_cast<std::size_t>(scenario.horizon.months);
    outages.outages.resize(scenario.entities.size());
    outages.frailty.years = static_cast<std::size_t>(scenario.horizon.years());
    outages.frailty.values.assign(scenario.factors.size() * outages.frailty.years, 1.0);
    list_prices.resize(scenario.providers.size(), months);
    demand.resize(scenario.workloads.size(), months);
    scarcity.assign(months + 1, false);
    regimes.resize(scenario.providers.size());
    deliveries = Deliveries(scenario.providers.size(), Delivery{{}, horizon(), horizon()});
    for (std::size_t p = 0; p < scenario.providers.size(); ++p) {
      regimes[ProviderId(p)] = {{Regime::aligned, 0.0, scenario.horizon.length()}};
      for (std::size_t k = 0; k <= months; ++k)
        list_prices.at(ProviderId(p), k) = scenario.providers[ProviderId(p)].list_price.initial;
    }
    for (std::size_t w = 0; w < scenario.workloads.size(); ++w)
      for (std::size_t k = 0; k < months; ++k) demand.at(WorkloadId(w), k) = 1.0;
    for (std::size_t k = 0; k <= months; ++k)
      month_discount.push_back(discounting.factor(static_cast<double>(k) / months_per_year));
    occupancy.start(initial);
    ledger.reset(scenario.providers.size(), static_cast<std::size_t>(scenario.horizon.years()));
  }
  GivenPath(const GivenPath&) = delete;
  GivenPath& operator=(const GivenPath&) = delete;

  int horizon() const { return scenario.horizon.months; }
  const Strategy& strategy() const { return scenario.strategies[StrategyId(0)]; }
  Circumstances now() const { return {list_prices, scarcity, demand, regimes, deliveries, occupancy}; }

  /// The provider's regimes change at these times; what it delivers follows from them.
  void relation(std::size_t provider, std::vector<Sojourn> sojourns) {
    const ProviderId id(provider);
    regimes[id] = std::move(sojourns);
    deliver(regimes[id], scenario.providers[id].divergence, strategy().contracts[id].notice, scenario.horizon,
            deliveries[id]);
  }
  void severed(std::size_t provider, double at) {
    relation(provider, {{Regime::aligned, 0.0, at}, {Regime::severed, at, scenario.horizon.length()}});
  }

  /// An entity, by its number, is down [h from the start]. Outages of one entity in order of time.
  void fails(std::size_t entity, double from_hour, double to_hour, double severity = 1.0,
             double claim = 0.5) {
    outages.outages[EntityId(entity)].push_back({from_hour * hour, to_hour * hour, severity, claim});
  }
  /// The number of an entity, as "region:A.r".
  std::size_t entity(const std::string& name) const {
    for (std::size_t e = 0; e < scenario.entities.size(); ++e)
      if (scenario.entities[EntityId(e)].name == name) return e;
    throw std::out_of_range("no entity " + name);
  }

  void migrate() {
    const Migration moves(scenario, strategy());
    moves.start(migration);
    moves.advance(migration, 0, horizon(), deliveries, scarcity, demand, month_discount, occupancy, ledger,
                  &journal);
  }
  void price() { ContractPricing(scenario, strategy()).price(now(), prices); }
  void bill() {
    price();
    bill_capacity(scenario, strategy(), now(), prices, month_discount, ledger, bills, hedge_premium);
  }
  void commit() {
    charge_commitments(scenario, strategy(), deliveries, bills, month_discount, ledger, &journal);
  }
  void credit() {
    const OutageJournal blame{outages, culprits, journal};
    CreditRoom room;
    credit_downtime(scenario, strategy(), outages, now(), bills, month_discount, room, ledger, &blame);
  }
  void serve() {
    outages.downtimes.clear();
    for (const LocationId l : scenario.locations.keys()) {
      std::vector<EntityOutages> reaching;
      for (const EntityId e : scenario.entities.keys())
        for (const auto& [reached, impact] : scenario.entities[e].impacts)
          if (reached == l) reaching.push_back({&outages.outages[e], impact});
      append_downtimes(l, reaching, discounting, outages.downtime_room, outages.downtimes);
    }
    std::stable_sort(outages.downtimes.begin(), outages.downtimes.end(),
                     [](const Downtime& a, const Downtime& b) { return a.start < b.start; });
    find_clusters(outages.downtimes, outages.clusters);
    UnservedDemand::Scratch room;
    const OutageJournal blame{outages, culprits, journal};
    const UnservedDemand unserved(scenario, strategy());
    Ledger without = ledger;
    unserved.charge(now(), outages, discounting, room, without, largest_incident);
    unserved.charge(now(), outages, discounting, room, ledger, largest_incident, &blame);
    for (const Component c : all_components)
      for (std::size_t p = 0; p < ledger.providers(); ++p)
        for (std::size_t y = 0; y < ledger.years(); ++y)
          if (ledger.at(c, ProviderId(p), y).present != without.at(c, ProviderId(p), y).present)
            throw std::logic_error("without a journal the ledger is another");
  }

  /// Nominal money in the journal.
  double blamed(Component component, Cause cause) const {
    double sum = 0.0;
    for (const JournalEntry& entry : journal.entries)
      if (entry.component == component && entry.cause == cause) sum += entry.money.nominal;
    return sum;
  }
  double nominal(Component component, std::size_t provider) const {
    return ledger.sum(component, ProviderId(provider)).nominal;
  }
  double nominal(Component component, std::size_t provider, std::size_t year) const {
    return ledger.at(component, ProviderId(provider), year).nominal;
  }
  double present(Component component) const { return ledger.sum(component).present; }
  double placed(int month, std::size_t location, std::size_t workload = 0) const {
    return occupancy.at(month).at(WorkloadId(workload), LocationId(location)).placed;
  }
  double nominal(Component component) const { return ledger.sum(component).nominal; }
};

}  // namespace hedgerow::models
