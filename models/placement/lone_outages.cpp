// Outages that meet nothing: what one costs hangs on how long it lasts before failover and after. All that
// take the same locations during one backdrop are charged at once, and what they cost in reputation when the
// path has been played.

#include <span>

#include "models/placement/sweep.hpp"

namespace hedgerow::models {

/// Whether the cluster is one outage for the pool too, or nothing, and is done with.
bool UnservedDemand::Sweep::play_if_lone(const DowntimeCluster& cluster) {
  if (!cluster.is_lone) return false;
  const Downtime& outage = outages.downtimes[cluster.first];
  std::uint64_t down = 0;
  for (std::size_t i = cluster.first; i < cluster.last; ++i) {
    const LocationId location = outages.downtimes[i].location;
    const Use& use = scratch.uses[location.value];
    if (use.since >= outage.end || use.until <= outage.start) continue;
    if (use.since > outage.start) return false;  // part of it counts
    if (use.steady || !is_idle(location, outage.start, outage.end)) down |= use.bit;
  }
  if (down == 0) return true;
  play_calm(outage.start);
  played = outage.start;
  move_backdrop(outage.start);
  if (outage.end > backdrop.until) return false;
  play_outage(outage, down);
  played = outage.end;
  return true;
}

/// Before failover, and after it.
void UnservedDemand::Sweep::play_outage(const Downtime& outage, std::uint64_t down) {
  AlikeOutages& alike = alike_with(down);
  const Money length{outage.end - outage.start, outage.present};
  backdrop.down += length;
  const double recovery = pool.recovery_time;
  const bool recovers = alike.recovered.shortage != nullptr && recovery < length.nominal;
  Money waiting = hours_per_year * length, recovered;
  Piece piece = piece_before_backdrop(outage.start, outage.end);
  if (recovers) {
    const Money all = waiting;
    waiting = hours_per_year * Money{recovery, outage.discount * pool.recovery_present};
    recovered = all - waiting;
    piece.to = outage.start + recovery;
  }
  const bool loses_first = alike.waiting.loses && waiting.nominal > 0.0;
  const bool loses_later = recovers && alike.recovered.loses;
  if (loses_first || loses_later) {
    const double from = loses_first ? outage.start : piece.to, to = loses_later ? outage.end : piece.to;
    scratch.losses.push_back(
        {from, to, alike.waiting.loss * waiting.nominal + alike.recovered.loss * recovered.nominal});
    if (pool.reputations > 0)
      scratch.incidents.add(alike.incidents, from, to, waiting.nominal, recovered.nominal,
                            loses_first ? outage.discount : outage.discount * pool.recovery_discount);
  }
  piece.discount = outage.discount;
  if (waiting.nominal > 0.0) play_phase(alike.waiting, piece, waiting);
  if (!recovers) return;
  piece.from = piece.to;
  piece.to = outage.end;
  piece.discount *= pool.recovery_discount;
  play_phase(alike.recovered, piece, recovered);
}

void UnservedDemand::Sweep::play_phase(AlikeOutages::Phase& phase, const Piece& piece, const Money& flow) {
  phase.length += flow;
  if (record) record->begin(piece.from, piece.to, piece.month, {phase.shortage, 1});
  if (phase.buys) note_bills(phase, piece, flow);
  if (!record) return;
  if (phase.shortage->announced_unserved > negligible_share) record->shortage(0, backdrop.revenue, flow);
  if (!phase.loses) return;
  const std::vector<Blame>& blames = record->outage(0, backdrop.revenue, flow);
  if (pool.reputations > 0) scratch.incidents.blame(flow.nominal, blames);
}

/// What is bought costs the list price of its month: most of it lies within one.
void UnservedDemand::Sweep::note_bills(const AlikeOutages::Phase& phase, const Piece& piece,
                                       const Money& flow) {
  const int month = static_cast<int>(piece.from * months_per_year + month_tolerance);
  const double demand = demanded_units(scenario, now.demand, workloads[0], piece.month);
  if (piece.to > static_cast<double>(month + 1) / months_per_year)
    return buy(*phase.shortage, demand, piece, flow);
  Money* bill = &scratch.bills[phase.bills];
  for (const auto& [provider, share] : phase.shortage->purchase) {
    const Money of_one = now.list_prices.at(provider, static_cast<std::size_t>(month)) * flow;
    *bill++ += of_one;
    if (!record) continue;
    const double units = demand * phase.shortage->bought * share;
    record->bought(provider, piece.from, piece.to, units * flow.nominal, units * of_one);
  }
}

/// Where those are counted that take the same locations during this backdrop.
AlikeOutages& UnservedDemand::Sweep::alike_with(std::uint64_t down) {
  for (AlikeOutages& alike : scratch.alike)
    if (alike.down == down) return alike;
  const Situation& here = known_situation(backdrop.background, backdrop.at_first, down);
  AlikeOutages& alike = scratch.alike.emplace_back();
  alike.down = down;
  alike.waiting = phase_of(here.waiting);
  if (here.failover_helps) alike.recovered = phase_of(here.recovered);
  if (pool.reputations == 0) return alike;
  const auto lost = [](const AlikeOutages::Phase& phase) {
    return phase.loses ? std::span(phase.shortage->by_outage) : std::span<const Shortage::Part>();
  };
  alike.incidents =
      scratch.incidents.add_kind(lost(alike.waiting), lost(alike.recovered), backdrop.revenue, backdrop.year);
  return alike;
}

AlikeOutages::Phase UnservedDemand::Sweep::phase_of(const Shortage& shortage) {
  AlikeOutages::Phase phase;
  phase.shortage = &shortage;
  phase.loses = shortage.by_outage_sum > negligible_share;
  phase.buys = shortage.bought > negligible_share;
  if (phase.loses) phase.loss = backdrop.revenue * shortage.by_outage_sum;
  phase.bills = scratch.bills.size();
  if (phase.buys) scratch.bills.resize(phase.bills + shortage.purchase.size());
  return phase;
}

/// Charges all that have been counted.
void UnservedDemand::Sweep::charge_alike() {
  for (const AlikeOutages& alike : scratch.alike)
    for (const AlikeOutages::Phase* const phase : {&alike.waiting, &alike.recovered})
      if (phase->shortage != nullptr) charge_phase(*phase);
  scratch.alike.clear();
  scratch.bills.clear();
}

void UnservedDemand::Sweep::charge_phase(const AlikeOutages::Phase& phase) {
  enter(*phase.shortage, backdrop.year, backdrop.revenue, phase.length);
  if (!phase.buys) return;
  const double bought =
      demanded_units(scenario, now.demand, workloads[0], backdrop.month) * phase.shortage->bought;
  const Money* bill = &scratch.bills[phase.bills];
  for (const auto& [provider, share] : phase.shortage->purchase)
    ledger.at(Component::spend, provider, backdrop.year) += bought * share * *bill++;
}

}  // namespace hedgerow::models
