#pragma once
// Comparing two columns that were computed on the same paths (common random numbers). What both have
// in common cancels in the difference, so its error is far smaller than those of the two sides.

#include <cstddef>
#include <span>

#include "engine/measure/estimate.hpp"
#include "engine/measure/expected_shortfall.hpp"

namespace hedgerow::measure {

/// Path-by-path comparison of columns a and b of `paths` values each.
struct PairedComparison {
  std::size_t paths = 0;
  Estimate difference;  ///< mean of a - b
  /// Fraction of paths with a < b, ties not counted, in [0, 1]. No standard error at 0 or 1, where
  /// the binomial one would be 0 and hide what has merely not been seen yet.
  Estimate fraction_below;
};

/// a[i] and b[i] belong to the same path; paths are independent; no weights.
/// Throws InvalidInput if the lengths differ, are 0, or a difference is not finite. O(n).
PairedComparison compare_paired(std::span<const double> a, std::span<const double> b);

/// ES(a) - ES(b) with the standard error of the paired influence difference (model.md E.5), given the
/// shortfalls of both columns, each from the unweighted sample of that column and at any level.
/// Throws InvalidInput if the lengths differ or are 0. O(n).
Estimate shortfall_difference(std::span<const double> a, std::span<const double> b,
                              const Shortfall& shortfall_a, const Shortfall& shortfall_b);

}  // namespace hedgerow::measure
