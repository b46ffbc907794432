#include "bench/reference_draws.hpp"

#include "engine/random/gamma.hpp"
#include "models/outage/duration.hpp"

namespace hedgerow::bench {

ReferenceDraws::ReferenceDraws(const models::Scenario& scenario, std::uint64_t seed)
    : scenario_(scenario),
      frailty_(random::Gamma(2.0, 0.5)),
      normals_(seed, "bench", "normal"),
      jumps_(seed, "bench", "jump"),
      gammas_(seed, "bench", "frailty"),
      counts_(seed, "bench", "count"),
      times_(seed, "bench", "time"),
      durations_(seed, "bench", "duration") {}

void ReferenceDraws::path(std::uint64_t path, DrawSums& sums) const {
  prices(path, sums);
  outages(path, sums);
}

/// A common and an own shock by provider and month, and a jump count each.
void ReferenceDraws::prices(std::uint64_t path, DrawSums& sums) const {
  const auto months = static_cast<std::uint32_t>(scenario_.horizon.months);
  const auto providers = static_cast<std::uint32_t>(scenario_.providers.size());
  for (std::uint32_t draw = 0; draw < months * (providers + 1); ++draw) {
    sums.normal_sum += random::normal_quantile(normals_.uniform(path, draw));
    ++sums.normals;
  }
  for (std::uint32_t p = 0; p < providers; ++p) {
    const auto& jumps = scenario_.providers[models::ProviderId(p)].list_price.jumps;
    if (!jumps) continue;
    const random::Poisson count(jumps->rate.value / months_per_year);
    for (std::uint32_t k = 0; k < months; ++k) {
      sums.count_sum += count.quantile(jumps_.uniform(path, p * months + k));
      ++sums.counts;
    }
  }
}

/// Frailties by factor and year, counts by entity and year, a time and a duration by event.
void ReferenceDraws::outages(std::uint64_t path, DrawSums& sums) const {
  const auto years = static_cast<std::uint32_t>(scenario_.horizon.years());
  const auto factors = static_cast<std::uint32_t>(scenario_.factors.size());
  for (std::uint32_t draw = 0; draw < years * factors; ++draw) {
    sums.frailty_sum += frailty_.quantile(gammas_.uniform(path, draw));
    ++sums.frailties;
  }
  std::uint32_t year_draw = 0, event_draw = 0;
  for (const models::OutageEntity& entity : scenario_.entities) {
    const auto& law = std::get<models::LognormalDuration>(entity.duration);
    const random::Lognormal duration(law.median.value, law.sigma);
    for (std::uint32_t y = 0; y < years; ++y) {
      const auto count = random::Poisson(entity.rate.value).quantile(counts_.uniform(path, year_draw++));
      for (std::uint32_t e = 0; e < count; ++e, ++event_draw) {
        sums.time_sum += times_.uniform(path, event_draw);
        sums.hours_sum += duration.quantile(durations_.uniform(path, event_draw));
        ++sums.events;
      }
    }
  }
}

}  // namespace hedgerow::bench
