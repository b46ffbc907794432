#include "models/outage/arrivals.hpp"

#include <algorithm>
#include <span>
#include <tuple>

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
                               RateTables& tables, random::SobolPoints* points,
                               std::uint32_t parameter_groups)
    : entity_(entity),
      horizon_(horizon.length()),
      duration_(entity.duration),
      parameters_(entity, seed, tables, points),
      parameter_groups_(parameter_groups),
      partial_severity_(entity.severity.mean.value, entity.severity.concentration),
      counts_(seed, entity.name, "outage/count"),
      times_(seed, entity.name, "outage/time"),
      durations_(seed, entity.name, "outage/duration"),
      severities_(seed, entity.name, "outage/severity"),
      claims_(seed, entity.name, "outage/claim"),
      aftershock_counts_(seed, entity.name, "outage/aftershock-count"),
      aftershock_delays_(seed, entity.name, "outage/aftershock-delay") {}

/// Primary outages whose draws are made together: two neighbours by pair.
class ArrivalSampler::Primaries {
 public:
  bool full() const { return size_ == most; }
  bool empty() const { return size_ == 0; }
  void clear() { size_ = 0; }
  /// `event` is even; it happens, and perhaps the one after it.
  void add(std::uint32_t event, bool both) {
    pairs_[size_] = event / 2;
    events_[size_++] = both ? 2 : 1;
  }

  std::span<const std::uint32_t> pairs() const { return {pairs_.data(), size_}; }
  /// Calls visit(event, i) for each outage; i counts the draws of the pairs.
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t p = 0; p < size_; ++p)
      for (std::uint32_t i = 0; i < events_[p]; ++i) visit(2 * pairs_[p] + i, 2 * p + i);
  }

  static constexpr std::size_t most = 32;  ///< pairs
  using Draws = std::array<double, 2 * most>;

 private:
  std::array<std::uint32_t, most> pairs_;
  std::array<std::uint8_t, most> events_;
  std::size_t size_ = 0;
};

void ArrivalSampler::sample(std::uint64_t path, const FrailtyPath& frailty, const random::BandedTilt& tilt,
                            EntityEvidence* evidence, std::vector<Outage>& out) const {
  out.clear();
  if (evidence != nullptr) *evidence = {};
  const OutageParameters here = parameters(path);
  std::optional<Duration> drawn;
  if (here.duration_law) drawn.emplace(*here.duration_law);
  const Law law{drawn ? *drawn : duration_, tilt, evidence};
  Primaries primaries;
  YearDraws draws;
  for (std::size_t year = 0; static_cast<double>(year) < horizon_; ++year) {
    if (year % draws.size() == 0) draw_counts(path, year, draws);
    const double mean = here.rate * FrailtySampler::multiplier(entity_, frailty, year) * length(year);
    if (mean <= 0.0) continue;
    if (evidence != nullptr) evidence->expected += mean;
    const std::uint32_t count = random::Poisson(mean * tilt.total()).quantile(draws[year % draws.size()]);
    validate(count < largest_count, "more than a million outages of one entity in a year (lower its rate)");
    for (std::uint32_t j = 0; j < count; j += 2) {
      if (primaries.full()) add_primaries(path, law, primaries, out);
      primaries.add(event_number(year, j), j + 1 < count);
    }
  }
  add_primaries(path, law, primaries, out);
  std::sort(out.begin(), out.end(), [](const Outage& a, const Outage& b) { return a.start < b.start; });
}

/// The uniforms of the counts of some years, from an even one on.
void ArrivalSampler::draw_counts(std::uint64_t path, std::size_t year, YearDraws& draws) const {
  std::array<std::uint32_t, std::tuple_size_v<YearDraws> / 2> pairs;
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = static_cast<std::uint32_t>(year / 2 + i);
  counts_.uniform_pairs(path, pairs, draws);
}

/// Appends them with their aftershocks, and forgets them.
void ArrivalSampler::add_primaries(std::uint64_t path, const Law& law, Primaries& primaries,
                                   std::vector<Outage>& out) const {
  if (primaries.empty()) return;
  Primaries::Draws hours, times, claims;
  const std::size_t count = 2 * primaries.pairs().size();
  durations_.uniform_pairs(path, primaries.pairs(), std::span(hours).first(count));
  times_.uniform_pairs(path, primaries.pairs(), std::span(times).first(count));
  claims_.uniform_pairs(path, primaries.pairs(), std::span(claims).first(count));
  if (law.tilt.bands() > 1)
    for (double& uniform : std::span(hours).first(count)) uniform = law.tilt.apply(uniform);
  if (law.evidence != nullptr)
    primaries.for_each([&](std::uint32_t, std::size_t i) {
      ++law.evidence->outages[random::band_of(duration_bands, hours[i])];
    });
  law.durations.quantiles(std::span(hours).first(count));
  primaries.for_each([&](std::uint32_t event, std::size_t i) {
    const std::size_t year = event / largest_count;
    const double start = static_cast<double>(year) + length(year) * times[i];
    out.push_back({start, start + hours[i] / hours_per_year, severity(path, event), claims[i]});
    add_aftershocks(path, law, event, start, out);
  });
  primaries.clear();
}

/// Of a plan year, the last of which may be cut short [yr].
double ArrivalSampler::length(std::size_t year) const {
  return std::min(horizon_ - static_cast<double>(year), 1.0);
}

/// Appends those of an outage, theirs, and so on, until the horizon.
void ArrivalSampler::add_aftershocks(std::uint64_t path, const Law& law, std::uint32_t event, double start,
                                     std::vector<Outage>& out) const {
  if (!entity_.clustering || entity_.clustering->branching.value == 0.0) return;
  const random::Poisson offspring(entity_.clustering->branching.value);
  const std::uint32_t count = offspring.quantile(aftershock_counts_.uniform(path, event));
  for (std::uint32_t j = 0; j < count; ++j) {
    const std::uint32_t next = aftershock_number(event, j);
    const double delay = random::exponential_quantile(aftershock_delays_.uniform(path, next)) /
                         entity_.clustering->decay.value;
    const double at = start + delay;
    if (at >= horizon_) continue;
    const double hours = law.durations.quantile(durations_.uniform(path, next));
    out.push_back({at, at + hours / hours_per_year, severity(path, next), claims_.uniform(path, next)});
    add_aftershocks(path, law, next, at, out);
  }
}

double ArrivalSampler::severity(std::uint64_t path, std::uint32_t event) const {
  const double partial = 1.0 - entity_.severity.total.value;
  if (partial <= 0.0) return 1.0;
  const double uniform = severities_.uniform(path, event);  // rises with the severity, as inversion does
  return uniform < partial ? partial_severity_.quantile(uniform / partial) : 1.0;
}

}  // namespace hedgerow::models
