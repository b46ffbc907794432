#include "models/market/scarcity.hpp"

#include <algorithm>

#include "engine/random/normal.hpp"

namespace hedgerow::models {

namespace {

/// Switches that matter most: the first two shortages.
constexpr std::uint32_t leading_sojourns = 4;

}  // namespace

ScarcitySampler::ScarcitySampler(const std::optional<Scarcity>& scarcity, const Horizon& horizon,
                                 std::uint64_t seed, random::SobolPoints* points)
    : scarcity_(scarcity),
      months_(static_cast<std::size_t>(horizon.months)),
      sojourns_(seed, "market", "scarcity/sojourn",
                random::LeadingDraws::take(points, scarcity ? leading_sojourns : 0)) {}

void ScarcitySampler::sample(std::uint64_t path, ScarcityPath& out) const {
  out.assign(months_ + 1, false);
  if (!scarcity_) return;
  const double horizon = static_cast<double>(months_) / months_per_year;
  bool scarce = false;
  double begin = 0.0;
  for (std::uint32_t sojourn = 0; begin <= horizon; ++sojourn) {
    const double rate = scarce ? scarcity_->to_normal.value : scarcity_->to_scarce.value;
    const double length = random::exponential_quantile(sojourns_.uniform(path, sojourn)) / rate;
    const double end = rate > 0.0 ? begin + length : horizon + 1.0;
    if (scarce) {
      const double last = std::min(std::ceil(end * months_per_year), static_cast<double>(months_ + 1));
      for (auto k = static_cast<std::size_t>(std::ceil(begin * months_per_year));
           static_cast<double>(k) < last; ++k)
        out[k] = true;
    }
    begin = end;
    scarce = !scarce;
  }
}

}  // namespace hedgerow::models
