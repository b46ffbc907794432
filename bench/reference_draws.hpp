#pragma once
// The scalar reference of a path's draws: every random number that one path of a scenario needs, drawn
// one at a time and turned into its variate, and nothing else. What the models add to it is our cost.

#include <cstdint>
#include <vector>

#include "engine/random/lognormal.hpp"
#include "engine/random/poisson.hpp"
#include "engine/random/stream.hpp"
#include "engine/random/tabulated_quantile.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::bench {

/// What the draws of one path add up to; checked before anything is timed.
struct DrawSums {
  std::uint64_t normals = 0, counts = 0, frailties = 0, events = 0;
  double normal_sum = 0.0, count_sum = 0.0, frailty_sum = 0.0, time_sum = 0.0, hours_sum = 0.0;
  bool operator==(const DrawSums&) const = default;
};

class ReferenceDraws {
 public:
  ReferenceDraws(const models::Scenario& scenario, std::uint64_t seed);
  void path(std::uint64_t path, DrawSums& sums) const;

 private:
  void prices(std::uint64_t path, DrawSums& sums) const;
  void outages(std::uint64_t path, DrawSums& sums) const;

  const models::Scenario& scenario_;
  random::TabulatedQuantile frailty_;
  random::Stream normals_, jumps_, gammas_, counts_, times_, durations_;
};

}  // namespace hedgerow::bench
