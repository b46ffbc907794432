#include "models/outage/outage_world.hpp"

namespace hedgerow::models {
namespace {

const random::BandedTilt nominal_tilt;

}  // namespace

OutageSampler::OutageSampler(const Scenario& scenario, std::uint64_t seed,
                             std::shared_ptr<const OutageMixture> mixture, random::SobolPoints* points,
                             std::uint32_t parameter_groups)
    : horizon_(scenario.horizon.length()),
      discounting_(scenario.horizon.discount_rate.value),
      frailty_(scenario, seed, points),
      reaches_(scenario.locations.size()),
      mixture_(std::move(mixture)) {
  RateTables tables;
  for (const OutageEntity& entity : scenario.entities) {
    const EntityId id = sources_.push_back(
        {ArrivalSampler(entity, scenario.horizon, seed, tables, points, parameter_groups), entity.overlap});
    for (const auto& [location, impact] : entity.impacts) reaches_[location].push_back({id, impact});
  }
}

void OutageSampler::sample(std::uint64_t path, OutageWorld& out) const {
  frailty_.sample(path, out.frailty);
  out.outages.resize(sources_.size());
  out.evidence.resize(mixture_ ? sources_.size() : 0);
  for (std::size_t e = 0; e < sources_.size(); ++e) {
    const EntityId id(e);
    sources_[id].arrivals.sample(path, out.frailty, tilt_of(path, id), mixture_ ? &out.evidence[id] : nullptr,
                                 out.outages[id]);
    resolve_overlaps(out.outages[id], sources_[id].overlap, horizon_, out.overlap_room);
  }
  out.weight = mixture_ ? mixture_->weight(out.evidence) : 1.0;
  combine(out);
}

std::vector<Outage> OutageSampler::arrivals(EntityId entity, std::uint64_t path) const {
  FrailtyPath frailty;
  frailty_.sample(path, frailty);
  std::vector<Outage> arrivals;
  sources_[entity].arrivals.sample(path, frailty, tilt_of(path, entity), nullptr, arrivals);
  return arrivals;
}

const random::BandedTilt& OutageSampler::tilt_of(std::uint64_t path, EntityId entity) const {
  const OutageTilt* const tilt = mixture_ ? mixture_->tilt_of(path) : nullptr;
  return tilt != nullptr ? (*tilt)[entity] : nominal_tilt;
}

void OutageSampler::combine(OutageWorld& out) const {
  DowntimeRoom& room = out.downtime_room;
  room.downtimes.clear();
  room.ends.clear();
  for (std::size_t l = 0; l < reaches_.size(); ++l) {
    out.reaching.clear();
    for (const Reach& reach : reaches_[LocationId(l)])
      out.reaching.push_back({&out.outages[reach.entity], reach.impact});
    append_downtimes(LocationId(l), out.reaching, discounting_, room, room.downtimes);
    room.ends.push_back(room.downtimes.size());
  }
  merge_locations(room, out.downtimes);
  find_clusters(out.downtimes, out.clusters);
}

}  // namespace hedgerow::models
