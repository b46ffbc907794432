#include "models/placement/unserved.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace hedgerow::models {
namespace {

bool buys_on_demand(const WorkloadPlan& plan) {
  return std::any_of(plan.on_demand.begin(), plan.on_demand.end(),
                     [](const OnDemand& u) { return u.normal.value > 0.0 || u.scarce.value > 0.0; });
}

}  // namespace

/// One sweep of the workloads of a pool through a path.
struct UnservedDemand::Sweep {
  const UnservedDemand& model;
  const Pool& pool;
  const Circumstances& now;
  const std::vector<Downtime>& downtimes;
  const Discounting& discounting;
  Scratch& scratch;
  Ledger& ledger;
  const OutageJournal* journal;  ///< null: none is kept

  const std::vector<WorkloadId>& workloads = pool.workloads;
  const std::vector<LocationId>& locations = pool.locations;
  const Scenario& scenario = model.scenario_;
  const Strategy& strategy = model.strategy_;
  bool wanders = false;                       ///< some demand changes from month to month
  bool buys = false;                          ///< capacity can be had on demand, by state of the market
  std::vector<ReputationCost> reputations{};  ///< of the workloads that have one
  std::vector<std::size_t> reputation_of{};   ///< by workload of the pool; none: past the end
  std::size_t next_span = 0;
  const Stage* last_stage = nullptr;
  bool last_scarce = false;
  std::optional<UnservedRecord> record{};  ///< only with a journal

  const WorkloadPlan& plan(std::size_t i) const { return strategy.workloads[workloads[i]]; }

  void run() {
    prepare();
    collect_spans();
    for (std::size_t first = 0; first < scratch.spans.size();) first = play_stretch(first);
  }

  void prepare() {
    scratch.available.resize(locations.size());
    scratch.delivered.resize(locations.size());
    scratch.shortages.resize(workloads.size());
    scratch.history.resize(workloads.size());
    scratch.by_provider = IdVector<ProviderId, double>(scenario.providers.size(), 0.0);
    for (std::size_t i = 0; i < workloads.size(); ++i) {
      const Workload& terms = scenario.workloads[workloads[i]].terms;
      wanders = wanders || terms.demand_volatility > 0.0;
      buys = buys || buys_on_demand(plan(i));
      reputation_of.push_back(reputations.size() + (terms.reputation ? 0 : workloads.size()));
      if (terms.reputation) reputations.emplace_back(*terms.reputation, scenario.providers.size());
      if (terms.reputation && journal != nullptr) reputations.back().keep(journal->journal, workloads[i]);
    }
    if (journal != nullptr) record.emplace(scenario, strategy, now, *journal, workloads, locations);
  }

  /// When the pool first has anything at a location [yr]; never: infinite.
  double first_use(LocationId location) const {
    if (pool.uses_at_first[location.value]) return 0.0;
    for (std::size_t i = 1; i < now.occupancy.stages(); ++i)
      for (const WorkloadId w : workloads)
        if (now.occupancy.stage(i).at(w, location).capacity > 0.0)
          return static_cast<double>(now.occupancy.stage(i).from_month) / months_per_year;
    return std::numeric_limits<double>::infinity();
  }

  /// Everything that takes capacity where the pool has any, in order of start. Nothing before the first use
  /// counts: what comes later must not touch the last bits of what came before.
  void collect_spans() {
    scratch.spans.clear();
    scratch.first_use.assign(scenario.locations.size(), std::numeric_limits<double>::infinity());
    for (const LocationId l : locations) scratch.first_use[l.value] = first_use(l);
    for (const Downtime& down : downtimes) {
      const double since = scratch.first_use[down.location.value];
      if (since < down.end)
        scratch.spans.push_back({std::max(down.start, since), down.end, &down, nullptr, {}});
    }
    bool in_order = true;
    for (std::size_t p = 0; p < now.deliveries.size(); ++p) {
      if (now.deliveries[ProviderId(p)].restrictions.empty()) continue;
      double since = std::numeric_limits<double>::infinity();
      for (const LocationId l : locations)
        if (scenario.locations[l].provider.value == p) since = std::min(since, scratch.first_use[l.value]);
      for (const Restriction& restriction : now.deliveries[ProviderId(p)].restrictions) {
        if (since >= restriction.to) continue;
        scratch.spans.push_back(
            {std::max(restriction.from, since), restriction.to, nullptr, &restriction, ProviderId(p)});
        in_order = false;
      }
    }
    if (!in_order || now.occupancy.stages() > 1)
      std::stable_sort(scratch.spans.begin(), scratch.spans.end(),
                       [](const Span& a, const Span& b) { return a.start < b.start; });
  }

  /// Plays the spans that join the first one in time; before and after them nothing is lost, so their
  /// recovery clocks start anew. Returns the first span of the next stretch.
  std::size_t play_stretch(std::size_t first) {
    double end = scratch.spans[first].end;
    std::size_t last = first + 1;
    while (last < scratch.spans.size() && scratch.spans[last].start <= end)
      end = std::max(end, scratch.spans[last++].end);
    set_points(first, last, end);
    for (auto& history : scratch.history) history.clear();
    scratch.active.clear();
    next_span = first;
    for (std::size_t i = 0; i + 1 < scratch.points.size(); ++i) play_piece(i, last);
    for (ReputationCost& cost : reputations) cost.close(discounting, ledger);
    return last;
  }

