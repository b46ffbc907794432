#include "models/outage/overlap.hpp"

#include <algorithm>

namespace hedgerow::models {
namespace {

void ignore_while_down(std::vector<Outage>& arrivals) {
  double up_again = 0.0;
  std::erase_if(arrivals, [&](const Outage& arrival) {
    if (arrival.start < up_again) return true;
    up_again = arrival.end;
    return false;
  });
}

/// Appends an outage to `out`, joining it to the last one where nothing changes between them.
void append(std::vector<Outage>& out, const Outage& outage) {
  if (outage.end <= outage.start) return;
  if (!out.empty() && out.back().end == outage.start && out.back().severity == outage.severity)
    out.back().end = outage.end;
  else
    out.push_back(outage);
}

/// The union of one cluster of overlapping arrivals, cut where the severest active one changes; whether it
/// counts for a credit is decided by the first of them.
void append_cluster(OverlapRoom& room) {
  const std::vector<Outage>& cluster = room.cluster;
  if (cluster.size() == 1) return append(room.merged, cluster[0]);
  room.edges.clear();
  for (const Outage& outage : cluster) {
    room.edges.push_back({outage.start, outage.severity, true});
    room.edges.push_back({outage.end, outage.severity, false});
  }
  // Where times are equal beginnings come first, so that an end always finds its beginning.
  std::sort(room.edges.begin(), room.edges.end(), [](const OverlapRoom::Edge& a, const OverlapRoom::Edge& b) {
    return a.time != b.time ? a.time < b.time : a.begins && !b.begins;
  });
  std::vector<double>& active = room.active;
  active.clear();
  double since = room.edges.front().time;
  for (const OverlapRoom::Edge& edge : room.edges) {
    if (!active.empty()) append(room.merged, {since, edge.time, active.back(), cluster[0].claim});
    since = edge.time;
    const auto place = std::lower_bound(active.begin(), active.end(), edge.severity);
    if (edge.begins)
      active.insert(place, edge.severity);
    else
      active.erase(place);
  }
}

void merge(std::vector<Outage>& arrivals, OverlapRoom& room) {
  const bool disjoint =
      std::adjacent_find(arrivals.begin(), arrivals.end(),
                         [](const auto& a, const auto& b) { return b.start <= a.end; }) == arrivals.end();
  if (disjoint) return;
  room.merged.clear();
  room.cluster.clear();
  double cluster_end = 0.0;
  for (const Outage& arrival : arrivals) {
    if (!room.cluster.empty() && arrival.start > cluster_end) {
      append_cluster(room);
      room.cluster.clear();
    }
    cluster_end = room.cluster.empty() ? arrival.end : std::max(cluster_end, arrival.end);
    room.cluster.push_back(arrival);
  }
  append_cluster(room);
  arrivals.swap(room.merged);
}

}  // namespace

void resolve_overlaps(std::vector<Outage>& arrivals, Overlap rule, double horizon, OverlapRoom& room) {
  if (rule == Overlap::ignore)
    ignore_while_down(arrivals);
  else
    merge(arrivals, room);
  std::erase_if(arrivals, [&](const Outage& outage) { return outage.start >= horizon; });
  for (Outage& outage : arrivals) outage.end = std::min(outage.end, horizon);
}

}  // namespace hedgerow::models
