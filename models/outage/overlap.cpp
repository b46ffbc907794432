#include "models/outage/overlap.hpp"

#include <algorithm>
#include <set>

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

/// An arrival begins or ends.
struct Edge {
  double time;
  double severity;
  bool begins;
};

/// The union of one cluster of overlapping arrivals, cut where the severest active one changes; whether it
/// counts for a credit is decided by the first of them.
void append_cluster(std::vector<Outage>& out, const std::vector<Outage>& cluster) {
  if (cluster.size() == 1) return append(out, cluster[0]);
  std::vector<Edge> edges;
  for (const Outage& outage : cluster) {
    edges.push_back({outage.start, outage.severity, true});
    edges.push_back({outage.end, outage.severity, false});
  }
  // Where times are equal beginnings come first, so that an end always finds its beginning.
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
    return a.time != b.time ? a.time < b.time : a.begins && !b.begins;
  });
  std::multiset<double> active;
  double since = edges.front().time;
  for (const Edge& edge : edges) {
    if (!active.empty()) append(out, {since, edge.time, *active.rbegin(), cluster[0].claim});
    since = edge.time;
    if (edge.begins)
      active.insert(edge.severity);
    else
      active.erase(active.find(edge.severity));
  }
}

void merge(std::vector<Outage>& arrivals) {
  const bool disjoint =
      std::adjacent_find(arrivals.begin(), arrivals.end(),
                         [](const auto& a, const auto& b) { return b.start <= a.end; }) == arrivals.end();
  if (disjoint) return;
  std::vector<Outage> out, cluster;
  double cluster_end = 0.0;
  for (const Outage& arrival : arrivals) {
    if (!cluster.empty() && arrival.start > cluster_end) {
      append_cluster(out, cluster);
      cluster.clear();
    }
    cluster_end = cluster.empty() ? arrival.end : std::max(cluster_end, arrival.end);
    cluster.push_back(arrival);
  }
  append_cluster(out, cluster);
  arrivals.swap(out);
}

}  // namespace

void resolve_overlaps(std::vector<Outage>& arrivals, Overlap rule, double horizon) {
  if (rule == Overlap::ignore)
    ignore_while_down(arrivals);
  else
    merge(arrivals);
  std::erase_if(arrivals, [&](const Outage& outage) { return outage.start >= horizon; });
  for (Outage& outage : arrivals) outage.end = std::min(outage.end, horizon);
}

}  // namespace hedgerow::models
