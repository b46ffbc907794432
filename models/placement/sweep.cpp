#include "models/placement/sweep.hpp"

#include <algorithm>
#include <limits>

namespace hedgerow::models {

void UnservedDemand::Sweep::run() {
  prepare();
  collect_spans();
  for (std::size_t first = 0; first < scratch.spans.size();) {
    if (!stands_alone(first)) {
      first = play_stretch(first);
      continue;
    }
    play_alone(scratch.spans[first++]);
  }
}

void UnservedDemand::Sweep::prepare() {
  scratch.available.resize(locations.size());
  scratch.delivered.resize(locations.size());
  scratch.shortages.resize(workloads.size());
  scratch.history.resize(workloads.size());
  if (scratch.reputations.size() < pool.reputations) scratch.reputations.resize(pool.reputations);
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    if (pool.reputation_of[i] == Pool::none) continue;
    ReputationCost& cost = scratch.reputations[pool.reputation_of[i]];
    cost.start(*scenario.workloads[workloads[i]].terms.reputation, scenario.providers.size());
    if (journal != nullptr) cost.keep(journal->journal, workloads[i]);
  }
  if (journal != nullptr) record.emplace(scenario, strategy, now, *journal, workloads, locations);
}

/// When the pool first has anything at a location [yr]; never: infinite.
double UnservedDemand::Sweep::first_use(LocationId location) const {
  if (pool.uses_at_first[location.value]) return 0.0;
  for (std::size_t i = 1; i < now.occupancy.stages(); ++i)
    for (const WorkloadId w : workloads)
      if (now.occupancy.stage(i).at(w, location).capacity > 0.0)
        return static_cast<double>(now.occupancy.stage(i).from_month) / months_per_year;
  return std::numeric_limits<double>::infinity();
}

bool UnservedDemand::Sweep::holds(std::size_t stage, LocationId location) const {
  return std::any_of(workloads.begin(), workloads.end(),
                     [&](WorkloadId w) { return now.occupancy.stage(stage).at(w, location).capacity > 0.0; });
}

/// When the pool has nothing left at a location [yr]; infinite if it ends with something there.
double UnservedDemand::Sweep::last_use(LocationId location) const {
  std::size_t after = now.occupancy.stages();
  if (pool.offers[location.value] || holds(after - 1, location))
    return std::numeric_limits<double>::infinity();
  while (after > 1 && !holds(after - 2, location)) --after;
  return static_cast<double>(now.occupancy.stage(after - 1).from_month) / months_per_year;
}

/// Whether the pool has nothing at a location over [from, to).
bool UnservedDemand::Sweep::is_idle(LocationId location, double from, double to) const {
  if (now.occupancy.stages() == 1 || pool.offers[location.value]) return false;
  for (std::size_t i = now.occupancy.stages(); i-- > 0;) {
    const double since = static_cast<double>(now.occupancy.stage(i).from_month) / months_per_year;
    if (since < to && holds(i, location)) return false;
    if (since <= from) break;
  }
  return true;
}

/// Everything that takes capacity where the pool has any, in order of start. Nothing before the first use
/// counts, and nothing while the pool has nothing there: what comes later must not touch the last bits of
/// what came before.
void UnservedDemand::Sweep::collect_spans() {
  scratch.spans.clear();
  scratch.first_use.assign(scenario.locations.size(), std::numeric_limits<double>::infinity());
  for (const LocationId l : locations) scratch.first_use[l.value] = first_use(l);
  for (const Downtime& down : downtimes) {
    const double since = scratch.first_use[down.location.value];
    if (since < down.end && !is_idle(down.location, down.start, down.end))
      scratch.spans.push_back({std::max(down.start, since), down.end, &down, nullptr, {}});
  }
  const std::size_t downs = scratch.spans.size();
  for (std::size_t p = 0; p < now.deliveries.size(); ++p)
    if (!now.deliveries[ProviderId(p)].restrictions.empty()) add_restrictions(ProviderId(p));
  if (scratch.spans.size() > downs || now.occupancy.stages() > 1)
    std::stable_sort(scratch.spans.begin(), scratch.spans.end(),
                     [](const Span& a, const Span& b) { return a.start < b.start; });
}

/// What a provider withholds, as long as the pool has anything there.
void UnservedDemand::Sweep::add_restrictions(ProviderId provider) {
  double since = std::numeric_limits<double>::infinity(), until = 0.0;
  for (std::size_t j = 0; j < locations.size(); ++j) {
    if (pool.providers[j] != provider) continue;
    since = std::min(since, scratch.first_use[locations[j].value]);
    until = std::max(until, last_use(locations[j]));
  }
  for (const Restriction& restriction : now.deliveries[provider].restrictions) {
    const double from = std::max(restriction.from, since), to = std::min(restriction.to, until);
    if (from < to) scratch.spans.push_back({from, to, nullptr, &restriction, provider});
  }
}

