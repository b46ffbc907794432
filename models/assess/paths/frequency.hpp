#pragma once
// How often something happened among the paths.

#include <cmath>
#include <cstdint>

#include "engine/measure/estimate.hpp"

namespace hedgerow::models {

struct Frequency {
  std::uint64_t count = 0, times = 0;
  void add(bool happened) {
    ++count;
    times += happened;
  }
  void merge(const Frequency& other) {
    count += other.count;
    times += other.times;
  }
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.count, self.times);
  }
  /// Fraction of the paths, 0 without any. No standard error at 0 and 1, where the binomial one would hide
  /// what has not been seen yet.
  measure::Estimate estimate() const {
    if (count == 0) return {0.0, std::nullopt};
    const double n = static_cast<double>(count);
    const double p = static_cast<double>(times) / n;
    if (times == 0 || times == count) return {p, std::nullopt};
    return {p, std::sqrt(p * (1.0 - p) / n)};
  }
};

}  // namespace hedgerow::models
