#include "models/outage/arrivals.hpp"

#include <algorithm>

#include "engine/random/poisson.hpp"

namespace hedgerow::models {
namespace {

/// Event j of a year keeps its draws whatever happens in other years.
constexpr std::uint32_t largest_count = 1u << 20;

std::uint32_t draw_number(std::size_t year, std::uint32_t event) {
  return static_cast<std::uint32_t>(year) * largest_count + event;
}

}  // namespace

ArrivalSampler::ArrivalSampler(const OutageEntity& entity, const Horizon& horizon, std::uint64_t seed)
    : entity_(entity),
      horizon_(horizon.length()),
      duration_(entity.duration),
      partial_severity_(entity.severity.mean.value, entity.severity.concentration),
      counts_(seed, entity.name, "outage/count"),
      times_(seed, entity.name, "outage/time"),
      durations_(seed, entity.name, "outage/duration"),
      severities_(seed, entity.name, "outage/severity") {}

void ArrivalSampler::sample(std::uint64_t path, const FrailtyPath& frailty, std::vector<Outage>& out) const {
  out.clear();
  for (std::size_t year = 0; static_cast<double>(year) < horizon_; ++year) {
    const double begin = static_cast<double>(year);
    const double length = std::min(horizon_ - begin, 1.0);
    const double mean = entity_.rate.value * FrailtySampler::multiplier(entity_, frailty, year) * length;
    if (mean <= 0.0) continue;
    const double uniform = counts_.uniform(path, static_cast<std::uint32_t>(year));
    const std::uint32_t count = random::Poisson(mean).quantile(uniform);
    validate(count < largest_count, "more than a million outages of one entity in a year (lower its rate)");
    for (std::uint32_t event = 0; event < count; ++event) {
      const std::uint32_t draw = draw_number(year, event);
      const double start = begin + length * times_.uniform(path, draw);
      const double hours = duration_.quantile(durations_.uniform(path, draw));
      out.push_back({start, start + hours / hours_per_year, severity(path, draw)});
    }
  }
  std::sort(out.begin(), out.end(), [](const Outage& a, const Outage& b) { return a.start < b.start; });
}

double ArrivalSampler::severity(std::uint64_t path, std::uint32_t draw) const {
  const double partial = 1.0 - entity_.severity.total.value;
  if (partial <= 0.0) return 1.0;
  const double uniform = severities_.uniform(path, draw);  // rises with the severity, as inversion does
  return uniform < partial ? partial_severity_.quantile(uniform / partial) : 1.0;
}

}  // namespace hedgerow::models
