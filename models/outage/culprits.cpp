#include "models/outage/culprits.hpp"

namespace hedgerow::models {
namespace {

Cause cause_of(EntityKind kind) {
  switch (kind) {
    case EntityKind::region:
      return Cause::region_outage;
    case EntityKind::provider:
      return Cause::provider_outage;
    case EntityKind::shared:
      break;
  }
  return Cause::shared_outage;
}

/// The outage that is running at `time`; outages are disjoint and in order, and those before `next` have
/// ended.
const Outage* running_at(const std::vector<Outage>& outages, double time, std::size_t& next) {
  while (next < outages.size() && outages[next].end <= time) ++next;
  return next < outages.size() && outages[next].start <= time ? &outages[next] : nullptr;
}

}  // namespace

Culprits::Culprits(const Scenario& scenario)
    : scenario_(scenario),
      reaches_(scenario.locations.size()),
      industry_weights_(scenario.entities.size(), 0.0) {
  for (const FactorId factor : scenario.factors.keys())
    if (scenario.factors[factor].name == industry_factor) industry_ = factor;
  for (const EntityId e : scenario.entities.keys()) {
    for (const auto& [location, impact] : scenario.entities[e].impacts)
      reaches_[location].push_back({e, impact});
    for (const auto& [factor, weight] : scenario.entities[e].weights)
      if (industry_ && factor == *industry_) industry_weights_[e] = weight;
  }
}

Culprit Culprits::culprit(const OutageWorld& world, EntityId entity, const Outage& outage,
                          double impact) const {
  const OutageEntity& terms = scenario_.entities[entity];
  Culprit culprit{{entity, outage.start}, cause_of(terms.kind), outage.severity * impact, 0.0};
  const double weight = industry_weights_[entity];
  if (weight == 0.0) return culprit;
  const auto year = static_cast<std::size_t>(outage.start);
  const double multiplier = FrailtySampler::multiplier(terms, world.frailty, year);
  // Without primary outages all year, only aftershocks of the year before are left: those are its own.
  if (multiplier > 0.0) culprit.industry = weight * (world.frailty.at(*industry_, year) - 1.0) / multiplier;
  return culprit;
}

void Culprits::append_at(const OutageWorld& world, LocationId location, double time, Progress& progress,
                         std::vector<Culprit>& out) const {
  for (const Reach& reach : reaches_[location])
    if (const Outage* outage = running_at(world.outages[reach.entity], time, progress[reach.entity]))
      out.push_back(culprit(world, reach.entity, *outage, reach.impact));
}

void record_outage(Journal& journal, const JournalEntry& entry, const Culprit& culprit) {
  JournalEntry& own = journal.add(entry, 1.0 - culprit.industry);
  own.outage = culprit.outage;
  own.cause = culprit.kind;
  if (culprit.industry == 0.0) return;
  JournalEntry& others = journal.add(entry, culprit.industry);
  others.outage = culprit.outage;
  others.cause = Cause::industry_frailty;
}

}  // namespace hedgerow::models
