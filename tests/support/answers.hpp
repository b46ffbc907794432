#pragma once
// Looking things up in an Assessment, and drawing random test inputs.

#include <cstdint>
#include <random>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "models/assess/assess.hpp"

namespace hedgerow::test {

inline const models::Percentile& at_level(const std::vector<models::Percentile>& percentiles, double level) {
  for (const models::Percentile& percentile : percentiles)
    if (percentile.level == level) return percentile;
  throw std::out_of_range("no such level");
}

inline const measure::Estimate& contribution(const models::StrategySummary& strategy,
                                             models::Component component, std::string_view provider) {
  for (const models::Contribution& part : strategy.attribution.contributions)
    if (part.component == component && part.provider == provider) return part.mean;
  throw std::out_of_range("no such contribution");
}

/// For tests that look at distributions only: tails are not taken apart.
inline models::AssessOptions whole_only() {
  models::AssessOptions options;
  options.replay_tails = false;
  return options;
}

/// Random numbers for test inputs, the same on every platform.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : source_(seed) {}
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(source_() >> 11) * 0x1p-53;
  }
  int among(int low, int high) { return low + static_cast<int>(between(0.0, 1.0) * (high - low + 1)); }

 private:
  std::mt19937_64 source_;
};

}  // namespace hedgerow::test