/// Plays the spans that join the first one in time; before and after them nothing is lost, so their
/// recovery clocks start anew. Returns the first span of the next stretch.
std::size_t UnservedDemand::Sweep::play_stretch(std::size_t first) {
  double end = scratch.spans[first].end;
  std::size_t last = first + 1;
  while (last < scratch.spans.size() && scratch.spans[last].start <= end)
    end = std::max(end, scratch.spans[last++].end);
  set_points(first, last, end);
  for (auto& history : scratch.history) history.clear();
  scratch.active.clear();
  next_span = first;
  for (std::size_t i = 0; i + 1 < scratch.points.size(); ++i) play_piece(i, last);
  for (std::size_t r = 0; r < pool.reputations; ++r) scratch.reputations[r].close(discounting, ledger);
  return last;
}

/// The instants at which anything changes, from the stretch's beginning to its end.
void UnservedDemand::Sweep::set_points(std::size_t first, std::size_t last, double end) {
  auto& points = scratch.points;
  const double begin = scratch.spans[first].start;
  points.clear();
  for (std::size_t i = first; i < last; ++i) {
    points.push_back(scratch.spans[i].start);
    if (scratch.spans[i].restriction) points.push_back(scratch.spans[i].end);
  }
  for (std::size_t i = 1; i < now.occupancy.stages(); ++i) {
    const double at = static_cast<double>(now.occupancy.stage(i).from_month) / months_per_year;
    if (at > begin && at < end) points.push_back(at);
  }
  // Where more can be lost to outages, a recovery clock starts; where one ends, less is.
  const std::size_t rises = points.size();
  for (std::size_t i = 0; i < workloads.size(); ++i)
    if (plan(i).policy != FailoverPolicy::none && plan(i).recovery_time > 0.0)
      for (std::size_t c = 0; c < rises; ++c)
        if (points[c] + plan(i).recovery_time < end) points.push_back(points[c] + plan(i).recovery_time);
  for (std::size_t i = first; i < last; ++i)
    if (scratch.spans[i].downtime) points.push_back(scratch.spans[i].end);
  const int step = pool.wanders || pool.buys ? 1 : months_per_year;
  for (int k = static_cast<int>(begin) * months_per_year; k < end * months_per_year; k += step) {
    if (!month_matters(k)) continue;
    const double at = static_cast<double>(k) / months_per_year;
    if (at > begin && at < end) points.push_back(at);
  }
  std::sort(points.begin(), points.end());
  points.erase(std::unique(points.begin(), points.end()), points.end());
}

/// Whether anything but the stage changes where a month begins: the year, a demand, the market.
bool UnservedDemand::Sweep::month_matters(int month) const {
  if (pool.wanders || month % months_per_year == 0) return true;
  const auto k = static_cast<std::size_t>(month);
  return pool.buys && month > 0 && now.scarcity[k] != now.scarcity[k - 1];
}

void UnservedDemand::Sweep::play_piece(std::size_t piece, std::size_t last_span) {
  const double from = scratch.points[piece], to = scratch.points[piece + 1];
  const std::size_t ended = std::erase_if(scratch.active, [&](const Span& span) { return span.end <= from; });
  const std::size_t before = next_span;
  while (next_span < last_span && scratch.spans[next_span].start <= from)
    scratch.active.push_back(scratch.spans[next_span++]);
  const int month = static_cast<int>(0.5 * (from + to) * months_per_year);
  const Stage& stage = now.occupancy.at(month);
  const bool scarce = now.scarcity[static_cast<std::size_t>(month)];
  const bool changed =
      ended > 0 || next_span > before || piece == 0 || &stage != last_stage || scarce != last_scarce;
  if (changed) set_states();
  last_stage = &stage;
  last_scarce = scarce;
  bool any = false;
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    if (changed)
      model.assess_losses(pool, i, stage, scarce, scratch.available, scratch.delivered, scratch.shortages[i]);
    assess_eligible(i, piece);
    any = any || scratch.shortages[i].lost_sum > 0.0;
  }
  if (!any) return;
  rescue(month);
  if (record) record->begin(from, to, month, scratch.delivered, scratch.shortages);
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    scratch.shortages[i].settle(pool.providers, scenario.providers.size());
    charge(i, scratch.shortages[i], from, to, month);
  }
}

/// a and b of every location that matters.
void UnservedDemand::Sweep::set_states() {
  std::fill(scratch.available.begin(), scratch.available.end(), 1.0);
  std::fill(scratch.delivered.begin(), scratch.delivered.end(), 1.0);
  for (const Span& span : scratch.active) {
    if (span.downtime) {
      scratch.available[pool.index_of[span.downtime->location.value]] = 1.0 - span.downtime->unavailable;
      continue;
    }
    for (std::size_t j = 0; j < locations.size(); ++j)
      if (pool.providers[j] == span.provider) scratch.delivered[j] = span.restriction->capacity;
  }
}