  /// The instants at which anything changes, from the stretch's beginning to its end.
  void set_points(std::size_t first, std::size_t last, double end) {
    auto& points = scratch.points;
    const double begin = scratch.spans[first].start;
    points.clear();
    for (std::size_t i = first; i < last; ++i) {
      points.push_back(scratch.spans[i].start);
      points.push_back(scratch.spans[i].end);
    }
    for (std::size_t i = 1; i < now.occupancy.stages(); ++i) {
      const double at = static_cast<double>(now.occupancy.stage(i).from_month) / months_per_year;
      if (at > begin && at < end) points.push_back(at);
    }
    const std::size_t changes = points.size();
    for (std::size_t i = 0; i < workloads.size(); ++i)
      if (plan(i).policy != FailoverPolicy::none && plan(i).recovery_time > 0.0)
        for (std::size_t c = 0; c < changes; ++c)
          if (points[c] + plan(i).recovery_time < end) points.push_back(points[c] + plan(i).recovery_time);
    const int step = wanders || buys ? 1 : months_per_year;
    for (int k = static_cast<int>(begin) * months_per_year; k < end * months_per_year; k += step) {
      if (!wanders && k % months_per_year != 0 && !market_turns(k)) continue;
      const double at = static_cast<double>(k) / months_per_year;
      if (at > begin && at < end) points.push_back(at);
    }
    std::sort(points.begin(), points.end());
    points.erase(std::unique(points.begin(), points.end()), points.end());
  }

  bool market_turns(int month) const {
    const auto k = static_cast<std::size_t>(month);
    return month > 0 && now.scarcity[k] != now.scarcity[k - 1];
  }

