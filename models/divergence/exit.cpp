#include "models/divergence/exit.hpp"

#include <algorithm>

namespace hedgerow::models {

bool can_take(const Scenario& scenario, LocationId location, const Deliveries& deliveries, int month) {
  const ProviderId provider = scenario.locations[location].provider;
  return month < deliveries[provider].notice_month &&
         takes_capacity(scenario.providers[provider].provisioning);
}

Migration::Migration(const Scenario& scenario, const Strategy& strategy)
    : scenario_(scenario), strategy_(strategy), together_(scenario.regime_groups.size()) {
  for (const Location& location : scenario.locations) {
    const Provider& provider = scenario.providers[location.provider];
    Supply supply;
    if (provider.provisioning)
      supply = {provider.provisioning->rate(false) / months_per_year,
                provider.provisioning->rate(true) / months_per_year};
    supply_.push_back(supply);
  }
  for (const Provider& provider : scenario.providers) {
    if (!provider.provisioning) continue;
    Supply& together = together_[provider.regime_group];
    together.normal = std::max(together.normal, provider.provisioning->rate(false) / months_per_year);
    together.scarce = std::max(together.scarce, provider.provisioning->rate(true) / months_per_year);
  }
}

void Migration::start(State& state) const {
  state.arrivals.clear();
  state.stranded = false;
  state.moved.resize(scenario_.providers.size());
  for (auto& by_workload : state.moved) by_workload.assign(scenario_.workloads.size(), 0.0);
}

void Migration::advance(State& state, int from, int to, const Deliveries& deliveries,
                        const ScarcityPath& scarcity, const DemandPath& demand,
                        const std::vector<double>& month_discount, Occupancy& occupancy, Ledger& ledger,
                        Journal* journal) const {
  int first = to;
  for (const Delivery& delivery : deliveries) first = std::min(first, delivery.notice_month + 1);
  for (int month = std::max(from, first); month < to; ++month) {
    wish(state, month, deliveries, demand, occupancy.last());
    if (state.wishes.empty()) continue;
    fit_to_supply(state, scarcity[static_cast<std::size_t>(month)]);
    charge(state, month, demand, occupancy.last(), month_discount[static_cast<std::size_t>(month)],
           deliveries, ledger, journal);
    move(deliveries, state, occupancy.change(month));
  }
}

/// What would move this month if every destination took it all.
void Migration::wish(State& state, int month, const Deliveries& deliveries, const DemandPath& demand,
                     const Stage& stage) const {
  state.wishes.clear();
  for (std::size_t p = 0; p < deliveries.size(); ++p)
    for (std::size_t w = 0; month > deliveries[ProviderId(p)].notice_month && w < scenario_.workloads.size();
         ++w) {
      const ProviderId leaver(p);
      const WorkloadId workload(w);
      const WorkloadPlan& plan = strategy_.workloads[workload];
      if (month <= deliveries[leaver].notice_month + plan.exit_lead_months) continue;
      const double placed = placed_at(scenario_, stage, workload, leaver);
      if (placed < negligible_share) continue;
      const double demanded = demanded_units(scenario_, demand, workload, month);
      const auto add = [&](LocationId to, double weight) {
        const double share = weight * placed;
        state.wishes.push_back({workload, leaver, to, share, share * demanded});
      };
      const bool somewhere = for_each_destination(scenario_, plan, leaver, deliveries, month, add);
      state.stranded = state.stranded || (!somewhere && demanded > 0.0);
    }
}

/// Scales everything that is wanted at a provider down to what it provisions in a month.
void Migration::fit_to_supply(State& state, bool scarce) const {
  std::vector<Wish>& wishes = state.wishes;
  // One leaver moves at the mean rate of its destinations, by what it wants to move where.
  for (auto* const sums : {&state.leaving, &state.ramp, &state.wanted})
    sums->assign(scenario_.regime_groups.size(), 0.0);
  for (const Wish& wish : wishes) {
    const RegimeGroupId group = scenario_.providers[wish.leaver].regime_group;
    state.leaving[group] += wish.units;
    state.ramp[group] += wish.units * supply_[wish.location].in(scarce);
  }
  for (Wish& wish : wishes) {
    const RegimeGroupId group = scenario_.providers[wish.leaver].regime_group;
    const double wanted = state.leaving[group], supply = state.ramp[group] / wanted;
    if (wanted <= supply || wanted == 0.0) continue;
    wish.share *= supply / wanted;
    wish.units *= supply / wanted;
  }

  // And no group of providers takes more than it provisions, however many leave.
  IdVector<RegimeGroupId, double>& wanted = state.wanted;
  for (const Wish& wish : wishes) wanted[taker(wish)] += wish.units;
  for (Wish& wish : wishes) {
    const RegimeGroupId group = taker(wish);
    const double supply = together_[group].in(scarce);
    if (wanted[group] <= supply) continue;
    wish.share *= supply / wanted[group];
    wish.units *= supply / wanted[group];
  }
}

RegimeGroupId Migration::taker(const Wish& wish) const {
  return scenario_.providers[scenario_.locations[wish.location].provider].regime_group;
}

void Migration::move(const Deliveries& deliveries, State& state, Stage& stage) const {
  const std::vector<Wish>& wishes = state.wishes;
  for (std::size_t i = 0; i < wishes.size();) {  // wishes of one leaver and workload stand together
    const ProviderId leaver = wishes[i].leaver;
    const WorkloadId workload = wishes[i].workload;
    double moved = 0.0;
    for (; i < wishes.size() && wishes[i].leaver == leaver && wishes[i].workload == workload; ++i) {
      Holding& there = stage.at(workload, wishes[i].location);
      there.placed += wishes[i].share;
      there.capacity += wishes[i].share;
      there.billed += wishes[i].share;
      moved += wishes[i].share;
      if (strategy_.workloads[workload].rehomed_headroom)
        state.arrivals.push_back({leaver, workload, wishes[i].location, wishes[i].share});
    }
    const double placed = placed_at(scenario_, stage, workload, leaver);
    const double left = placed - moved < negligible_share ? 0.0 : placed - moved;
    leave(leaver, workload, left / placed, stage);
    state.moved[leaver][workload] += placed - left;
    if (left == 0.0) complete(leaver, workload, deliveries, state, stage);
  }
}

/// Leaves the part `kept` of a workload at a provider.
void Migration::leave(ProviderId leaver, WorkloadId workload, double kept, Stage& stage) const {
  const bool winds_down = !strategy_.contracts[leaver].dual_run;
  for (const LocationId l : scenario_.providers[leaver].locations) {
    Holding& here = stage.at(workload, l);
    here.placed *= kept;
    here.capacity *= kept;
    if (!winds_down) continue;
    here.billed *= kept;
    here.reserved *= kept;
  }
}

/// Reserves headroom for what has moved, where the strategy asks for it.
void Migration::complete(ProviderId leaver, WorkloadId workload, const Deliveries& deliveries, State& state,
                         Stage& stage) const {
  const int month = stage.from_month;
  std::erase_if(state.arrivals, [&](const State::Arrival& arrival) {
    if (arrival.leaver != leaver || arrival.workload != workload) return false;
    const ProviderId provider = scenario_.locations[arrival.location].provider;
    if (month >= deliveries[provider].notice_month) return true;
    const double headroom = arrival.share * strategy_.workloads[workload].headroom[arrival.location];
    Holding& there = stage.at(workload, arrival.location);
    there.capacity += headroom;
    there.billed += headroom;
    there.reserved += headroom;
    return true;
  });
}

/// One-time cost of what arrives: by unit, and the data's egress in proportion to what was there.
void Migration::charge(const State& state, int month, const DemandPath& demand, const Stage& before,
                       double discount, const Deliveries& deliveries, Ledger& ledger,
                       Journal* journal) const {
  for (std::size_t p = 0; p < scenario_.providers.size(); ++p) {
    const ProviderId leaver(p);
    double moving = 0.0, held = 0.0;
    for (const Wish& wish : state.wishes)
      if (wish.leaver == leaver) moving += wish.units;
    if (moving == 0.0) continue;
    for (std::size_t w = 0; w < scenario_.workloads.size(); ++w) {
      const WorkloadId workload(w);
      held += demanded_units(scenario_, demand, workload, month) *
              (placed_at(scenario_, before, workload, leaver) + state.moved[leaver][workload]);
    }
    const Contract& contract = strategy_.contracts[leaver];
    const double cost =
        moving * contract.migration_cost + contract.egress.price * contract.egress.volume * (moving / held);
    const Money money{cost, cost * discount};
    ledger.at(Component::migration, leaver, static_cast<std::size_t>(month / months_per_year)) += money;
    if (journal == nullptr) continue;
    const double at = static_cast<double>(month) / months_per_year;
    JournalEntry entry{Component::migration, leaver, at, at, money};
    entry.quantity = moving;
    record_divergence(*journal, entry, deliveries[leaver].contagion);
  }
}

}  // namespace hedgerow::models
