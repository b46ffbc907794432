#pragma once
// All outages of one path: what fails when, and what that takes from each location.

#include <cstdint>
#include <vector>

#include "models/ledger/discounting.hpp"
#include "models/outage/arrivals.hpp"
#include "models/outage/downtime.hpp"
#include "models/outage/frailty.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// What happened to the machines on one path; the same for every strategy.
struct OutageWorld {
  FrailtyPath frailty;
  IdVector<EntityId, std::vector<Outage>> outages;  ///< disjoint by entity, in order of time
  std::vector<Downtime> downtimes;                  ///< of all locations, in order of start
};

class OutageSampler {
 public:
  OutageSampler(const Scenario& scenario, std::uint64_t seed);
  void sample(std::uint64_t path, OutageWorld& out) const;

  /// Fills `downtimes` with what `outages` take from each location.
  void combine(OutageWorld& out) const;

  /// What arrives at one entity on a path, before overlaps are resolved and the horizon cuts.
  std::vector<Outage> arrivals(EntityId entity, std::uint64_t path) const;

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
  IdVector<EntityId, Source> sources_;
  IdVector<LocationId, std::vector<Reach>> reaches_;  ///< the entities that can take a location down
};

}  // namespace hedgerow::models
