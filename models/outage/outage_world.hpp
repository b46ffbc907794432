#pragma once
// All outages of one path: what fails when, and what that takes from each location.

#include <cstdint>
#include <memory>
#include <vector>

#include "models/ledger/discounting.hpp"
#include "models/outage/arrivals.hpp"
#include "models/outage/downtime.hpp"
#include "models/outage/frailty.hpp"
#include "models/outage/mixture.hpp"
#include "models/outage/overlap.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// What happened to the machines on one path; the same for every strategy.
struct OutageWorld {
  FrailtyPath frailty;
  IdVector<EntityId, std::vector<Outage>> outages;  ///< disjoint by entity, in order of time
  std::vector<Downtime> downtimes;                  ///< of all locations, in order of start
  std::vector<DowntimeCluster> clusters;            ///< of `downtimes`
  double weight = 1.0;                              ///< likelihood ratio of the path; 1 without a mixture
  OutageEvidence evidence;                          ///< what it is made of; empty without a mixture

  OverlapRoom overlap_room;             ///< room to work in, reused from path to path
  DowntimeRoom downtime_room;           ///< room to work in
  std::vector<EntityOutages> reaching;  ///< room to work in: what can take one location down
};

class OutageSampler {
 public:
  /// A mixture gives every path its weight, and the paths from OutageMixture::first_tilted on other laws; the
  /// draws of those before stay what they are. Where there are `parameter_groups`, every so many-th path has
  /// the same parameters.
  OutageSampler(const Scenario& scenario, std::uint64_t seed,
                std::shared_ptr<const OutageMixture> mixture = nullptr, random::SobolPoints* points = nullptr,
                std::uint32_t parameter_groups = 0);
  void sample(std::uint64_t path, OutageWorld& out) const;

  /// Fills `downtimes` and `clusters` with what `outages` take from each location.
  void combine(OutageWorld& out) const;

  /// What arrives at one entity on a path, before overlaps are resolved and the horizon cuts.
  std::vector<Outage> arrivals(EntityId entity, std::uint64_t path) const;

  /// What holds of an entity on a path.
  OutageParameters parameters(EntityId entity, std::uint64_t path) const {
    return sources_[entity].arrivals.parameters(path);
  }

 private:
  struct Source {
    ArrivalSampler arrivals;
    Overlap overlap;
  };
  struct Reach {
    EntityId entity;
    double impact;
  };
  double horizon_;
  Discounting discounting_;
  FrailtySampler frailty_;
  const random::BandedTilt& tilt_of(std::uint64_t path, EntityId entity) const;

  IdVector<EntityId, Source> sources_;
  IdVector<LocationId, std::vector<Reach>> reaches_;  ///< the entities that can take a location down
  std::shared_ptr<const OutageMixture> mixture_;      ///< null: every path is nominal
};

}  // namespace hedgerow::models
