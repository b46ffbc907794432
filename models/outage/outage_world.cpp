#include "models/outage/outage_world.hpp"

#include <algorithm>

#include "models/outage/overlap.hpp"

namespace hedgerow::models {

OutageSampler::OutageSampler(const Scenario& scenario, std::uint64_t seed)
    : horizon_(scenario.horizon.length()),
      discounting_(scenario.horizon.discount_rate.value),
      frailty_(scenario, seed),
      reaches_(scenario.locations.size()) {
  for (const OutageEntity& entity : scenario.entities) {
    const EntityId id = sources_.push_back({ArrivalSampler(entity, scenario.horizon, seed), entity.overlap});
    for (const auto& [location, impact] : entity.impacts) reaches_[location].push_back({id, impact});
  }
}

void OutageSampler::sample(std::uint64_t path, OutageWorld& out) const {
  frailty_.sample(path, out.frailty);
  out.outages.resize(sources_.size());
  for (std::size_t e = 0; e < sources_.size(); ++e) {
    const Source& source = sources_[EntityId(e)];
    source.arrivals.sample(path, out.frailty, out.outages[EntityId(e)]);
    resolve_overlaps(out.outages[EntityId(e)], source.overlap, horizon_);
  }
  combine(out);
}

std::vector<Outage> OutageSampler::arrivals(EntityId entity, std::uint64_t path) const {
  FrailtyPath frailty;
  frailty_.sample(path, frailty);
  std::vector<Outage> arrivals;
  sources_[entity].arrivals.sample(path, frailty, arrivals);
  return arrivals;
}

void OutageSampler::combine(OutageWorld& out) const {
  out.downtimes.clear();
  std::vector<EntityOutages> entities;
  for (std::size_t l = 0; l < reaches_.size(); ++l) {
    entities.clear();
    for (const Reach& reach : reaches_[LocationId(l)])
      entities.push_back({&out.outages[reach.entity], reach.impact});
    append_downtimes(LocationId(l), entities, discounting_, out.downtimes);
  }
  std::stable_sort(out.downtimes.begin(), out.downtimes.end(),
                   [](const Downtime& a, const Downtime& b) { return a.start < b.start; });
}

}  // namespace hedgerow::models
