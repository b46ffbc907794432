#pragma once
// The largest values of a stream: enough for the expected shortfall of a column that is not stored.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/numbers.hpp"
#include "engine/measure/estimate.hpp"
#include "engine/measure/sample.hpp"

namespace hedgerow::measure {

/// Keeps the k largest of all values given, in 16 k bytes. Which values are kept depends neither on
/// their order nor on how they were merged.
class LargestValues {
 public:
  /// Throws InvalidInput unless k >= 1.
  explicit LargestValues(std::size_t k);

  /// O(1) on average. Throws InvalidInput unless x is finite.
  void add(double x);
  /// Takes all values that `other` was given. Throws InvalidInput unless it keeps as many. O(k).
  void merge(const LargestValues& other);

  std::uint64_t count() const { return count_; }  ///< of all values given
  /// The min(k, count) largest, ascending. O(k log k).
  std::vector<double> values() const;

  void write(NumberWriter& to) const;
  /// Becomes what was written by a stream that keeps as many.
  void read(NumberReader& from);

 private:
  void take(double x);
  void shrink();

  std::size_t k_;
  std::uint64_t count_ = 0;
  std::vector<double> kept_;  // the k largest and up to k others
  bool full_ = false;         // k values or more have been seen
  double threshold_ = 0.0;    // if full: no value up to it changes what is kept
};

/// How many of the largest of n values shortfall_of_largest() needs: the quantile and all above it, which
/// is floor((1-alpha) n) + 1; at least 2, and at most n.
/// Throws InvalidInput unless n >= 1 and 0 < alpha < 1.
std::size_t largest_needed(std::uint64_t n, double alpha);

/// ES_alpha of n values without weights of which only `largest` are known, in any order: the same bits, with
/// the same standard error, as expected_shortfall() of all n. O(m log m) for m values.
/// Throws InvalidInput if fewer than largest_needed() are given or more than n, if one is not finite, and
/// unless n >= 1 and 0 < alpha < 1.
Estimate shortfall_of_largest(std::span<const double> largest, std::uint64_t n, double alpha);
/// The same of values in order, wherever they are. O(those above the quantile).
Estimate shortfall_of_largest(const SortedSample& largest, std::uint64_t n, double alpha);

}  // namespace hedgerow::measure
