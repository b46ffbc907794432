#include "models/outage/downtime.hpp"

#include <algorithm>

namespace hedgerow::models {
namespace {

using Loss = DowntimeRoom::Loss;
template <class Item>
using Heads = std::vector<DowntimeRoom::Head<Item>>;

/// The list that goes on first; of those that go on together, the first one.
template <class Item>
typename Heads<Item>::iterator earliest(Heads<Item>& heads) {
  return std::min_element(heads.begin(), heads.end(),
                          [](const auto& a, const auto& b) { return a.next->start < b.next->start; });
}

template <class Item>
void advance(Heads<Item>& heads, typename Heads<Item>::iterator head) {
  if (++head->next == head->end) heads.erase(head);
}

double unavailable(const std::vector<Loss>& active) {
  double available = 1.0;
  for (const Loss& loss : active) available *= 1.0 - loss.fraction;
  return 1.0 - available;
}

double first_end(const std::vector<Loss>& active) {
  double end = active.front().end;
  for (const Loss& loss : active) end = std::min(end, loss.end);
  return end;
}

}  // namespace

void append_downtimes(LocationId location, const std::vector<EntityOutages>& entities,
                      const Discounting& discounting, DowntimeRoom& room, std::vector<Downtime>& out) {
  const auto emit = [&](double from, double to, double fraction) {
    for_each_year(from, to, [&](int year, double start, double end) {
      const double discount = discounting.factor(start);
      out.push_back({location, static_cast<std::uint32_t>(year), start, end, fraction, discount,
                     discounting.flow(start, end, discount)});
    });
  };
  auto& outages = room.outages;
  auto& active = room.active;
  outages.clear();
  active.clear();
  for (const EntityOutages& entity : entities)
    if (const auto& all = *entity.outages; !all.empty())
      outages.push_back({all.data(), all.data() + all.size(), entity.impact});
  auto next = earliest(outages);
  double now = 0.0;
  while (!outages.empty() || !active.empty()) {
    if (active.empty()) now = next->next->start;
    for (; !outages.empty() && next->next->start <= now; next = earliest(outages)) {
      active.push_back({next->next->end, next->next->severity * next->impact});
      advance(outages, next);
    }
    const double until = outages.empty() ? first_end(active) : std::min(first_end(active), next->next->start);
    if (until > now) emit(now, until, unavailable(active));
    now = until;
    std::erase_if(active, [&](const Loss& loss) { return loss.end <= now; });
  }
}

void merge_locations(DowntimeRoom& room, std::vector<Downtime>& out) {
  out.clear();
  room.locations.clear();
  const Downtime* const all = room.downtimes.data();
  std::size_t begin = 0;
  for (const std::size_t end : room.ends) {
    if (begin < end) room.locations.push_back({all + begin, all + end});
    begin = end;
  }
  while (!room.locations.empty()) {
    const auto first = earliest(room.locations);
    out.push_back(*first->next);
    advance(room.locations, first);
  }
}

void find_clusters(const std::vector<Downtime>& downtimes, std::vector<DowntimeCluster>& out) {
  out.clear();
  for (std::size_t i = 0; i < downtimes.size(); ++i) {
    const Downtime& down = downtimes[i];
    const auto index = static_cast<std::uint32_t>(i);
    const std::uint64_t bit = std::uint64_t{1} << (down.location.value % 64);
    if (out.empty() || down.start > out.back().end) {
      out.push_back({index, index + 1, bit, down.end, down.unavailable == 1.0});
      continue;
    }
    DowntimeCluster& cluster = out.back();
    cluster.locations |= bit;
    cluster.is_lone = cluster.is_lone && down.unavailable == 1.0 && down.end == cluster.end &&
                      down.start == downtimes[cluster.first].start;
    cluster.end = std::max(cluster.end, down.end);
    cluster.last = index + 1;
  }
}

}  // namespace hedgerow::models
