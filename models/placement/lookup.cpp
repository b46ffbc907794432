// What a workload that shares no spare capacity lacks hangs only on what is held, what is delivered, the
// market, what is down, and whether failover has had its time. So it is worked out once: for what a strategy
// begins with before any path is played, for all else when it is first met on a path. Same operations as in
// sweep.cpp, so the same bits (lookup_test).

#include <algorithm>

#include "models/placement/sweep.hpp"

namespace hedgerow::models {
namespace {

std::uint64_t bit(std::size_t location) { return std::uint64_t{1} << location; }

/// What spare capacity serves of it.
void serve_elsewhere(Shortage& s, const std::vector<ProviderId>& provider) {
  s.eligible_sum = 0.0;
  for (const double eligible : s.eligible) s.eligible_sum += eligible;
  if (!(s.lost_sum > 0.0)) return;
  rescue_alone(s);
  s.settle(provider);
}

}  // namespace

void UnservedDemand::work_out(const Pool& pool, const Stage& stage, bool scarce,
                              const std::vector<double>& available, const std::vector<double>& delivered,
                              Situation& out) const {
  assess_losses(pool, 0, stage, scarce, available, delivered, out.waiting);
  out.waiting.eligible = out.waiting.announced;
  out.failover_helps = false;
  if (strategy_.workloads[pool.workloads[0]].policy != FailoverPolicy::none)
    for (std::size_t j = 0; j < pool.locations.size(); ++j)
      out.failover_helps = out.failover_helps || out.waiting.lost[j] > out.waiting.announced[j];
  if (out.failover_helps) {
    out.recovered = out.waiting;
    for (std::size_t j = 0; j < pool.locations.size(); ++j) out.recovered.eligible[j] += out.waiting.lack(j);
    serve_elsewhere(out.recovered, pool.providers);
  }
  serve_elsewhere(out.waiting, pool.providers);
}

void UnservedDemand::prepare() {
  for (Pool& pool : pools_)
    if (pool.can_look_up) prepare(pool);
}

/// Outages of one location, which come first, and of everything that an entity takes down altogether.
void UnservedDemand::prepare(Pool& pool) const {
  const std::size_t count = pool.locations.size();
  std::vector<std::uint64_t> downs;
  for (std::size_t j = 0; j < count; ++j) downs.push_back(bit(j));
  downs.push_back(0);
  for (const OutageEntity& entity : scenario_.entities) {
    std::uint64_t down = 0;
    for (std::size_t j = 0; j < count; ++j)
      for (const auto& [location, impact] : entity.impacts)
        if (location == pool.locations[j] && impact == 1.0) down |= bit(j);
    if (std::find(downs.begin(), downs.end(), down) == downs.end()) downs.push_back(down);
  }
  pool.at_first.resize(2 * (1 + scenario_.providers.size()));
  prepare_background(pool, std::nullopt, downs);
  for (const ProviderId provider : scenario_.providers.keys())
    if (scenario_.providers[provider].divergence) prepare_background(pool, provider, downs);
}

void UnservedDemand::prepare_background(Pool& pool, std::optional<ProviderId> rival,
                                        const std::vector<std::uint64_t>& downs) const {
  const std::size_t count = pool.locations.size();
  std::vector<double> available(count), delivered(count, 1.0);
  for (std::size_t j = 0; j < count; ++j)
    if (rival && pool.providers[j] == *rival)
      delivered[j] = rival_capacity(*scenario_.providers[*rival].divergence);
  for (const bool scarce : {false, true}) {
    Situations& known = pool.at_first[pool.background_at_first(rival, scarce)];
    for (const std::uint64_t down : downs) {
      for (std::size_t j = 0; j < count; ++j) available[j] = (down & bit(j)) != 0 ? 0.0 : 1.0;
      work_out(pool, initial_, scarce, available, delivered, known.add(down));
    }
  }
}

/// What the workload lacks in a piece.
const Shortage& UnservedDemand::Sweep::look_up(const Piece& piece) {
  if (piece.changed) {
    situation = &situation_in(piece);
    if (plan(0).policy != FailoverPolicy::none)
      for (std::size_t j = 0; j < locations.size(); ++j)
        scratch.lacked[j].note(piece.from, situation->waiting.lack(j));
  }
  if (!situation->failover_helps) return situation->waiting;
  bool none = true, all = true;
  for (std::size_t j = 0; j < locations.size(); ++j) {
    const double lack = situation->waiting.lack(j);
    if (lack == 0.0) continue;
    const double recovering = scratch.lacked[j].smallest(piece.from, plan(0).recovery_time);
    none = none && recovering == 0.0;
    all = all && recovering == lack;
  }
  return none ? situation->waiting : all ? situation->recovered : recovered_in_part(piece);
}

/// Of what outages take, some has waited long enough.
const Shortage& UnservedDemand::Sweep::recovered_in_part(const Piece& piece) {
  Shortage& s = scratch.shortages[0];
  s = situation->waiting;
  for (std::size_t j = 0; j < locations.size(); ++j)
    if (s.lack(j) > 0.0) s.eligible[j] += scratch.lacked[j].smallest(piece.from, plan(0).recovery_time);
  serve_elsewhere(s, pool.providers);
  return s;
}

const Situation& UnservedDemand::Sweep::situation_in(const Piece& piece) {
  const bool at_first = !pool.at_first.empty() && piece.stage == &now.occupancy.stage(0);
  if (at_first && scratch.active.size() == 1 && scratch.active[0].downtime != nullptr &&
      scratch.active[0].downtime->unavailable == 1.0)
    return pool.at_first[pool.background_at_first(std::nullopt, piece.scarce)]
                        [pool.index_of[scratch.active[0].downtime->location.value]];
  std::uint64_t down = 0;
  std::size_t restrictions = 0;
  const Span* restricted = nullptr;
  bool altogether = true;
  for (const Span& span : scratch.active) {
    if (span.restriction != nullptr) {
      restricted = &span;
      ++restrictions;
      continue;
    }
    down |= bit(pool.index_of[span.downtime->location.value]);
    altogether = altogether && span.downtime->unavailable == 1.0;
  }
  if (altogether && restrictions <= 1 && at_first)
    if (const Situation* known = situation_at_first(down, restricted, piece.scarce)) return *known;
  const Background here{piece.stage, piece.scarce, restrictions > 0 ? turn : 0};
  if (!(here == background)) scratch.known.forget();
  background = here;
  const Situation* const known = altogether ? scratch.known.find(down) : nullptr;
  if (known != nullptr) return *known;
  set_states();
  Situation& out = altogether ? scratch.known.add(down) : scratch.unusual;
  model.work_out(pool, *piece.stage, piece.scarce, scratch.available, scratch.delivered, out);
  return out;
}

/// What was worked out before any path was played; null: not that.
const Situation* UnservedDemand::Sweep::situation_at_first(std::uint64_t down, const Span* restricted,
                                                           bool scarce) const {
  if (restricted == nullptr) return pool.at_first[pool.background_at_first(std::nullopt, scarce)].find(down);
  const auto& terms = scenario.providers[restricted->provider].divergence;
  if (!terms || restricted->restriction->capacity != rival_capacity(*terms)) return nullptr;
  return pool.at_first[pool.background_at_first(restricted->provider, scarce)].find(down);
}

/// Whether the span is a downtime, no other touches it, and nothing changes in it but its recovery clock.
bool UnservedDemand::Sweep::stands_alone(std::size_t index) const {
  const Span& here = scratch.spans[index];
  if (here.downtime == nullptr) return false;
  if (index + 1 < scratch.spans.size() && scratch.spans[index + 1].start <= here.end) return false;
  const int first = static_cast<int>(here.start * months_per_year - month_tolerance);
  const int last = static_cast<int>(here.end * months_per_year + month_tolerance);
  for (int k = first + 1; k <= last; ++k) {
    const double at = static_cast<double>(k) / months_per_year;
    if (at > here.start && at < here.end) return false;
  }
  return true;
}

/// Most outages meet no other: before failover and after it.
void UnservedDemand::Sweep::play_alone(const Span& span) {
  scratch.active.assign(1, span);
  Piece piece = piece_of(span.start, span.end, true);
  note_discount(piece, span);
  const Situation& here = situation_in(piece);
  const double recovery = here.failover_helps ? span.start + plan(0).recovery_time : span.end;
  piece.to = std::clamp(recovery, span.start, span.end);
  if (piece.from < piece.to) {
    charge_alone(piece, here.waiting);
    piece.from = piece.to;
    piece.discount = Piece::unknown;
  }
  piece.to = span.end;
  if (piece.from < piece.to) charge_alone(piece, here.recovered);
  for (std::size_t r = 0; r < pool.reputations; ++r) scratch.reputations[r].close(ledger);
}

}  // namespace hedgerow::models
