#include "engine/measure/quantile.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>

#include "engine/measure/moments.hpp"
#include "engine/measure/validation.hpp"

namespace hedgerow::measure {
namespace {

// Smallest k with P(B <= k) >= probability: boost's default would round outwards instead.
using RoundUp = boost::math::policies::policy<
    boost::math::policies::discrete_quantile<boost::math::policies::integer_round_up>>;

std::size_t binomial_quantile(std::size_t n, double alpha, double probability) {
  const boost::math::binomial_distribution<double, RoundUp> counts(static_cast<double>(n), alpha);
  return static_cast<std::size_t>(boost::math::quantile(counts, probability));
}

// sd(w 1{rank >= first}) / sqrt(n), in O(tail).
double tail_standard_error(const SortedSample& sample, std::size_t first) {
  const double n = static_cast<double>(sample.size());
  double squares = 0.0;
  for (std::size_t r = first; r < sample.size(); ++r) squares += sample.weight(r) * sample.weight(r);
  const double probability = sample.tail_probability_from(first);
  return std::sqrt(std::max(0.0, squares / n - probability * probability) / n);
}

// The same for the ratio estimator, in unnormalised units: sd(w (1{rank >= first} - p)) / sqrt(n).
double ratio_standard_error(const SortedSample& sample, std::size_t first, double probability) {
  Moments influence;
  for (std::size_t r = 0; r < sample.size(); ++r)
    influence.add(sample.weight(r) * ((r >= first ? 1.0 : 0.0) - probability));
  return influence.standard_error().value_or(0.0);
}

Interval weighted_interval(const SortedSample& sample, double alpha, double z) {
  const double target = (1.0 - alpha) * weight_normaliser(sample, alpha);
  const double q = quantile(sample, alpha);
  const std::size_t above = sample.count_up_to(q);
  // With nothing above q the spread of the tail can only be read off the atom at q itself.
  const std::size_t first = above < sample.size() ? above : sample.count_below(q);
  const double error =
      alpha < 0.5 ? ratio_standard_error(sample, first, 1.0 - alpha) : tail_standard_error(sample, first);
  Interval interval = invert_tail(sample, target, z * error);
  if (first + 1 == sample.size() && above == sample.size()) interval.upper.reset();
  return interval;
}

}  // namespace

double weight_normaliser(const SortedSample& sample, double alpha) {
  return sample.weighted() && alpha < 0.5 ? sample.mean_weight() : 1.0;
}

std::size_t tail_rank(const SortedSample& sample, double probability) {
  const double allowed = probability + probability_tolerance;
  std::size_t low = 0;
  std::size_t high = sample.size() - 1;  // nothing lies above the last value, so it always qualifies
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (sample.tail_probability_from(middle + 1) <= allowed)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

double quantile(const SortedSample& sample, double alpha) {
  validate_level(alpha);
  return sample.value(tail_rank(sample, (1.0 - alpha) * weight_normaliser(sample, alpha)));
}

RankInterval order_statistic_ranks(std::size_t n, double alpha, double confidence) {
  validate(n >= 1, "the sample is empty (at least one value is needed) run some paths first");
  validate_level(alpha);
  two_sided_normal(confidence);  // for its check of the range
  const double outside = 1.0 - confidence;
  const std::size_t lower = binomial_quantile(n, alpha, 0.5 * outside);
  const std::size_t upper = binomial_quantile(n, alpha, 1.0 - 0.5 * outside) + 1;
  RankInterval ranks;
  if (lower >= 1) ranks.lower = lower;
  if (upper <= n) ranks.upper = upper;
  return ranks;
}

Interval invert_tail(const SortedSample& sample, double probability, double half_width) {
  Interval interval;
  const double highest = probability + half_width;
  const double lowest = probability - half_width;
  if (highest < sample.mean_weight()) interval.lower = sample.value(tail_rank(sample, highest));
  if (lowest > 0.0) interval.upper = sample.value(tail_rank(sample, lowest));
  return interval;
}

Interval quantile_interval(const SortedSample& sample, double alpha, double confidence) {
  validate_level(alpha);
  const double z = two_sided_normal(confidence);
  if (sample.weighted()) return weighted_interval(sample, alpha, z);
  const RankInterval ranks = order_statistic_ranks(sample.size(), alpha, confidence);
  Interval interval;
  if (ranks.lower) interval.lower = sample.value(*ranks.lower - 1);
  if (ranks.upper) interval.upper = sample.value(*ranks.upper - 1);
  return interval;
}

}  // namespace hedgerow::measure
