#include "models/placement/sweep.hpp"

#include <algorithm>
#include <limits>

namespace hedgerow::models {
namespace {

constexpr double to_the_end = std::numeric_limits<double>::infinity();

}  // namespace

void UnservedDemand::Sweep::run() {
  prepare();
  find_uses();
  if (looks_up) return play_clusters();
  scratch.spans.clear();
  add_downtimes(0, outages.downtimes.size());
  for (std::size_t p = 0; p < scenario.providers.size(); ++p) add_restrictions(ProviderId(p));
  for (std::size_t first = 0; first < scratch.spans.size();) {
    const auto [last, end] = joined(first);
    scratch.stretch.assign(scratch.spans.begin() + static_cast<std::ptrdiff_t>(first),
                           scratch.spans.begin() + static_cast<std::ptrdiff_t>(last));
    play_stretch(end);
    first = last;
  }
}

/// The spans that join span `first` in time, and each other.
UnservedDemand::Sweep::Joined UnservedDemand::Sweep::joined(std::size_t first) const {
  double end = scratch.spans[first].end;
  std::size_t last = first + 1;
  for (; last < scratch.spans.size() && scratch.spans[last].start <= end; ++last)
    end = std::max(end, scratch.spans[last].end);
  return {last, end};
}

void UnservedDemand::Sweep::prepare() {
  scratch.available.resize(locations.size());
  scratch.delivered.resize(locations.size());
  scratch.shortages.resize(workloads.size());
  scratch.history.resize(workloads.size());
  scratch.lacked.resize(locations.size());
  scratch.known.forget();
  if (scratch.reputations.size() < pool.reputations) scratch.reputations.resize(pool.reputations);
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    if (pool.reputation_of[i] == Pool::none) continue;
    ReputationCost& cost = scratch.reputations[pool.reputation_of[i]];
    cost.start(*scenario.workloads[workloads[i]].terms.reputation);
    if (journal != nullptr) cost.keep(journal->journal, workloads[i]);
  }
  if (journal != nullptr) record.emplace(scenario, strategy, now, *journal, workloads, locations);
}

/// Plays the spans of scratch.stretch, which join in time and end with `end`; before and after them nothing
/// is lost to outages, so their recovery clocks start anew.
void UnservedDemand::Sweep::play_stretch(double end) {
  set_points(end);
  for (auto& history : scratch.history) history.clear();
  for (LackHistory& lacked : scratch.lacked) lacked.clear();
  scratch.active.clear();
  first_end = to_the_end;
  next_span = 0;
  for (std::size_t i = 0; i + 1 < scratch.points.size(); ++i) play_piece(i);
  close_incidents();
}

void UnservedDemand::Sweep::close_incidents() {
  for (std::size_t r = 0; r < pool.reputations; ++r) scratch.reputations[r].close(ledger);
}

/// The instants at which anything changes, from the stretch's beginning to its end.
void UnservedDemand::Sweep::set_points(double end) {
  const double begin = scratch.stretch.front().start;
  Instants &rises = scratch.rises, &others = scratch.others;
  rises.clear();
  others.clear();
  for (const Span& span : scratch.stretch) {
    rises.add(span.start);
    if (span.downtime) others.add(span.end);
  }
  for (const Span& span : scratch.stretch)
    if (span.restriction) rises.add(span.end);
  for (std::size_t i = 1; i < now.occupancy.stages(); ++i)
    if (const double at = start_of(i); at > begin && at < end) rises.add(at);
  const int step = pool.wanders || pool.buys ? 1 : months_per_year;
  const int first = static_cast<int>(begin * (months_per_year / step)) * step;
  for (int k = first; k < end * months_per_year; k += step) {
    if (!month_matters(k)) continue;
    const double at = static_cast<double>(k) / months_per_year;
    if (at > begin && at < end) others.add(at);
  }
  // Where more can be lost to outages, a recovery clock starts; where one ends, less is.
  scratch.points.clear();
  scratch.points.merge(rises, 0.0, end);
  scratch.points.merge(others, 0.0, end);
  for (std::size_t i = 0; i < workloads.size(); ++i)
    if (plan(i).policy != FailoverPolicy::none && plan(i).recovery_time > 0.0)
      scratch.points.merge(rises, plan(i).recovery_time, end);
}

/// Whether anything but the stage changes where a month begins: the year, a demand, the market.
bool UnservedDemand::Sweep::month_matters(int month) const {
  if (pool.wanders || month % months_per_year == 0) return true;
  const auto k = static_cast<std::size_t>(month);
  return pool.buys && month > 0 && now.scarcity[k] != now.scarcity[k - 1];
}

void UnservedDemand::Sweep::play_piece(std::size_t index) {
  const Piece piece = piece_at(index);
  if (looks_up) return charge_alone(piece, look_up(piece));
  if (piece.changed) set_states();
  bool any = false;
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    if (piece.changed)
      model.assess_losses(pool, i, *piece.stage, piece.scarce, scratch.available, scratch.delivered,
                          scratch.shortages[i]);
    assess_eligible(i, index);
    any = any || scratch.shortages[i].lost_sum > 0.0;
  }
  if (!any) return;
  rescue(piece.month);
  for (Shortage& shortage : scratch.shortages) shortage.settle(pool.providers);
  settle(piece, scratch.shortages);
}

/// The piece that begins at a point, and what is active in it.
UnservedDemand::Sweep::Piece UnservedDemand::Sweep::piece_at(std::size_t index) {
  const double from = scratch.points[index], to = scratch.points[index + 1];
  bool spans_changed = index == 0;
  if (first_end <= from) {
    spans_changed = true;
    std::erase_if(scratch.active, [&](const Span& span) { return span.end <= from; });
  }
  for (; next_span < scratch.stretch.size() && scratch.stretch[next_span].start <= from; ++next_span) {
    scratch.active.push_back(scratch.stretch[next_span]);
    spans_changed = true;
  }
  if (spans_changed) {
    first_end = to_the_end;
    for (const Span& span : scratch.active) first_end = std::min(first_end, span.end);
  }
  Piece piece = piece_of(from, to, spans_changed);
  if (!scratch.active.empty()) note_discount(piece, scratch.active.back());
  return piece;
}

/// A downtime that begins with the piece knows the discount there.
void UnservedDemand::Sweep::note_discount(Piece& piece, const Span& span) {
  if (span.downtime != nullptr && span.downtime->start == piece.from)
    piece.discount = span.downtime->discount;
}

/// A piece with what is held and how the market is in its month.
UnservedDemand::Sweep::Piece UnservedDemand::Sweep::piece_of(double from, double to, bool spans_changed) {
  Piece piece = last_piece;
  piece.from = from;
  piece.to = to;
  piece.discount = Piece::unknown;
  piece.month = static_cast<int>(0.5 * (from + to) * months_per_year);
  if (piece.month != last_piece.month) {
    const Occupancy& occupancy = now.occupancy;
    while (stage + 1 < occupancy.stages() && occupancy.stage(stage + 1).from_month <= piece.month) ++stage;
    piece.stage = &occupancy.stage(stage);
    piece.scarce = now.scarcity[static_cast<std::size_t>(piece.month)];
  }
  piece.changed = spans_changed || piece.stage != last_piece.stage || piece.scarce != last_piece.scarce;
  last_piece = piece;
  return piece;
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

}  // namespace hedgerow::models
