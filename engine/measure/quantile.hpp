#pragma once
// Quantiles of a sample and their confidence intervals (docs/model/answers.md).

#include <cstddef>
#include <optional>

#include "engine/measure/estimate.hpp"
#include "engine/measure/sample.hpp"

namespace hedgerow::measure {

/// What the weights are divided by at level `alpha`. The upper tail (alpha >= 1/2) is unnormalised: 1.
/// Below 1/2 the measure lives on the whole sample and is self-normalised: the mean weight.
/// 1 for a sample without weights.
double weight_normaliser(const SortedSample& sample, double alpha);

/// inf{x : (1/n) sum w_i 1{L_i > x} <= probability}, with the probability tolerance, as a rank in 0..n-1;
/// rank 0 when the weights are too small to reach `probability` at all. O(log n).
std::size_t tail_rank(const SortedSample& sample, double probability);

/// The alpha-quantile inf{x : F(x) >= alpha}: the order statistic ceil(n alpha) without weights;
/// with weights as weight_normaliser() says (Glynn 1996, "Importance sampling for Monte Carlo
/// estimation of quantiles"). A value of the sample. Throws InvalidInput unless 0 < alpha < 1. O(log n).
double quantile(const SortedSample& sample, double alpha);

/// Ranks counted from 1, as in the literature; missing where l < 1 or u > n.
struct RankInterval {
  std::optional<std::size_t> lower;
  std::optional<std::size_t> upper;
};

/// The order statistics l = B^{-1}(g/2), u = B^{-1}(1 - g/2) + 1 with B ~ Binomial(n, alpha) and
/// g = 1 - confidence (Scheffe & Tukey 1945; David & Nagaraja 2003, sec. 7.1). [L_l, L_u] covers the
/// quantile with at least `confidence` for independent values of any law, atoms included.
/// Throws InvalidInput unless n >= 1 and 0 < alpha, confidence < 1.
RankInterval order_statistic_ranks(std::size_t n, double alpha, double confidence);

/// The interval from which the tail estimator crosses `probability` -/+ `half_width`, both in units of
/// the sample's own (unnormalised) tail probability. A bound the sample never reaches is missing.
Interval invert_tail(const SortedSample& sample, double probability, double half_width);

/// Confidence interval of the alpha-quantile.
/// Without weights: exact and distribution-free, from order_statistic_ranks(). O(log n).
/// With weights: the tail estimator inverted at (1 - alpha) -/+ z sd(w 1{L > q}) / sqrt(n), asymptotic
/// (Glynn 1996; Chu & Nakayama 2012); O(tail), O(n) below alpha = 1/2. The upper bound is missing when a
/// single observation carries the whole tail. Needs independent values: not for quasi-Monte Carlo points.
/// Throws InvalidInput unless 0 < alpha, confidence < 1.
Interval quantile_interval(const SortedSample& sample, double alpha, double confidence = 0.95);

}  // namespace hedgerow::measure
