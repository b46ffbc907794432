#pragma once
// Mean and variance of a stream of values in three numbers, without storing the values.

#include <cmath>
#include <cstdint>
#include <optional>

#include "engine/base/check.hpp"
#include "engine/measure/estimate.hpp"

namespace hedgerow::measure {

/// Running first two moments. The result depends on the order of the calls and on nothing else, so
/// blocks summed in path order and merged in block order give the same bits for any thread count.
struct Moments {
  std::uint64_t count = 0;
  double mean = 0.0;  ///< of the values so far; 0 when empty
  double m2 = 0.0;    ///< sum of squared deviations from the mean

  /// Takes one value (Welford 1962, "Note on a method for calculating corrected sums of squares").
  void add(double x) {
    ++count;
    const double deviation = x - mean;
    mean += deviation / static_cast<double>(count);
    m2 += deviation * (x - mean);
  }

  /// Takes all values of `other` (Chan, Golub & LeVeque 1983, "Algorithms for computing the sample
  /// variance", eq. 2.1). Equal to adding them one by one, up to rounding.
  void merge(const Moments& other) {
    if (other.count == 0) return;
    const double ours = static_cast<double>(count);
    const double theirs = static_cast<double>(other.count);
    const double deviation = other.mean - mean;
    count += other.count;
    mean += deviation * (theirs / (ours + theirs));
    m2 += other.m2 + deviation * deviation * (ours * theirs / (ours + theirs));
  }

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.count, self.mean, self.m2);
  }

  /// Unbiased variance m2 / (count - 1), >= 0; missing for fewer than two values.
  std::optional<double> variance() const {
    if (count < 2) return std::nullopt;
    return m2 / static_cast<double>(count - 1);
  }

  /// Standard deviation of the mean, >= 0; missing for fewer than two values.
  std::optional<double> standard_error() const {
    if (count < 2) return std::nullopt;
    return std::sqrt(*variance() / static_cast<double>(count));
  }

  /// The mean with its standard error. Throws InvalidInput when empty.
  Estimate estimate() const {
    validate(count > 0, "no values to take the mean of (at least one is needed) run some paths first");
    return {mean, standard_error()};
  }
};

}  // namespace hedgerow::measure
