#include "models/outage/arrivals.hpp"

#include <algorithm>

#include "engine/random/normal.hpp"
#include "engine/random/poisson.hpp"

namespace hedgerow::models {
namespace {

/// Event j of a year keeps its draws whatever happens in other years.
constexpr std::uint32_t largest_count = 1u << 20;

std::uint32_t event_number(std::size_t year, std::uint32_t event) {
  return static_cast<std::uint32_t>(year) * largest_count + event;
}

/// Aftershock j of an event keeps its draws whatever else happens: its number is a hash (the finalizer of
/// MurmurHash3) in the upper half, which event_number() never reaches.
std::uint32_t aftershock_number(std::uint32_t event, std::uint32_t j) {
  std::uint32_t h = event * 0x9E3779B9u + j + 1;
  h = (h ^ (h >> 16)) * 0x85EBCA6Bu;
  h = (h ^ (h >> 13)) * 0xC2B2AE35u;
  return (h ^ (h >> 16)) | 0x80000000u;
}

}  // namespace

ArrivalSampler::ArrivalSampler(const OutageEntity& entity, const Horizon& horizon, std::uint64_t seed,
                               random::SobolPoints* points, std::uint32_t parameter_groups)
    : entity_(entity),
      horizon_(horizon.length()),
      duration_(entity.duration),
      parameters_(entity, seed, points),
      parameter_groups_(parameter_groups),
      partial_severity_(entity.severity.mean.value, entity.severity.concentration),
      counts_(seed, entity.name, "outage/count"),
      times_(seed, entity.name, "outage/time"),
      durations_(seed, entity.name, "outage/duration"),
      severities_(seed, entity.name, "outage/severity"),
      claims_(seed, entity.name, "outage/claim"),
      aftershock_counts_(seed, entity.name, "outage/aftershock-count"),
      aftershock_delays_(seed, entity.name, "outage/aftershock-delay") {}

void ArrivalSampler::sample(std::uint64_t path, const FrailtyPath& frailty, const random::BandedTilt& tilt,
                            EntityEvidence* evidence, std::vector<Outage>& out) const {
  out.clear();
  if (evidence != nullptr) *evidence = {};
  const OutageParameters here = parameters(path);
  std::optional<Duration> drawn;
  if (here.duration_law) drawn.emplace(*here.duration_law);
  const Duration& durations = drawn ? *drawn : duration_;
  for (std::size_t year = 0; static_cast<double>(year) < horizon_; ++year) {
    const double begin = static_cast<double>(year);
    const double length = std::min(horizon_ - begin, 1.0);
    const double mean = here.rate * FrailtySampler::multiplier(entity_, frailty, year) * length;
    if (mean <= 0.0) continue;
    if (evidence != nullptr) evidence->expected += mean;
    const double uniform = counts_.uniform(path, static_cast<std::uint32_t>(year));
    const std::uint32_t count = random::Poisson(mean * tilt.total()).quantile(uniform);
    validate(count < largest_count, "more than a million outages of one entity in a year (lower its rate)");
    for (std::uint32_t j = 0; j < count; ++j) {
      const std::uint32_t event = event_number(year, j);
      double duration = durations_.uniform(path, event);
      if (tilt.bands() > 1) duration = tilt.apply(duration);
      if (evidence != nullptr) ++evidence->outages[random::band_of(duration_bands, duration)];
      add_event(path, event, begin + length * times_.uniform(path, event), duration, durations, out);
    }
  }
  std::sort(out.begin(), out.end(), [](const Outage& a, const Outage& b) { return a.start < b.start; });
}

/// Appends an outage and its aftershocks, theirs, and so on, until the horizon.
void ArrivalSampler::add_event(std::uint64_t path, std::uint32_t event, double start, double duration_uniform,
                               const Duration& duration, std::vector<Outage>& out) const {
  const double hours = duration.quantile(duration_uniform);
  out.push_back({start, start + hours / hours_per_year, severity(path, event), claims_.uniform(path, event)});
  if (!entity_.clustering || entity_.clustering->branching.value == 0.0) return;
  const random::Poisson offspring(entity_.clustering->branching.value);
  const std::uint32_t count = offspring.quantile(aftershock_counts_.uniform(path, event));
  for (std::uint32_t j = 0; j < count; ++j) {
    const std::uint32_t next = aftershock_number(event, j);
    const double delay = random::exponential_quantile(aftershock_delays_.uniform(path, next)) /
                         entity_.clustering->decay.value;
    if (start + delay < horizon_)
      add_event(path, next, start + delay, durations_.uniform(path, next), duration, out);
  }
}

double ArrivalSampler::severity(std::uint64_t path, std::uint32_t event) const {
  const double partial = 1.0 - entity_.severity.total.value;
  if (partial <= 0.0) return 1.0;
  const double uniform = severities_.uniform(path, event);  // rises with the severity, as inversion does
  return uniform < partial ? partial_severity_.quantile(uniform / partial) : 1.0;
}

}  // namespace hedgerow::models