/// Fills what of it may be served elsewhere by now.
void UnservedDemand::Sweep::assess_eligible(std::size_t i, std::size_t piece) {
  Shortage& s = scratch.shortages[i];
  const bool waits = plan(i).policy != FailoverPolicy::none;
  if (waits)
    for (std::size_t j = 0; j < locations.size(); ++j)
      scratch.history[i].push_back(s.lost[j] - s.announced[j]);
  s.eligible_sum = 0.0;
  for (std::size_t j = 0; j < locations.size(); ++j) {
    s.eligible[j] = s.announced[j];
    if (waits && s.lost[j] > s.announced[j]) s.eligible[j] += recovering(i, piece, j);
    s.eligible_sum += s.eligible[j];
  }
}

/// What has been lost to outages at location j without a break for the recovery time: the smallest amount
/// in (t - R, t] for t in the piece. Before the stretch nothing was lost.
double UnservedDemand::Sweep::recovering(std::size_t i, std::size_t piece, std::size_t j) const {
  const std::size_t count = locations.size();
  const double window = plan(i).recovery_time, at = scratch.points[piece];
  if (scratch.points[0] + window > at) return 0.0;
  double smallest = scratch.history[i][piece * count + j];
  for (std::size_t earlier = piece; earlier-- > 0 && scratch.points[earlier + 1] + window > at;)
    smallest = std::min(smallest, scratch.history[i][earlier * count + j]);
  return smallest;
}

void UnservedDemand::Sweep::rescue(int month) {
  if (workloads.size() == 1) return rescue_alone(scratch.shortages[0]);
  std::vector<Shortage*> by_value;
  std::vector<double> demand;
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    by_value.push_back(&scratch.shortages[i]);
    demand.push_back(demanded_units(scenario, now.demand, workloads[i], month));
  }
  rescue_pooled(by_value, demand);
}

void UnservedDemand::Sweep::charge(std::size_t i, const Shortage& s, double from, double to, int month) {
  const WorkloadId w = workloads[i];
  // In a shared pool, capacity is bought where it is on offer, whoever needs it.
  if (s.bought > negligible_share) buy(s, demanded_units(scenario, now.demand, w, month), from, to);
  if (s.lost_sum == 0.0) return;
  const bool announced = s.announced_unserved > negligible_share, outage = s.by_outage_sum > negligible_share;
  if (!announced && !outage) return;
  const double factor = now.demand.at(w, static_cast<std::size_t>(month));
  const double revenue = scenario.workloads[w].terms.revenue_at_risk * factor;
  const auto year = static_cast<std::size_t>(month / months_per_year);
  const Money flow = hours_per_year * Money{to - from, discounting.flow(from, to)};
  if (announced)
    for (std::size_t j = 0; j < locations.size(); ++j)
      ledger.at(Component::capacity_shortage, pool.providers[j], year) +=
          revenue * s.unserved_if_up(j) * flow;
  if (announced && record) record->shortage(i, revenue, flow);
  if (!outage) return;
  for (std::size_t p = 0; p < s.by_outage.size(); ++p)
    if (const double share = s.by_outage[ProviderId(p)]; share != 0.0)
      ledger.at(Component::outage, ProviderId(p), year) += revenue * share * flow;
  scratch.losses.push_back({from, to, revenue * s.by_outage_sum * flow.nominal});
  ReputationCost* const reputation =
      pool.reputation_of[i] == Pool::none ? nullptr : &scratch.reputations[pool.reputation_of[i]];
  if (reputation) reputation->add(from, to, s.by_outage, revenue, discounting, ledger);
  if (!record) return;
  const std::vector<Blame>& blames = record->outage(i, revenue, flow);
  if (reputation) reputation->blame(from, to, blames);
}

/// Charges the capacity bought on demand, where it is on offer, at the list price of each month.
void UnservedDemand::Sweep::buy(const Shortage& s, double demand, double from, double to) {
  while (from < to) {
    const int month = static_cast<int>(from * months_per_year + month_tolerance);
    const double end = std::min(to, static_cast<double>(month + 1) / months_per_year);
    const Money flow = hours_per_year * Money{end - from, discounting.flow(from, end)};
    for (std::size_t j = 0; j < locations.size(); ++j) {
      if (s.on_demand[j] == 0.0) continue;
      const ProviderId provider = pool.providers[j];
      const double units = demand * s.bought * (s.on_demand[j] / s.on_demand_sum);
      const Money bill = units * now.list_prices.at(provider, static_cast<std::size_t>(month)) * flow;
      ledger.at(Component::spend, provider, static_cast<std::size_t>(month / months_per_year)) += bill;
      if (record) record->bought(provider, from, end, units * flow.nominal, bill);
    }
    from = end;
  }
}

}  // namespace hedgerow::models
