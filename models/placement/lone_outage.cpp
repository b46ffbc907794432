// Most outages meet no other: one location is down, all else is as it was. What such an outage takes hangs
// only on where it is, on what is held there, on the market, and on whether failover has had its time; for
// what a strategy begins with it is worked out once, before any path is played. Same operations as in
// sweep.cpp, so the same bits: a journal is always kept by the sweep, and its totals are compared.

#include "models/placement/sweep.hpp"

namespace hedgerow::models {

void UnservedDemand::assess_lone_outage(const Pool& pool, const Stage& stage, bool scarce,
                                        std::size_t location, double unavailable, bool recovered,
                                        Shortage& out) const {
  std::vector<double> available(pool.locations.size(), 1.0);
  const std::vector<double> delivered = available;
  available[location] = 1.0 - unavailable;
  assess_losses(pool, 0, stage, scarce, available, delivered, out);
  out.eligible_sum = 0.0;
  for (std::size_t j = 0; j < pool.locations.size(); ++j) {
    out.eligible[j] = out.announced[j];
    if (recovered && out.lost[j] > out.announced[j]) out.eligible[j] += out.lost[j] - out.announced[j];
    out.eligible_sum += out.eligible[j];
  }
  if (!(out.lost_sum > 0.0)) return;
  rescue_alone(out);
  out.settle(pool.providers, scenario_.providers.size());
}

namespace {

std::size_t lone_index(std::size_t location, bool scarce, bool recovered) {
  return 4 * location + 2 * (scarce ? 1 : 0) + (recovered ? 1 : 0);
}

}  // namespace

/// For total outages in the initial stage; in a shared pool what an outage takes hangs on the demands of the
/// month.
void UnservedDemand::prepare_lone_outages(Pool& pool) const {
  if (pool.workloads.size() != 1) return;
  pool.lone.resize(4 * pool.locations.size());
  for (std::size_t j = 0; j < pool.locations.size(); ++j)
    for (const bool scarce : {false, true})
      for (const bool recovered : {false, true})
        assess_lone_outage(pool, initial_, scarce, j, 1.0, recovered,
                           pool.lone[lone_index(j, scarce, recovered)]);
}

/// Whether the span is a downtime, no other touches it, and nothing changes in it but its recovery clock.
bool UnservedDemand::Sweep::stands_alone(std::size_t span) const {
  if (record || pool.lone.empty()) return false;
  const Span& here = scratch.spans[span];
  if (here.downtime == nullptr) return false;
  if (span + 1 < scratch.spans.size() && scratch.spans[span + 1].start <= here.end) return false;
  for (int k = static_cast<int>(here.start * months_per_year); k <= here.end * months_per_year + 1; ++k) {
    const double at = static_cast<double>(k) / months_per_year;
    if (at > here.start && at < here.end) return false;
  }
  return true;
}

void UnservedDemand::Sweep::play_alone(const Span& span) {
  const bool waits = plan(0).policy != FailoverPolicy::none;
  const double recovery = span.start + plan(0).recovery_time;
  const bool at_once = waits && recovery <= span.start;
  if (waits && !at_once && recovery < span.end) {
    play_alone(span, span.start, recovery, false);
    play_alone(span, recovery, span.end, true);
  } else {
    play_alone(span, span.start, span.end, at_once);
  }
  for (std::size_t r = 0; r < pool.reputations; ++r) scratch.reputations[r].close(discounting, ledger);
}

void UnservedDemand::Sweep::play_alone(const Span& span, double from, double to, bool recovered) {
  const int month = static_cast<int>(0.5 * (from + to) * months_per_year);
  const Stage& stage = now.occupancy.at(month);
  const bool scarce = now.scarcity[static_cast<std::size_t>(month)];
  const std::size_t j = pool.index_of[span.downtime->location.value];
  const double unavailable = span.downtime->unavailable;
  const Shortage* shortage = &pool.lone[lone_index(j, scarce, recovered)];
  if (&stage != &now.occupancy.stage(0) || unavailable != 1.0) {
    shortage = &scratch.shortages[0];
    model.assess_lone_outage(pool, stage, scarce, j, unavailable, recovered, scratch.shortages[0]);
  }
  if (shortage->lost_sum > 0.0) charge(0, *shortage, from, to, month);
}

}  // namespace hedgerow::models
