#pragma once
// The roofline of a path: the random numbers of reference_draws.hpp, the same bits, drawn in SIMD batches.
// Nothing that a path does can be faster than this.

#include <vector>

#include "bench/reference_draws.hpp"

namespace hedgerow::bench {

class BatchedDraws {
 public:
  BatchedDraws(const models::Scenario& scenario, std::uint64_t seed);
  void path(std::uint64_t path, DrawSums& sums);

 private:
  /// Of a Poisson law: P(N <= n), n = 0, 1, ..., as far as inversion by addition is exact.
  struct CountTable {
    random::Poisson law;
    std::vector<double> cdf;
    std::uint32_t quantile(double u) const;
  };
  struct Entity {
    CountTable counts;
    random::Lognormal hours;
  };
  static CountTable count_table(double mean);

  void prices(std::uint64_t path, DrawSums& sums);
  void outages(std::uint64_t path, DrawSums& sums);
  void events(std::uint64_t path, DrawSums& sums);

  std::size_t months_, years_, providers_, factors_;
  std::vector<CountTable> jump_tables_;  ///< by provider that has jumps
  std::vector<std::size_t> jump_rows_;   ///< those providers
  std::vector<Entity> entities_;
  random::TabulatedQuantile frailty_;
  random::Stream normals_, jumps_, gammas_, counts_, times_, durations_;
  std::vector<double> room_, times_room_;
  std::vector<std::size_t> owners_;  ///< entity of each event
};

}  // namespace hedgerow::bench
