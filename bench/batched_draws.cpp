#include "bench/batched_draws.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "engine/random/batch.hpp"
#include "engine/random/gamma.hpp"

namespace hedgerow::bench {

std::uint32_t BatchedDraws::CountTable::quantile(double u) const {
  std::uint32_t n = 0;
  while (n < cdf.size() && cdf[n] < u) ++n;
  return n < cdf.size() ? n : law.quantile(u);
}

/// Adds up the probabilities as Poisson::quantile does, so that both give the same number.
BatchedDraws::CountTable BatchedDraws::count_table(double mean) {
  CountTable table{random::Poisson(mean), {}};
  double probability = std::exp(-mean), sum = probability;
  for (std::uint32_t n = 1; sum < 1.0 - 0x1p-20; ++n) {
    table.cdf.push_back(sum);
    probability *= mean / n;
    sum += probability;
  }
  return table;
}

BatchedDraws::BatchedDraws(const models::Scenario& scenario, std::uint64_t seed)
    : months_(static_cast<std::size_t>(scenario.horizon.months)),
      years_(static_cast<std::size_t>(scenario.horizon.years())),
      providers_(scenario.providers.size()),
      factors_(scenario.factors.size()),
      frailty_(random::Gamma(2.0, 0.5)),
      normals_(seed, "bench", "normal"),
      jumps_(seed, "bench", "jump"),
      gammas_(seed, "bench", "frailty"),
      counts_(seed, "bench", "count"),
      times_(seed, "bench", "time"),
      durations_(seed, "bench", "duration") {
  for (std::size_t p = 0; p < providers_; ++p) {
    const auto& jumps = scenario.providers[models::ProviderId(p)].list_price.jumps;
    if (!jumps) continue;
    jump_rows_.push_back(p);
    jump_tables_.push_back(count_table(jumps->rate.value / months_per_year));
  }
  for (const models::OutageEntity& entity : scenario.entities) {
    const auto& law = std::get<models::LognormalDuration>(entity.duration);
    entities_.push_back({count_table(entity.rate.value), random::Lognormal(law.median.value, law.sigma)});
  }
}

void BatchedDraws::path(std::uint64_t path, DrawSums& sums) {
  prices(path, sums);
  outages(path, sums);
}

void BatchedDraws::prices(std::uint64_t path, DrawSums& sums) {
  room_.resize(months_ * (providers_ + 1));
  random::uniform_batch(normals_.key(), path, room_);
  random::normal_quantile_batch(room_);
  for (const double normal : room_) sums.normal_sum += normal;
  sums.normals += room_.size();

  room_.resize(months_ * providers_);
  random::uniform_batch(jumps_.key(), path, room_);
  for (std::size_t i = 0; i < jump_rows_.size(); ++i)
    for (const double u : std::span(room_).subspan(jump_rows_[i] * months_, months_))
      sums.count_sum += jump_tables_[i].quantile(u);
  sums.counts += months_ * jump_rows_.size();
}

void BatchedDraws::outages(std::uint64_t path, DrawSums& sums) {
  room_.resize(years_ * factors_);
  random::uniform_batch(gammas_.key(), path, room_);
  for (const double u : room_) sums.frailty_sum += frailty_.quantile(u);
  sums.frailties += room_.size();

  room_.resize(years_ * entities_.size());
  random::uniform_batch(counts_.key(), path, room_);
  owners_.clear();
  for (std::size_t e = 0; e < entities_.size(); ++e)
    for (const double u : std::span(room_).subspan(e * years_, years_))
      owners_.insert(owners_.end(), entities_[e].counts.quantile(u), e);
  events(path, sums);
}

/// A time and a duration each.
void BatchedDraws::events(std::uint64_t path, DrawSums& sums) {
  times_room_.resize(owners_.size());
  random::uniform_batch(times_.key(), path, times_room_);
  room_.resize(owners_.size());
  random::uniform_batch(durations_.key(), path, room_);
  random::normal_quantile_batch(room_);
  for (std::size_t i = 0; i < owners_.size(); ++i) {
    const random::Lognormal& hours = entities_[owners_[i]].hours;
    sums.time_sum += times_room_[i];
    sums.hours_sum += hours.median * std::exp(hours.sigma * room_[i]);
  }
  sums.events += owners_.size();
}

}  // namespace hedgerow::bench