  void play_piece(std::size_t piece, std::size_t last_span) {
    const double from = scratch.points[piece], to = scratch.points[piece + 1];
    const std::size_t ended =
        std::erase_if(scratch.active, [&](const Span& span) { return span.end <= from; });
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
      if (changed) assess_losses(i, stage, scarce);
      assess_eligible(i, piece);
      any = any || scratch.shortages[i].lost_sum > 0.0;
    }
    if (!any) return;
    rescue(month);
    if (record) record->begin(from, to, month, scratch.delivered, scratch.shortages);
    for (std::size_t i = 0; i < workloads.size(); ++i) charge(i, from, to, month);
  }

  /// a and b of every location that matters.
  void set_states() {
    std::fill(scratch.available.begin(), scratch.available.end(), 1.0);
    std::fill(scratch.delivered.begin(), scratch.delivered.end(), 1.0);
    for (const Span& span : scratch.active) {
      if (span.downtime) {
        scratch.available[pool.index_of[span.downtime->location.value]] = 1.0 - span.downtime->unavailable;
        continue;
      }
      for (std::size_t j = 0; j < locations.size(); ++j)
        if (scenario.locations[locations[j]].provider == span.provider)
          scratch.delivered[j] = span.restriction->capacity;
    }
  }

  /// Fills what workload i has lost where, and what spare capacity it has.
  void assess_losses(std::size_t i, const Stage& stage, bool scarce) {
    Shortage& s = scratch.shortages[i];
    s.reset(locations.size());
    for (std::size_t j = 0; j < locations.size(); ++j) {
      const Holding& holding = stage.at(workloads[i], locations[j]);
      const double full = scratch.delivered[j] * holding.capacity;
      const double up = scratch.available[j] * full;
      const double served = std::min(holding.placed, up), served_if_up = std::min(holding.placed, full);
      s.lost[j] = holding.placed - served;
      s.announced[j] = holding.placed - served_if_up;
      s.lost_sum += s.lost[j];
      s.announced_sum += s.announced[j];
      s.spare += up - served;
      s.spare_if_up += full - served_if_up;
      if (!buys) continue;
      const OnDemand& extra = plan(i).on_demand[locations[j]];
      const double offered = scratch.delivered[j] * (scarce ? extra.scarce : extra.normal).value;
      s.on_demand[j] = scratch.available[j] * offered;
      s.on_demand_sum += s.on_demand[j];
      s.on_demand_if_up += offered;
    }
  }

  /// Fills what of it may be served elsewhere by now.
  void assess_eligible(std::size_t i, std::size_t piece) {
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
  double recovering(std::size_t i, std::size_t piece, std::size_t j) const {
    const std::size_t count = locations.size();
    const double window = plan(i).recovery_time, at = scratch.points[piece];
    if (scratch.points[0] + window > at) return 0.0;
    double smallest = scratch.history[i][piece * count + j];
    for (std::size_t earlier = piece; earlier-- > 0 && scratch.points[earlier + 1] + window > at;)
      smallest = std::min(smallest, scratch.history[i][earlier * count + j]);
    return smallest;
  }

  void rescue(int month) {
    if (workloads.size() == 1) return rescue_alone(scratch.shortages[0]);
    std::vector<Shortage*> by_value;
    std::vector<double> demand;
    for (std::size_t i = 0; i < workloads.size(); ++i) {
      by_value.push_back(&scratch.shortages[i]);
      demand.push_back(demanded_units(scenario, now.demand, workloads[i], month));
    }
    rescue_pooled(by_value, demand);
  }

  void charge(std::size_t i, double from, double to, int month) {
    const Shortage& s = scratch.shortages[i];
    const WorkloadId w = workloads[i];
    const double factor = now.demand.at(w, static_cast<std::size_t>(month));
    const double revenue = scenario.workloads[w].terms.revenue_at_risk * factor;
    // In a shared pool, capacity is bought where it is on offer, whoever needs it.
    if (s.bought > negligible_share) buy(s, demanded_units(scenario, now.demand, w, month), from, to);
    if (s.lost_sum == 0.0) return;
    const auto year = static_cast<std::size_t>(month / months_per_year);
    const Money flow = hours_per_year * Money{to - from, discounting.flow(from, to)};
    double by_outage = 0.0, announced = 0.0;
    for (double& part : scratch.by_provider) part = 0.0;
    for (std::size_t j = 0; j < locations.size(); ++j) {
      const double outage = s.unserved(j) - s.unserved_if_up(j);
      scratch.by_provider[scenario.locations[locations[j]].provider] += outage;
      by_outage += outage;
      announced += s.unserved_if_up(j);
    }
    if (announced > negligible_share)
      for (std::size_t j = 0; j < locations.size(); ++j)
        ledger.at(Component::capacity_shortage, scenario.locations[locations[j]].provider, year) +=
            revenue * s.unserved_if_up(j) * flow;
    if (announced > negligible_share && record) record->shortage(i, revenue, flow);
    if (by_outage <= negligible_share) return;
    for (std::size_t p = 0; p < scratch.by_provider.size(); ++p)
      ledger.at(Component::outage, ProviderId(p), year) +=
          revenue * scratch.by_provider[ProviderId(p)] * flow;
    scratch.losses.push_back({from, to, revenue * by_outage * flow.nominal});
    if (reputation_of[i] < reputations.size())
      reputations[reputation_of[i]].add(from, to, scratch.by_provider, revenue, discounting, ledger);
    if (!record) return;
    const std::vector<Blame>& blames = record->outage(i, revenue, flow);
    if (reputation_of[i] < reputations.size()) reputations[reputation_of[i]].blame(from, to, blames);
  }

  /// Charges the capacity bought on demand, where it is on offer, at the list price of each month.
  void buy(const Shortage& s, double demand, double from, double to) {
    while (from < to) {
      const int month = static_cast<int>(from * months_per_year + month_tolerance);
      const double end = std::min(to, static_cast<double>(month + 1) / months_per_year);
      const Money flow = hours_per_year * Money{end - from, discounting.flow(from, end)};
      for (std::size_t j = 0; j < locations.size(); ++j) {
        if (s.on_demand[j] == 0.0) continue;
        const ProviderId provider = scenario.locations[locations[j]].provider;
        const double units = demand * s.bought * (s.on_demand[j] / s.on_demand_sum);
        const Money bill = units * now.list_prices.at(provider, static_cast<std::size_t>(month)) * flow;
        ledger.at(Component::spend, provider, static_cast<std::size_t>(month / months_per_year)) += bill;
        if (record) record->bought(provider, from, end, units * flow.nominal, bill);
      }
      from = end;
    }
  }
};

UnservedDemand::Pool UnservedDemand::pool_of(std::vector<WorkloadId> workloads) const {
  Pool pool{std::move(workloads),
            {},
            std::vector<std::size_t>(scenario_.locations.size(), 0),
            std::vector<bool>(scenario_.locations.size(), false)};
  for (const LocationId l : scenario_.locations.keys()) {
    if (std::none_of(pool.workloads.begin(), pool.workloads.end(),
                     [&](WorkloadId w) { return strategy_.workloads[w].may_run_at(l); }))
      continue;
    pool.index_of[l.value] = pool.locations.size();
    pool.locations.push_back(l);
    pool.uses_at_first[l.value] =
        std::any_of(pool.workloads.begin(), pool.workloads.end(), [&](WorkloadId w) {
          const OnDemand& extra = strategy_.workloads[w].on_demand[l];
          return strategy_.workloads[w].placement[l] > 0.0 || extra.normal.value > 0.0 ||
                 extra.scarce.value > 0.0;
        });
  }
  return pool;
}

UnservedDemand::UnservedDemand(const Scenario& scenario, const Strategy& strategy)
    : scenario_(scenario), strategy_(strategy) {
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

void UnservedDemand::charge(const Circumstances& now, const std::vector<Downtime>& downtimes,
                            const Discounting& discounting, Scratch& scratch, Ledger& ledger,
                            std::vector<double>& largest_incident, const OutageJournal* journal) const {
  scratch.losses.clear();
  for (const Pool& pool : pools_)
    Sweep{*this, pool, now, downtimes, discounting, scratch, ledger, journal}.run();
  largest_incidents(scratch.losses, ledger.years(), largest_incident);
}

}  // namespace hedgerow::models
