// What takes capacity from a pool, and when.

#include <algorithm>
#include <limits>

#include "models/placement/sweep.hpp"

namespace hedgerow::models {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

/// Keeps the order of start; those that start together stay in the order in which they came.
void insert(std::vector<Span>& spans, const Span& span) {
  if (spans.empty() || spans.back().start <= span.start) return spans.push_back(span);
  const auto later = [](const Span& a, const Span& b) { return a.start < b.start; };
  spans.insert(std::upper_bound(spans.begin(), spans.end(), span, later), span);
}

}  // namespace

bool UnservedDemand::Sweep::holds(std::size_t stage_index, LocationId location) const {
  const Stage& at = now.occupancy.stage(stage_index);
  return std::any_of(workloads.begin(), workloads.end(),
                     [&](WorkloadId w) { return at.at(w, location).capacity > 0.0; });
}

double UnservedDemand::Sweep::start_of(std::size_t stage_index) const {
  return static_cast<double>(now.occupancy.stage(stage_index).from_month) / months_per_year;
}

Use UnservedDemand::Sweep::use_of(LocationId location) const {
  const std::size_t stages = now.occupancy.stages();
  if (pool.offers[location.value]) return {0.0, never, true};
  if (stages == 1) return {pool.uses_at_first[location.value] ? 0.0 : never, never, true};
  std::size_t first = 0, after = stages;
  if (!pool.uses_at_first[location.value])
    for (first = 1; first < stages && !holds(first, location);) ++first;
  while (after > 1 && !holds(after - 1, location)) --after;
  bool steady = true;
  for (std::size_t i = first; i < after; ++i) steady = steady && holds(i, location);
  return {first < stages ? start_of(first) : never, after < stages ? start_of(after) : never, steady};
}

/// Whether the pool has nothing at a location over [from, to).
bool UnservedDemand::Sweep::is_idle(LocationId location, double from, double to) const {
  for (std::size_t i = now.occupancy.stages(); i-- > 0;) {
    if (start_of(i) < to && holds(i, location)) return false;
    if (start_of(i) <= from) break;
  }
  return true;
}

std::size_t UnservedDemand::Sweep::restriction_count() const {
  std::size_t count = 0;
  for (const Delivery& delivery : now.deliveries) count += delivery.restrictions.size();
  return count;
}

/// When the pool has anything where. Nothing before the first use of a location counts, and nothing while the
/// pool has nothing there: what comes later must not touch the last bits of what came before.
void UnservedDemand::Sweep::find_uses() {
  scratch.uses.assign(scenario.locations.size(), {never, never, true});
  used_always = used_at_times = 0;
  for (std::size_t j = 0; j < locations.size(); ++j) {
    const Use use = scratch.uses[locations[j].value] = use_of(locations[j]);
    if (!looks_up || use.since == never) continue;
    (use.since == 0.0 && use.until == never && use.steady ? used_always : used_at_times) |= pool.bits[j];
  }
}

/// Downtimes first .. last - 1 where the pool has anything, in order of start.
void UnservedDemand::Sweep::add_downtimes(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) {
    const Downtime& down = outages.downtimes[i];
    const Use& use = scratch.uses[down.location.value];
    if (use.since >= down.end || use.until <= down.start) continue;
    if (!use.steady && is_idle(down.location, down.start, down.end)) continue;
    insert(scratch.spans, {std::max(down.start, use.since), down.end, &down, nullptr, {}});
  }
}

/// What a provider withholds, as long as the pool has anything there.
void UnservedDemand::Sweep::add_restrictions(ProviderId provider) {
  if (now.deliveries[provider].restrictions.empty()) return;
  double since = never, until = 0.0;
  for (std::size_t j = 0; j < locations.size(); ++j) {
    if (pool.providers[j] != provider) continue;
    since = std::min(since, scratch.uses[locations[j].value].since);
    until = std::max(until, scratch.uses[locations[j].value].until);
  }
  for (const Restriction& restriction : now.deliveries[provider].restrictions) {
    const double from = std::max(restriction.from, since), to = std::min(restriction.to, until);
    if (!(from < to)) continue;
    if (looks_up)
      scratch.restrictions.push_back(
          {from, to, nullptr, &restriction, provider, std::uint64_t{1} << scratch.restrictions.size()});
    else
      insert(scratch.spans, {from, to, nullptr, &restriction, provider});
  }
}

}  // namespace hedgerow::models
