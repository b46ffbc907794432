#include "models/outage/downtime.hpp"

#include <algorithm>

namespace hedgerow::models {
namespace {

/// An entity's outage as seen from the location.
struct Loss {
  double start, end;
  double fraction;
};

std::vector<Loss> losses_in_order(const std::vector<EntityOutages>& entities) {
  std::vector<Loss> losses;
  std::size_t count = 0;
  for (const EntityOutages& entity : entities) count += entity.outages->size();
  losses.reserve(count);
  for (const EntityOutages& entity : entities)
    for (const Outage& outage : *entity.outages)
      losses.push_back({outage.start, outage.end, outage.severity * entity.impact});
  std::stable_sort(losses.begin(), losses.end(),
                   [](const Loss& a, const Loss& b) { return a.start < b.start; });
  return losses;
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
                      const Discounting& discounting, std::vector<Downtime>& out) {
  const auto emit = [&](double from, double to, double fraction) {
    for_each_year(from, to, [&](int year, double start, double end) {
      out.push_back({location,
                     static_cast<std::uint32_t>(year),
                     start,
                     end,
                     fraction,
                     {end - start, discounting.flow(start, end)}});
    });
  };
  const std::vector<Loss> losses = losses_in_order(entities);
  std::vector<Loss> active;
  double now = 0.0;
  for (std::size_t next = 0; next < losses.size() || !active.empty();) {
    if (active.empty()) now = losses[next].start;
    while (next < losses.size() && losses[next].start <= now) active.push_back(losses[next++]);
    const double until =
        next < losses.size() ? std::min(first_end(active), losses[next].start) : first_end(active);
    if (until > now) emit(now, until, unavailable(active));
    now = until;
    std::erase_if(active, [&](const Loss& loss) { return loss.end <= now; });
  }
}

}  // namespace hedgerow::models
