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

/// Means over values that are given in their order, one or several of each value: value number i belongs to
/// replicate i % replicates, and the spread of the replicates tells the error. Can go on elsewhere.
class ReplicateMeans {
 public:
  /// None.
  ReplicateMeans() = default;
  /// Throws InvalidInput unless replicates >= 2.
  explicit ReplicateMeans(std::uint32_t replicates, std::size_t means = 1);

  std::uint64_t replicates() const { return replicates_; }

  /// Begins the next value: what it adds to each mean is added to what is returned.
  std::span<double> next();
  /// Takes the next value of a single mean.
  void add(double x) { next().front() += x; }

  /// The mean over all values. Its standard error is that of the mean of independent replicates, s / sqrt(R),
  /// times t / z, the 97.5 % quantiles of Student's law with R-1 degrees of freedom and of the normal law: so
  /// that value -/+ z * error is the 95 % interval of Student's t. No error with less than a value in each.
  Estimate estimate(std::size_t mean = 0) const;
  /// What a replicate has added to a mean.
  double sum(std::size_t replicate, std::size_t mean) const { return sums_[replicate * means_ + mean]; }

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.replicates_, self.means_, self.count_, self.sums_);
  }

 private:
  std::uint64_t replicates_ = 0, means_ = 0, count_ = 0;
  std::vector<double> sums_;  ///< replicate x mean
};

/// Sums over the values of a column, in their order, from which the errors of its numbers are told.
class ReplicatedErrors {
 public:
  ReplicatedErrors() = default;
  /// Of the mean; of the tail beyond each of `quantiles`; of shortfalls, each of the column's own values.
  ReplicatedErrors(std::uint32_t replicates, std::vector<double> quantiles,
                   std::vector<Shortfall> shortfalls);

  void add(double x);

  std::optional<double> of_mean() const { return means_.estimate(0).standard_error; }
  /// The 95 % interval of quantile number i, which is the alpha-quantile of `sample`: the tail estimator
  /// inverted at (1 - alpha) -/+ the error of F(q) over the replicates. Throws InvalidInput unless
  /// 0 < alpha < 1.
  Interval of_quantile(const SortedSample& sample, double alpha, std::size_t i) const;
  /// Shortfall number i with the error of the influences; none where it is not resolved.
  Estimate of_shortfall(std::size_t i) const;

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.quantiles_, self.shortfalls_);
    ReplicateMeans::fields(self.means_, visit);
  }

 private:
  std::vector<double> quantiles_;
  std::vector<Shortfall> shortfalls_;
  ReplicateMeans means_;  ///< the value, beyond each quantile, the influences on each shortfall
};

}  // namespace hedgerow::measure
