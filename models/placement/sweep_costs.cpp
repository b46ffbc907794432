// What the pieces of a sweep cost.

#include <algorithm>

#include "models/placement/sweep.hpp"

namespace hedgerow::models {

/// Charges what the workloads of the pool lack in a piece, after the rescue.
void UnservedDemand::Sweep::settle(const Piece& piece, std::span<const Shortage> shortages) {
  if (record) record->begin(piece.from, piece.to, piece.month, shortages);
  for (std::size_t i = 0; i < workloads.size(); ++i) charge(i, shortages[i], piece);
}

/// The same for the only workload of a pool.
void UnservedDemand::Sweep::charge_alone(const Piece& piece, const Shortage& shortage) {
  if (record) record->begin(piece.from, piece.to, piece.month, {&shortage, 1});
  charge(0, shortage, piece);
}

void UnservedDemand::Sweep::charge_alone(const Piece& piece, const Shortage& shortage, const Money& flow) {
  if (record) record->begin(piece.from, piece.to, piece.month, {&shortage, 1});
  charge(0, shortage, piece, flow);
}

void UnservedDemand::Sweep::charge(std::size_t i, const Shortage& s, const Piece& piece) {
  if (!s.costs()) return;
  Piece begun = piece;
  if (begun.discount == Piece::unknown) begun.discount = discounting.factor(piece.from);
  charge(
      i, s, begun,
      hours_per_year * Money{piece.to - piece.from, discounting.flow(piece.from, piece.to, begun.discount)});
}

/// `flow` is the length of the piece [h]; its discount is known.
void UnservedDemand::Sweep::charge(std::size_t i, const Shortage& s, const Piece& piece, const Money& flow) {
  const double from = piece.from, to = piece.to;
  const int month = piece.month;
  const WorkloadId w = workloads[i];
  const bool buys = s.bought > negligible_share;
  const bool announced = s.announced_unserved > negligible_share, outage = s.by_outage_sum > negligible_share;
  // In a shared pool, capacity is bought where it is on offer, whoever needs it.
  if (buys) buy(s, demanded_units(scenario, now.demand, w, month), piece, flow);
  if (!announced && !outage) return;
  const double factor = now.demand.at(w, static_cast<std::size_t>(month));
  const double revenue = scenario.workloads[w].terms.revenue_at_risk * factor;
  const auto year = static_cast<std::size_t>(month / months_per_year);
  enter(s, year, revenue, flow);
  if (announced && record) record->shortage(i, revenue, flow);
  if (!outage) return;
  scratch.losses.push_back({from, to, revenue * s.by_outage_sum * flow.nominal});
  ReputationCost* const reputation =
      pool.reputation_of[i] == Pool::none ? nullptr : &scratch.reputations[pool.reputation_of[i]];
  if (reputation) reputation->add(from, to, s.by_outage, revenue, piece.discount, ledger);
  if (!record) return;
  const std::vector<Blame>& blames = record->outage(i, revenue, flow);
  if (reputation) reputation->blame(from, to, blames);
}

/// What is unserved goes to the ledger.
void UnservedDemand::Sweep::enter(const Shortage& s, std::size_t year, double revenue, const Money& flow) {
  if (s.announced_unserved > negligible_share)
    for (const auto& [provider, share] : s.by_turning)
      ledger.at(Component::capacity_shortage, provider, year) += revenue * share * flow;
  if (s.by_outage_sum > negligible_share)
    for (const auto& [provider, share] : s.by_outage)
      ledger.at(Component::outage, provider, year) += revenue * share * flow;
}

/// Charges the capacity bought on demand, where it is on offer, at the list price of each month. `flow` is
/// that of the whole piece: most lie within a month.
void UnservedDemand::Sweep::buy(const Shortage& s, double demand, const Piece& piece, const Money& flow) {
  double discount = piece.discount;
  const double bought = demand * s.bought;
  for (double from = piece.from; from < piece.to;) {
    const int month = static_cast<int>(from * months_per_year + month_tolerance);
    const double end = std::min(piece.to, static_cast<double>(month + 1) / months_per_year);
    const bool whole = from == piece.from && end == piece.to;
    if (from != piece.from) discount = discounting.factor(from);
    const Money part =
        whole ? flow : hours_per_year * Money{end - from, discounting.flow(from, end, discount)};
    for (const auto& [provider, share] : s.purchase) {
      const double units = bought * share;
      const Money bill = units * now.list_prices.at(provider, static_cast<std::size_t>(month)) * part;
      ledger.at(Component::spend, provider, static_cast<std::size_t>(month / months_per_year)) += bill;
      if (record) record->bought(provider, from, end, units * part.nominal, bill);
    }
    from = end;
  }
}

}  // namespace hedgerow::models
