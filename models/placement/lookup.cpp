// What a workload that shares no spare capacity lacks hangs only on what is held, what is delivered, the
// market, what is down, and whether failover has had its time. So it is worked out once: for what a strategy
// begins with before any path is played, for all else when it is first met on a path. Same operations as in
// sweep.cpp.

#include <algorithm>
#include <bit>

#include "models/placement/sweep.hpp"

namespace hedgerow::models {
namespace {

/// What spare capacity serves of it.
void serve_elsewhere(Shortage& s, const std::vector<ProviderId>& provider) {
  s.eligible_sum = 0.0;
  for (const double eligible : s.eligible) s.eligible_sum += eligible;
  if (!(s.lost_sum > 0.0)) return;
  rescue_alone(s);
  s.settle(provider);
}

}  // namespace

void Situation::sum_up() {
  losses.clear();
  withheld = waiting.announced_unserved > negligible_share;
  waiting_loss = waiting.by_outage_sum > negligible_share ? waiting.by_outage_sum : 0.0;
  recovered_loss =
      failover_helps && recovered.by_outage_sum > negligible_share ? recovered.by_outage_sum : 0.0;
  buys = waiting.bought > negligible_share || (failover_helps && recovered.bought > negligible_share);
  if (waiting_loss > 0.0)
    for (const auto& [provider, share] : waiting.by_outage) losses.push_back({provider, share, 0.0});
  if (recovered_loss == 0.0) return;
  for (const auto& [provider, share] : recovered.by_outage) {
    const auto known = std::find_if(losses.begin(), losses.end(),
                                    [&](const Loss& loss) { return loss.provider == provider; });
    if (known == losses.end())
      losses.push_back({provider, 0.0, share});
    else
      known->recovered = share;
  }
}

void UnservedDemand::work_out(const Pool& pool, const Stage& stage, bool scarce,
                              const std::vector<double>& available, const std::vector<double>& delivered,
                              Situation& out) const {
  assess_losses(pool, 0, stage, scarce, available, delivered, out.waiting);
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
  out.sum_up();
}

void UnservedDemand::prepare() {
  for (Pool& pool : pools_)
    if (pool.can_look_up) prepare(pool);
}

/// Outages of one location, which come first, and of everything that an entity takes down altogether.
void UnservedDemand::prepare(Pool& pool) const {
  const std::size_t count = pool.locations.size();
  std::vector<std::uint64_t> downs;
  for (std::size_t j = 0; j < count; ++j) downs.push_back(pool.bits[j]);
  downs.push_back(0);
  for (const OutageEntity& entity : scenario_.entities) {
    std::uint64_t down = 0;
    for (std::size_t j = 0; j < count; ++j)
      for (const auto& [location, impact] : entity.impacts)
        if (location == pool.locations[j] && impact == 1.0) down |= pool.bits[j];
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
      for (std::size_t j = 0; j < count; ++j) available[j] = (down & pool.bits[j]) != 0 ? 0.0 : 1.0;
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
  std::uint64_t down = 0;
  Background here{piece.stage, pool.buys && piece.scarce, 0};
  const Span* restricted = nullptr;
  bool altogether = true;
  for (const Span& span : scratch.active) {
    if (span.restriction != nullptr) {
      restricted = &span;
      here.turned |= span.bit;
      continue;
    }
    down |= pool.bits[pool.index_of[span.downtime->location.value]];
    altogether = altogether && span.downtime->unavailable == 1.0;
  }
  if (altogether) return known_situation(here, known_at_first(here, restricted), down);
  set_states();
  model.work_out(pool, *piece.stage, piece.scarce, scratch.available, scratch.delivered, scratch.unusual);
  return scratch.unusual;
}

/// What was worked out before any path was played; null: not that. `restricted` is the last of the
/// restrictions that hold.
const Situations* UnservedDemand::Sweep::known_at_first(const Background& here,
                                                        const Span* restricted) const {
  if (pool.at_first.empty() || here.stage != &now.occupancy.stage(0)) return nullptr;
  if (here.turned == 0) return &pool.at_first[pool.background_at_first(std::nullopt, here.scarce)];
  if (!std::has_single_bit(here.turned)) return nullptr;
  const auto& terms = scenario.providers[restricted->provider].divergence;
  if (!terms || restricted->restriction->capacity != rival_capacity(*terms)) return nullptr;
  return &pool.at_first[pool.background_at_first(restricted->provider, here.scarce)];
}

/// While the locations in `down` are down altogether. The reference holds until a situation of another
/// background is asked for.
const Situation& UnservedDemand::Sweep::known_situation(const Background& here, const Situations* at_first,
                                                        std::uint64_t down) {
  if (at_first != nullptr)
    if (const Situation* const known = at_first->find(down)) return *known;
  if (!(here == background)) scratch.known.forget();
  background = here;
  if (const Situation* const known = scratch.known.find(down)) return *known;
  const std::size_t count = locations.size();
  double *const available = scratch.available.data(), *const delivered = scratch.delivered.data();
  for (std::size_t j = 0; j < count; ++j) {
    available[j] = (down & pool.bits[j]) != 0 ? 0.0 : 1.0;
    delivered[j] = 1.0;
  }
  for (const Span& span : scratch.restrictions) {
    if ((here.turned & span.bit) == 0) continue;
    for (std::size_t j = 0; j < count; ++j)
      if (pool.providers[j] == span.provider) delivered[j] = span.restriction->capacity;
  }
  Situation& out = scratch.known.add(down);
  model.work_out(pool, *here.stage, here.scarce, scratch.available, scratch.delivered, out);
  return out;
}

}  // namespace hedgerow::models
