// Where capacity is shared with nobody, time is cut into clusters, in which downtimes touch, and the calm
// between them, in which only who has turned away takes anything. Most clusters are one outage that meets no
// change (lone_outages.cpp). The others are played piece by piece. The same as sweep.cpp alone makes of it,
// up to rounding (lookup_test).

#include <algorithm>
#include <limits>

#include "models/placement/sweep.hpp"

namespace hedgerow::models {

void UnservedDemand::Sweep::play_clusters() {
  const double horizon = static_cast<double>(scenario.horizon.months) / months_per_year;
  scratch.restrictions.clear();
  for (std::size_t p = 0; p < scenario.providers.size(); ++p) add_restrictions(ProviderId(p));
  if (pool.reputations > 0) scratch.incidents.start(*scenario.workloads[workloads[0]].terms.reputation);
  for (const DowntimeCluster& cluster : outages.clusters)
    if (!play_if_lone(cluster)) play_cluster(cluster);
  play_calm(horizon);
  settle_backdrop(std::min(backdrop.until, horizon));
  if (pool.reputations > 0)
    scratch.incidents.charge(journal != nullptr ? &journal->journal : nullptr, workloads[0]);
}

/// What touches anywhere need not touch where the pool has anything.
void UnservedDemand::Sweep::play_cluster(const DowntimeCluster& cluster) {
  scratch.spans.clear();
  add_downtimes(cluster.first, cluster.last);
  for (std::size_t first = 0; first < scratch.spans.size();) {
    const auto [last, end] = joined(first);
    const double begin = scratch.spans[first].start;
    play_calm(begin);
    move_backdrop(begin);
    std::uint64_t down = 0;
    if (is_one_outage(first, last, down))
      play_outage(*scratch.spans[first].downtime, down);
    else
      play_crowd(first, last, end);
    played = end;
    first = last;
  }
}

/// Nothing is down from what was played last to `to`: only restrictions can leave anything unserved.
void UnservedDemand::Sweep::play_calm(double to) {
  if (scratch.restrictions.empty()) return;
  for (double from = played; from < to; from = backdrop.until) {
    move_backdrop(from);
    if (backdrop.calm == Backdrop::Calm::replaced)
      charge_alone(piece_before_backdrop(from, std::min(to, backdrop.until)),
                   known_situation(backdrop.background, backdrop.at_first, 0).waiting);
  }
}

/// To time `at` [yr], which never goes back.
void UnservedDemand::Sweep::move_backdrop(double at) {
  while (at >= backdrop.until) {
    settle_backdrop(backdrop.until);
    set_backdrop(scratch.restrictions.empty() ? at : backdrop.until);
  }
}

void UnservedDemand::Sweep::set_backdrop(double at) {
  const Occupancy& occupancy = now.occupancy;
  while (backdrop.stage + 1 < occupancy.stages() && start_of(backdrop.stage + 1) <= at) ++backdrop.stage;
  backdrop.year = static_cast<std::size_t>(at);
  backdrop.until = static_cast<double>(backdrop.year + 1);
  if (backdrop.stage + 1 < occupancy.stages())
    backdrop.until = std::min(backdrop.until, start_of(backdrop.stage + 1));
  backdrop.month = static_cast<int>(at * months_per_year + month_tolerance);
  const auto month = static_cast<std::size_t>(backdrop.month);
  const WorkloadId w = workloads[0];
  backdrop.revenue = scenario.workloads[w].terms.revenue_at_risk * now.demand.at(w, month);
  backdrop.background = {&occupancy.stage(backdrop.stage), pool.buys && now.scarcity[month], 0};
  if (pool.wanders || pool.buys) {
    const auto months = static_cast<std::size_t>(scenario.horizon.months);
    if (backdrop.month >= backdrop.market_until) {
      std::size_t next = month + 1;
      while (!pool.wanders && next < months && now.scarcity[next] == now.scarcity[month]) ++next;
      backdrop.market_until = static_cast<int>(next);
    }
    backdrop.until = std::min(backdrop.until, static_cast<double>(backdrop.market_until) / months_per_year);
  }
  meet_restrictions(at);
  backdrop.calm_from = std::max(at, played);
  backdrop.down = {};
}

/// Charges the calm of this backdrop up to `to` at once: all its time but the outages.
void UnservedDemand::Sweep::settle_backdrop(double to) {
  const double from = backdrop.calm_from;
  if (backdrop.calm != Backdrop::Calm::withheld || from >= to) return;
  charge_alone(piece_before_backdrop(from, to),
               known_situation(backdrop.background, backdrop.at_first, 0).waiting,
               hours_per_year * (Money{to - from, discounting.flow(from, to)} - backdrop.down));
}

void UnservedDemand::Sweep::meet_restrictions(double at) {
  const Span* restricted = nullptr;
  for (const Span& span : scratch.restrictions) {
    if (span.end <= at) continue;
    backdrop.until = std::min(backdrop.until, span.start > at ? span.start : span.end);
    if (span.start > at) continue;
    backdrop.background.turned |= span.bit;
    restricted = &span;
  }
  backdrop.at_first = known_at_first(backdrop.background, restricted);
  backdrop.calm = Backdrop::Calm::nothing;
  if (restricted == nullptr || !is_withheld()) return;
  const Shortage& calm = known_situation(backdrop.background, backdrop.at_first, 0).waiting;
  if (calm.bought > negligible_share)
    backdrop.calm = Backdrop::Calm::replaced;
  else if (calm.costs())
    backdrop.calm = Backdrop::Calm::withheld;
}

/// Whether a restriction that holds leaves less than what is placed anywhere.
bool UnservedDemand::Sweep::is_withheld() const {
  for (const Span& span : scratch.restrictions) {
    if ((backdrop.background.turned & span.bit) == 0) continue;
    for (const LocationId l : scenario.providers[span.provider].locations) {
      const Holding& holding = backdrop.background.stage->at(workloads[0], l);
      if (span.restriction->capacity * holding.capacity < holding.placed) return true;
    }
  }
  return false;
}

UnservedDemand::Sweep::Piece UnservedDemand::Sweep::piece_before_backdrop(double from, double to) const {
  return {from,          to, backdrop.month, backdrop.background.stage, backdrop.background.scarce, true,
          Piece::unknown};
}

/// Whether the spans are one outage, of one location or of several at once, that takes all they have and
/// ends before anything else changes; then `down` gets the locations.
bool UnservedDemand::Sweep::is_one_outage(std::size_t first, std::size_t last, std::uint64_t& down) const {
  const Span& outage = scratch.spans[first];
  if (outage.end > backdrop.until) return false;
  for (std::size_t i = first; i < last; ++i) {
    const Span& span = scratch.spans[i];
    if (span.start != outage.start || span.end != outage.end || span.start != span.downtime->start ||
        span.downtime->unavailable != 1.0)
      return false;
    down |= pool.bits[pool.index_of[span.downtime->location.value]];
  }
  return true;
}

/// Piece by piece, with what is withheld meanwhile.
void UnservedDemand::Sweep::play_crowd(std::size_t first, std::size_t last, double end) {
  const double begin = scratch.spans[first].start;
  settle_backdrop(begin);  // what is known may be forgotten
  backdrop.calm_from = end;
  backdrop.down = {};
  scratch.stretch.clear();
  for (Span span : scratch.restrictions) {
    if (span.end <= begin || span.start >= end) continue;
    span.start = std::max(span.start, begin);
    span.end = std::min(span.end, end);
    scratch.stretch.push_back(span);
  }
  scratch.stretch.insert(scratch.stretch.end(), scratch.spans.begin() + static_cast<std::ptrdiff_t>(first),
                         scratch.spans.begin() + static_cast<std::ptrdiff_t>(last));
  std::stable_sort(scratch.stretch.begin(), scratch.stretch.end(),
                   [](const Span& a, const Span& b) { return a.start < b.start; });
  play_stretch(end);
}

}  // namespace hedgerow::models
