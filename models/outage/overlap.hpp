#pragma once
// What an entity's arrivals amount to when they overlap (docs/model/path.md, "Outages").

#include <vector>

#include "models/outage/arrivals.hpp"

namespace hedgerow::models {

/// Room to work in, reused from path to path.
struct OverlapRoom {
  /// An arrival begins or ends.
  struct Edge {
    double time;
    double severity;
    bool begins;
  };
  std::vector<Outage> merged, cluster;
  std::vector<Edge> edges;     ///< of the cluster
  std::vector<double> active;  ///< severities, in order
};

/// Replaces raw arrivals, in order of start, by disjoint outages in order of time, cut at `horizon` [yr].
/// merge: their union, with the severest of the active ones at each instant and the claim of the first.
/// ignore: an arrival while the entity is down is discarded (alternating renewal).
void resolve_overlaps(std::vector<Outage>& arrivals, Overlap rule, double horizon, OverlapRoom& room);

}  // namespace hedgerow::models
