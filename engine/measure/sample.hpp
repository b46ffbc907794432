#pragma once
// A column of sampled values in ascending order, sorted once and read many times.

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "engine/base/rows.hpp"
#include "engine/measure/estimate.hpp"
#include "engine/measure/ranked_values.hpp"

namespace hedgerow::measure {

/// Cumulative probabilities are compared with this slack: 0.4 + 0.2 + 0.15 + 0.2 is not 0.95 in binary.
inline constexpr double probability_tolerance = 1e-12;

/// n values L_0 <= ... <= L_{n-1} with likelihood ratios w_i (all 1 when none are given). Immutable.
/// Equal multisets of (value, weight) give equal samples, bit for bit, in whatever order they come.
/// Memory: 8 bytes per value, 24 with weights. Rank r below always means index into that order.
class SortedSample {
 public:
  /// Copies and sorts, O(n log n). Throws InvalidInput if empty or if a value is not finite.
  explicit SortedSample(std::span<const double> values);

  /// The values were drawn from another law than the one measured; weights[i] is the likelihood ratio
  /// of values[i], with mean 1 in expectation (importance sampling; not probabilities that sum to 1).
  /// Throws InvalidInput also if the lengths differ, a weight is negative or not finite, or all are 0.
  SortedSample(std::span<const double> values, std::span<const double> weights);

  /// Values that are kept elsewhere, without weights. Throws InvalidInput if there are none.
  explicit SortedSample(std::unique_ptr<const RankedValues> elsewhere);

  std::size_t size() const { return elsewhere_ ? elsewhere_->size() : values_.size(); }
  bool weighted() const { return !weights_.empty(); }
  std::span<const double> values() const { return values_; }  ///< none that are kept elsewhere

  double value(std::size_t rank) const { return elsewhere_ ? elsewhere_->value(rank) : values_[rank]; }
  double weight(std::size_t rank) const { return weighted() ? weights_[rank] : 1.0; }

  /// Number of values < x, which is also the rank of the first value >= x. O(log n).
  std::size_t count_below(double x) const;
  /// Number of values <= x, which is also the rank of the first value > x. O(log n).
  std::size_t count_up_to(double x) const;

  /// (1/n) * sum of w over the ranks >= `rank`, for rank in 0..n. Summed from the top: tails are exact.
  double tail_probability_from(std::size_t rank) const {
    const double n = static_cast<double>(size());
    return (weighted() ? tail_weights_[rank] : n - static_cast<double>(rank)) / n;
  }
  /// The unnormalised tail estimator (1/n) * sum of w_i 1{L_i > x}. O(log n).
  double tail_probability(double x) const { return tail_probability_from(count_up_to(x)); }

  /// (1/n) * sum of w; 1 without weights. Far from 1 means a poor proposal.
  double mean_weight() const { return tail_probability_from(0); }

 private:
  Rows<double> values_;
  Rows<double> weights_;       // by rank; empty without weights
  Rows<double> tail_weights_;  // [r] = sum of weights_[r..n-1], size n + 1; empty without weights
  std::shared_ptr<const RankedValues> elsewhere_;
};

/// What can be told from the weights of n paths alone.
struct WeightSummary {
  Estimate mean;          ///< of w; far from 1 means a poor proposal
  double effective_size;  ///< (sum w)^2 / sum w^2, in [1, n] (Kong 1992)
  double largest_share;   ///< max w / sum w, in [1/n, 1]
};
/// Throws InvalidInput if there are none. O(n).
WeightSummary summarise_weights(std::span<const double> weights);

/// The mean, self-normalised: sum wL / sum w, with the standard error of a ratio estimator
/// (delta method; Owen, "Monte Carlo theory, methods and examples", ch. 9). O(n).
Estimate mean(const SortedSample& sample);

}  // namespace hedgerow::measure
