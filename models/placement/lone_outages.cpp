// Outages that meet nothing: what one costs hangs on how long it lasts before failover and after. What all of
// them cost in reputation is charged when the path has been played.

#include "models/placement/sweep.hpp"

namespace hedgerow::models {

/// Whether the cluster is one outage for the pool too, or nothing, and is done with.
bool UnservedDemand::Sweep::play_if_lone(const DowntimeCluster& cluster) {
  if (!cluster.is_lone) return false;
  const bool any_time = pool.has_bits_of_clusters && (cluster.locations & used_at_times) == 0;
  const std::uint64_t down = any_time ? cluster.locations & used_always : taken_by(cluster);
  if (down == 0) return true;
  const Downtime& outage = outages.downtimes[cluster.first];
  play_calm(outage.start);
  played = outage.start;
  move_backdrop(outage.start);
  if (outage.end > backdrop.until) return false;
  play_outage(outage, down);
  played = outage.end;
  return true;
}

/// The bits of the locations at which a lone outage takes anything from the pool. Where the pool comes or
/// goes meanwhile, the backdrop changes, and the outage is not played as a lone one.
std::uint64_t UnservedDemand::Sweep::taken_by(const DowntimeCluster& cluster) const {
  const Downtime& outage = outages.downtimes[cluster.first];
  std::uint64_t down = 0;
  for (std::size_t i = cluster.first; i < cluster.last; ++i) {
    const LocationId location = outages.downtimes[i].location;
    const Use& use = scratch.uses[location.value];
    if (use.since >= outage.end || use.until <= outage.start) continue;
    if (use.steady || !is_idle(location, outage.start, outage.end))
      down |= pool.bits[pool.index_of[location.value]];
  }
  return down;
}

/// Before failover, and after it.
void UnservedDemand::Sweep::play_outage(const Downtime& outage, std::uint64_t down) {
  const Situation* const at_first = backdrop.at_first != nullptr ? backdrop.at_first->find(down) : nullptr;
  const Situation& here =
      at_first != nullptr ? *at_first : known_situation(backdrop.background, nullptr, down);
  const Money length{outage.end - outage.start, outage.present};
  backdrop.down += length;
  const Money all = hours_per_year * length;
  Money waiting = all, recovered;
  double change = outage.end;
  if (here.failover_helps && pool.recovery_time < length.nominal) {
    waiting = hours_per_year * Money{pool.recovery_time, outage.discount * pool.recovery_present};
    recovered = all - waiting;
    change = outage.start + pool.recovery_time;
  }
  if (here.withheld)
    for (const auto& [provider, share] : here.waiting.by_turning) {
      const double rate = backdrop.revenue * share;
      ledger.at(Component::capacity_shortage, provider, outage.year) += rate * all;
    }
  lose(here, outage, change, waiting, recovered);
  if (record) write_down(here, outage, change, waiting, recovered);
  if (!here.buys) return;
  Piece piece = piece_before_backdrop(outage.start, change);
  piece.discount = outage.discount;
  if (piece.from < piece.to) buy_meanwhile(here.waiting, piece, waiting);
  if (change == outage.end) return;
  piece.from = change;
  piece.to = outage.end;
  piece.discount *= pool.recovery_discount;
  buy_meanwhile(here.recovered, piece, recovered);
}

/// What the outage itself takes; failover begins at `change`.
void UnservedDemand::Sweep::lose(const Situation& here, const Downtime& outage, double change,
                                 const Money& waiting, const Money& recovered) {
  const double first = here.waiting_loss * waiting.nominal, later = here.recovered_loss * recovered.nominal;
  if (first == 0.0 && later == 0.0) return;
  const double hours = first + later, from = first != 0.0 ? outage.start : change;
  const double to = later != 0.0 ? outage.end : change;
  scratch.losses.push_back({from, to, backdrop.revenue * hours});
  const bool counts = pool.reputations > 0;
  if (counts)
    scratch.incidents.add(from, to, hours, backdrop.revenue,
                          first != 0.0 ? outage.discount : outage.discount * pool.recovery_discount);
  for (const auto& [provider, before, after] : here.losses) {
    Money lost = before * waiting;
    lost += after * recovered;
    ledger.at(Component::outage, provider, outage.year) += backdrop.revenue * lost;
    if (counts)
      scratch.incidents.add_part(ledger.at(Component::reputation, provider, outage.year), lost.nominal);
  }
}

void UnservedDemand::Sweep::buy_meanwhile(const Shortage& s, const Piece& piece, const Money& flow) {
  if (s.bought <= negligible_share) return;
  if (record) record->begin(piece.from, piece.to, piece.month, {&s, 1}, true);
  buy(s, demanded_units(scenario, now.demand, workloads[0], piece.month), piece, flow);
}

/// Whom to blame for what is lost.
void UnservedDemand::Sweep::write_down(const Situation& here, const Downtime& outage, double change,
                                       const Money& waiting, const Money& recovered) {
  record->begin(outage.start, outage.end, backdrop.month, {&here.waiting, 1});
  Money all = waiting;
  all += recovered;
  if (here.withheld) record->shortage(0, backdrop.revenue, all);
  const bool loses_first = here.waiting_loss * waiting.nominal != 0.0;
  const bool loses_later = here.recovered_loss * recovered.nominal != 0.0;
  if (!loses_first && !loses_later) return;
  record->begin(loses_first ? outage.start : change, loses_later ? outage.end : change, backdrop.month,
                {&here.waiting, 1}, true);
  const std::vector<Blame>& blames = record->lone_outage(here, backdrop.revenue, waiting, recovered);
  if (pool.reputations > 0) scratch.incidents.blame(blames);
}

}  // namespace hedgerow::models
