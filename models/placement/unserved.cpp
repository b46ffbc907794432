#include "models/placement/unserved.hpp"

#include <algorithm>

#include "models/placement/sweep.hpp"

namespace hedgerow::models {
UnservedDemand::Pool UnservedDemand::pool_of(std::vector<WorkloadId> workloads) const {
  const std::size_t everywhere = scenario_.locations.size();
  Pool pool;
  pool.workloads = std::move(workloads);
  pool.index_of.assign(everywhere, 0);
  pool.uses_at_first.assign(everywhere, false);
  pool.offers.assign(everywhere, false);
  for (const LocationId l : scenario_.locations.keys()) {
    const auto any = [&](auto holds) {
      return std::any_of(pool.workloads.begin(), pool.workloads.end(),
                         [&](WorkloadId w) { return holds(strategy_.workloads[w]); });
    };
    if (!any([&](const WorkloadPlan& plan) { return plan.may_run_at(l); })) continue;
    pool.index_of[l.value] = pool.locations.size();
    pool.locations.push_back(l);
    pool.providers.push_back(scenario_.locations[l].provider);
    pool.offers[l.value] = any([&](const WorkloadPlan& plan) {
      return plan.on_demand[l].normal.value > 0.0 || plan.on_demand[l].scarce.value > 0.0;
    });
    pool.uses_at_first[l.value] =
        pool.offers[l.value] || any([&](const WorkloadPlan& plan) { return plan.placement[l] > 0.0; });
    pool.buys = pool.buys || pool.offers[l.value];
  }
  for (const WorkloadId w : pool.workloads) {
    const Workload& terms = scenario_.workloads[w].terms;
    pool.reputation_of.push_back(terms.reputation ? pool.reputations++ : Pool::none);
    pool.wanders = pool.wanders || terms.demand_volatility > 0.0;
  }
  pool.can_look_up = pool.workloads.size() == 1 && pool.locations.size() <= Situations::most_locations;
  pool.has_bits_of_clusters = everywhere <= Situations::most_locations;
  for (std::size_t j = 0; j < pool.locations.size() && pool.can_look_up; ++j)
    pool.bits.push_back(std::uint64_t{1} << (pool.has_bits_of_clusters ? pool.locations[j].value : j));
  const Discounting discounting(scenario_.horizon.discount_rate.value);
  const double recovery = strategy_.workloads[pool.workloads[0]].recovery_time;
  pool.recovery_time = recovery;
  pool.recovery_discount = discounting.factor(recovery);
  pool.recovery_present = discounting.flow(0.0, recovery);
  return pool;
}

/// Fills what a workload of the pool has lost where, and what spare capacity it has; what may be served
/// elsewhere at once is what is announced. `available` and `delivered` are a and b of the pool's locations.
void UnservedDemand::assess_losses(const Pool& pool, std::size_t workload, const Stage& stage, bool scarce,
                                   const std::vector<double>& available, const std::vector<double>& delivered,
                                   Shortage& s) const {
  const WorkloadId w = pool.workloads[workload];
  const std::size_t count = pool.locations.size();
  s.reset(count);
  double lost_sum = 0.0, announced_sum = 0.0, spare = 0.0, spare_if_up = 0.0;
  for (std::size_t j = 0; j < count; ++j) {
    const Holding& holding = stage.at(w, pool.locations[j]);
    const double placed = holding.placed, full = delivered[j] * holding.capacity, up = available[j] * full;
    const double served = std::min(placed, up), served_if_up = std::min(placed, full);
    s.lost[j] = placed - served;
    s.announced[j] = s.eligible[j] = placed - served_if_up;
    lost_sum += placed - served;
    announced_sum += placed - served_if_up;
    spare += up - served;
    spare_if_up += full - served_if_up;
    s.on_demand[j] = 0.0;
  }
  s.lost_sum = lost_sum;
  s.announced_sum = announced_sum;
  s.spare = spare;
  s.spare_if_up = spare_if_up;
  if (!pool.buys) return;
  const auto& extra = strategy_.workloads[w].on_demand;
  for (std::size_t j = 0; j < count; ++j) {
    const OnDemand& here = extra[pool.locations[j]];
    const double offered = delivered[j] * (scarce ? here.scarce : here.normal).value;
    s.on_demand[j] = available[j] * offered;
    s.on_demand_sum += s.on_demand[j];
    s.on_demand_if_up += offered;
  }
}

UnservedDemand::UnservedDemand(const Scenario& scenario, const Strategy& strategy)
    : scenario_(scenario), strategy_(strategy), initial_(initial_stage(scenario, strategy)) {
  std::vector<WorkloadId> by_value = scenario.workloads.keys();
  if (!strategy.pooled_headroom) {
    for (const WorkloadId w : by_value) pools_.push_back(pool_of({w}));
    return;
  }
  const auto value = [&](WorkloadId w) {
    const Workload& terms = scenario.workloads[w].terms;
    return terms.demand > 0.0 ? terms.revenue_at_risk / terms.demand : -1.0;
  };
  std::stable_sort(by_value.begin(), by_value.end(),
                   [&](WorkloadId a, WorkloadId b) { return value(a) > value(b); });
  pools_.push_back(pool_of(by_value));
}

/// The first `earlier` are in order of start, and so are those after them: now all are.
void UnservedDemand::Scratch::merge_losses(std::ptrdiff_t earlier) {
  const auto begin = losses.begin(), middle = begin + earlier;
  if (earlier == 0 || middle == losses.end()) return;
  merged.resize(losses.size());
  std::merge(begin, middle, middle, losses.end(), merged.begin(),
             [](const LossPiece& a, const LossPiece& b) { return a.start < b.start; });
  losses.swap(merged);
}

void UnservedDemand::charge(const Circumstances& now, const OutageWorld& outages,
                            const Discounting& discounting, Scratch& scratch, Ledger& ledger,
                            std::vector<double>& largest_incident, const OutageJournal* journal) const {
  scratch.losses.clear();
  for (const Pool& pool : pools_) {
    const auto earlier = static_cast<std::ptrdiff_t>(scratch.losses.size());
    Sweep{*this, pool, now, outages, discounting, scratch, ledger, journal}.run();
    scratch.merge_losses(earlier);
  }
  largest_incidents(scratch.losses, ledger.years(), largest_incident);
}

}  // namespace hedgerow::models
