#pragma once
// The shape of a sample, for the eye.

#include <cstdint>
#include <vector>

#include "engine/measure/sample.hpp"

namespace hedgerow::measure {

/// Counts of values in equal bins: bin i holds first + i width <= x < first + (i + 1) width.
struct Histogram {
  double first = 0.0;  ///< lower edge of the first bin, a multiple of `width`
  double width = 0.0;  ///< 1, 2 or 5 times a power of ten, so that bins of like samples lie on one grid
  std::vector<std::uint64_t> counts;
  std::uint64_t below = 0;  ///< values under the first bin
  std::uint64_t above = 0;  ///< values from the end of the last bin on
};

/// The smallest of 1, 2, 5 times a power of ten that is at least x. Throws InvalidInput unless x > 0 is
/// finite.
double nice_width(double x);

/// About 20 to 50 bins between the 5 % and the 95 % quantile, and as many more as reach from the 0.1 % to
/// the 99.9 % quantile, at most 500; what lies outside is counted in `below` and `above`. A sample of one
/// value gets one bin. Values that differ by less than 1e-12 of their size count as one value.
/// Throws InvalidInput for a sample with weights. O(bins log n).
Histogram histogram(const SortedSample& sample);

}  // namespace hedgerow::measure
