#pragma once
// Comparing two columns that were computed on the same paths (common random numbers). What both have
// in common cancels in the difference, so its error is far smaller than those of the two sides.

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/measure/estimate.hpp"
#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/moments.hpp"
#include "engine/measure/replicated.hpp"
#include "engine/measure/sample.hpp"

namespace hedgerow::measure {

/// Path-by-path comparison of columns a and b of `paths` values each.
struct PairedComparison {
  std::size_t paths = 0;
  Estimate difference;  ///< mean of a - b
  /// Fraction of paths with a < b, ties not counted, in [0, 1]. No standard error at 0 or 1, where
  /// the binomial one would be 0 and hide what has merely not been seen yet.
  Estimate fraction_below;
};

// Sums over independent paths without weights, to which the two values of each are given in their order; they
// can go on elsewhere.

/// What compare_paired() tells.
class PairedDifference {
 public:
  void add(double a, double b) {
    difference_.add(a - b);
    below_.add(a < b ? 1.0 : 0.0);
  }
  /// Throws InvalidInput without paths, and where a difference is not finite.
  PairedComparison result() const;

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.difference_, self.below_);
  }

 private:
  Moments difference_, below_;
};

/// How many values lie up to a quantile: of a, of b, and of both at once.
struct JointCounts {
  double q_a = 0.0, q_b = 0.0;
  std::uint64_t paths = 0, a = 0, b = 0, both = 0;

  void add(double value_a, double value_b) {
    ++paths;
    a += value_a <= q_a;
    b += value_b <= q_b;
    both += value_a <= q_a && value_b <= q_b;
  }
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.q_a, self.q_b, self.paths, self.a, self.b, self.both);
  }
};

/// ES(a) - ES(b) by the influences of the paths on it.
struct ShortfallDifference {
  Shortfall a, b;
  Moments influence = {};

  double influence_of(double value_a, double value_b) const {
    return a.influence(value_a) - b.influence(value_b);
  }
  void add(double value_a, double value_b) { influence.add(influence_of(value_a, value_b)); }
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.a, self.b, self.influence);
  }
};

/// a[i] and b[i] belong to the same path; paths are independent; no weights.
/// Throws InvalidInput if the lengths differ, are 0, or a difference is not finite. O(n).
PairedComparison compare_paired(std::span<const double> a, std::span<const double> b);

/// ES(a) - ES(b) with the standard error of the paired influence difference (docs/model/answers.md), given
/// the shortfalls of both columns, each from the unweighted sample of that column and at any level. Throws
/// InvalidInput if the lengths differ or are 0. O(n).
Estimate shortfall_difference(std::span<const double> a, std::span<const double> b,
                              const Shortfall& shortfall_a, const Shortfall& shortfall_b);

/// q_alpha(a) - q_alpha(b) of columns a and b and the same columns sorted. The influence of a path on a
/// quantile is (alpha - 1{x <= q}) / density (Glynn 1996; Chu & Nakayama 2012), so
/// SE^2 = s_a^2 + s_b^2 - 2 rho s_a s_b with rho = the correlation of 1{a <= q_a} and 1{b <= q_b} over the
/// paths, and s = half of the 95 % order-statistic interval / z on either side, which stands for the density.
/// No standard error where one of these intervals has no bound on a side. Asymptotic: docs/coverage.md.
/// Throws InvalidInput if lengths differ, a sample has weights, or unless 0 < alpha < 1. O(n).
Estimate quantile_difference(std::span<const double> a, std::span<const double> b,
                             const SortedSample& sorted_a, const SortedSample& sorted_b, double alpha);

/// The same once the paths are counted, at the quantiles of both. Throws InvalidInput where they are others,
/// or another number of paths.
Estimate quantile_difference(const SortedSample& sorted_a, const SortedSample& sorted_b, double alpha,
                             const JointCounts& counts);

/// The same where the paths come in replicates (replicated.hpp): s from the replicated interval on either
/// side, rho from the correlation of the replicates' parts beyond q, which are the means number `beyond_a`
/// and `beyond_b`.
Estimate replicated_quantile_difference(double q_a, double q_b, const Interval& interval_a,
                                        const Interval& interval_b, const ReplicateMeans& means,
                                        std::size_t beyond_a, std::size_t beyond_b);

/// The same of a mixture: columns with the likelihood ratios of their paths, sorted with them. rho is the
/// correlation of w 1{a > q_a} and w 1{b > q_b}. Throws InvalidInput as above, and unless the samples have
/// weights.
Estimate weighted_quantile_difference(std::span<const double> a, std::span<const double> b,
                                      std::span<const double> weights, const SortedSample& sorted_a,
                                      const SortedSample& sorted_b, double alpha);

}  // namespace hedgerow::measure
