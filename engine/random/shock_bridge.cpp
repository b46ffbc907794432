#include "engine/random/shock_bridge.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "engine/base/check.hpp"
#include "engine/random/normal.hpp"

namespace hedgerow::random {

ShockBridge::ShockBridge(SobolPoints* points, std::size_t shocks, std::uint32_t components)
    : draws_(LeadingDraws::take(points, std::min(components, static_cast<std::uint32_t>(shocks)))),
      shocks_(shocks) {
  const double n = static_cast<double>(shocks);
  for (std::uint32_t i = 1; i <= draws_.count; ++i)
    for (std::size_t k = 1; k <= shocks; ++k)
      directions_.push_back(2.0 / std::sqrt(2.0 * n + 1.0) *
                            std::cos((2.0 * i - 1.0) * (2.0 * static_cast<double>(k) - 1.0) *
                                     std::numbers::pi / (4.0 * n + 2.0)));
}

void ShockBridge::apply(std::uint64_t path, std::span<double> row) const {
  if (draws_.count == 0) return;
  HEDGEROW_EXPECT(row.size() == shocks_);
  for (std::uint32_t i = 0; i < draws_.count; ++i) {
    const double* const direction = &directions_[i * shocks_];
    const double score = normal_quantile(draws_.points->uniform(path, draws_.first_dimension + i));
    const double change = score - std::inner_product(row.begin(), row.end(), direction, 0.0);
    for (std::size_t k = 0; k < shocks_; ++k) row[k] += change * direction[k];
  }
}

}  // namespace hedgerow::random
