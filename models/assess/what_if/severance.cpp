#include "models/assess/what_if/severance.hpp"

#include <algorithm>

#include "models/divergence/exit.hpp"

namespace hedgerow::models {
namespace {

/// The scenario with an hour of full outage of everything costing 1: unserved money is then hours.
Scenario weighed_by_demand(Scenario scenario) {
  double total = 0.0;
  for (const NamedWorkload& workload : scenario.workloads) total += workload.terms.demand;
  for (NamedWorkload& workload : scenario.workloads)
    workload.terms.revenue_at_risk =
        total > 0.0 ? workload.terms.demand / total : 1.0 / static_cast<double>(scenario.workloads.size());
  return scenario;
}

}  // namespace

/// What is left at a leaver, and the capacity that is reserved elsewhere and idle.
struct SeveranceShock::Remainder {
  double left = 0.0, spare = 0.0;
};

SeveranceShock::SeveranceShock(const Scenario& scenario)
    : scenario_(scenario),
      weighed_(weighed_by_demand(scenario)),
      discounting_(scenario.horizon.discount_rate.value) {
  const auto months = static_cast<std::size_t>(scenario.horizon.months);
  for (std::size_t k = 0; k <= months; ++k)
    month_discount_.push_back(discounting_.factor(static_cast<double>(k) / months_per_year));
  demand_.resize(scenario.workloads.size(), months);
  list_prices_.resize(scenario.providers.size(), months);
  for (const WorkloadId w : scenario.workloads.keys())
    for (std::size_t k = 0; k < months; ++k) demand_.at(w, k) = 1.0;
  for (const ProviderId p : scenario.providers.keys())
    for (std::size_t k = 0; k <= months; ++k)
      list_prices_.at(p, k) = scenario.providers[p].list_price.initial;
}

/// The provider's company severs at the start; everybody else stays.
void SeveranceShock::sever(const Strategy& strategy, ProviderId provider, Room& room) const {
  const Horizon& horizon = scenario_.horizon;
  const auto& company = scenario_.regime_groups[scenario_.providers[provider].regime_group].members;
  room.regimes.resize(scenario_.providers.size());
  room.deliveries.resize(scenario_.providers.size());
  for (const ProviderId p : scenario_.providers.keys()) {
    const bool leaves = std::find(company.begin(), company.end(), p) != company.end();
    room.regimes[p] = {{leaves ? Regime::severed : Regime::aligned, 0.0, horizon.length()}};
    deliver(room.regimes[p], scenario_.providers[p].divergence, strategy.contracts[p].notice, horizon,
            room.deliveries[p]);
  }
}

/// Plays the migration, from the month after the notice on.
void SeveranceShock::leave(const Strategy& strategy, const ScarcityPath& scarcity, Room& room) const {
  room.initial = initial_stage(scenario_, strategy);
  room.occupancy.start(room.initial);
  room.ledger.reset(scenario_.providers.size(), static_cast<std::size_t>(scenario_.horizon.years()));
  const Migration migration(scenario_, strategy);
  migration.start(room.migration);
  migration.advance(room.migration, 1, scenario_.horizon.months, room.deliveries, scarcity, demand_,
                    month_discount_, room.occupancy, room.ledger);
}

Money SeveranceShock::unserved(const Scenario& scenario, const Strategy& strategy,
                               const ScarcityPath& scarcity, Room& room) const {
  Ledger& ledger = room.shortage;
  const Circumstances now{list_prices_, scarcity, demand_, room.regimes, room.deliveries, room.occupancy};
  ledger.reset(scenario.providers.size(), static_cast<std::size_t>(scenario.horizon.years()));
  UnservedDemand(scenario, strategy)
      .charge(now, OutageWorld{}, discounting_, room.unserved, ledger, room.largest_incident);
  return ledger.sum(Component::capacity_shortage);
}

SeveranceShock::Remainder SeveranceShock::remainder(const Room& room, WorkloadId workload,
                                                    const Stage& stage) const {
  Remainder remainder;
  for (const LocationId l : scenario_.locations.keys()) {
    const Holding& holding = stage.at(workload, l);
    if (room.deliveries[scenario_.locations[l].provider].notice_month == 0)
      remainder.left += holding.placed;
    else
      remainder.spare += std::max(0.0, holding.capacity - holding.placed);
  }
  return remainder;
}

/// Whether what is left at the leaver fits into what is reserved elsewhere.
bool SeveranceShock::fits(const Strategy& strategy, const Room& room, const Stage& stage) const {
  double left = 0.0, spare = 0.0, demand = 0.0;
  for (const WorkloadId w : scenario_.workloads.keys()) {
    const Remainder of = remainder(room, w, stage);
    const double units = scenario_.workloads[w].terms.demand;
    if (!strategy.pooled_headroom && units > 0.0 && of.left - of.spare > negligible_share) return false;
    left += units * of.left;
    spare += units * of.spare;
    demand += units;
  }
  return !strategy.pooled_headroom || left - spare <= negligible_share * demand;
}

std::optional<int> SeveranceShock::exit_months(const Strategy& strategy, const Room& room) const {
  for (std::size_t i = 0; i < room.occupancy.stages(); ++i)
    if (fits(strategy, room, room.occupancy.stage(i))) return room.occupancy.stage(i).from_month;
  return std::nullopt;
}

int SeveranceShock::settled_month(const Room& room) const {
  for (const WorkloadId w : scenario_.workloads.keys())
    if (remainder(room, w, room.occupancy.last()).left > 0.0) return scenario_.horizon.months;
  return room.occupancy.last().from_month;
}

SeveredToday SeveranceShock::play(const Strategy& strategy, ProviderId provider,
                                  const ScarcityPath& scarcity) const {
  Room room;
  sever(strategy, provider, room);
  leave(strategy, scarcity, room);
  SeveredToday today;
  today.migration = room.ledger.sum(Component::migration).present;
  today.exit_months = exit_months(strategy, room);
  today.stranded = room.migration.stranded;
  today.unserved_hours = unserved(weighed_, strategy, scarcity, room).nominal;
  today.capacity_shortage = unserved(scenario_, strategy, scarcity, room).present;
  return today;
}

std::optional<int> SeveranceShock::exit_months(const Strategy& strategy, ProviderId provider) const {
  const ScarcityPath normal(static_cast<std::size_t>(scenario_.horizon.months) + 1, false);
  Room room;
  sever(strategy, provider, room);
  leave(strategy, normal, room);
  return exit_months(strategy, room);
}

measure::Moments SeveranceShock::unserved_hours(const Strategy& strategy, ProviderId provider,
                                                const std::vector<ScarcityPath>& futures) const {
  Room room;
  sever(strategy, provider, room);
  measure::Moments hours;
  for (std::size_t i = 0; i < futures.size();) {
    const ScarcityPath& future = futures[i];
    leave(strategy, future, room);
    const double each = unserved(weighed_, strategy, future, room).nominal;
    const auto same_until = static_cast<std::ptrdiff_t>(settled_month(room)) + 1;
    do {
      hours.add(each);
      ++i;
    } while (i < futures.size() &&
             std::equal(future.begin(), future.begin() + same_until, futures[i].begin()));
  }
  return hours;
}

}  // namespace hedgerow::models
