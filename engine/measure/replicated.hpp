#pragma once
// Errors of samples whose values are not independent, but come in independent replicates: randomised
// quasi-Monte Carlo (docs/model/sampling.md; Owen 2025, arXiv:2501.00150).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/measure/estimate.hpp"
#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/sample.hpp"

namespace hedgerow::measure {

/// Means of replicates; the spread of the replicates tells the error of their mean.
class ReplicateMeans {
 public:
  /// Throws InvalidInput unless replicates >= 2.
  explicit ReplicateMeans(std::uint32_t replicates);

  /// Takes value number `index`, which belongs to replicate index % replicates.
  void add(std::size_t index, double x);

  /// The mean over all values. Its standard error is that of the mean of independent replicates, s / sqrt(R),
  /// times t / z, the 97.5 % quantiles of Student's law with R-1 degrees of freedom and of the normal law: so
  /// that value -/+ z * error is the 95 % interval of Student's t. No error with less than a value in each.
  Estimate estimate() const;

 private:
  std::vector<double> sums_;
  std::vector<std::size_t> counts_;
};

/// The 95 % interval of the alpha-quantile of `column`, sorted as `sample`: the tail estimator inverted at
/// (1 - alpha) -/+ the error of F(q) over the replicates (docs/model/sampling.md). Throws InvalidInput unless
/// 0 < alpha < 1.
Interval replicated_quantile_interval(std::span<const double> column, const SortedSample& sample,
                                      double alpha, std::uint32_t replicates);

/// The shortfall of `column` with the error of the influences over the replicates; none where it is not
/// resolved.
Estimate replicated_shortfall(std::span<const double> column, const Shortfall& shortfall,
                              std::uint32_t replicates);

}  // namespace hedgerow::measure
