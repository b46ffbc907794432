#include "engine/measure/sample.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <hwy/contrib/sort/vqsort.h>

#include "engine/base/check.hpp"
#include "engine/measure/moments.hpp"

namespace hedgerow::measure {
namespace {

bool is_finite(double x) { return std::isfinite(x); }

void validate_size(std::size_t values) {
  validate(values > 0, "the sample is empty (at least one value is needed) run some paths first");
}

void validate_values(std::span<const double> values) {
  validate_size(values.size());
  validate(std::all_of(values.begin(), values.end(), is_finite),
           "the sample has a value that is not a number or infinite (all must be finite) "
           "look for the path that made it");
}

void validate_weights(std::span<const double> values, std::span<const double> weights) {
  validate(values.size() == weights.size(),
           "values and weights differ in length (one weight per value) pass equally long columns");
  validate(std::all_of(weights.begin(), weights.end(), [](double w) { return is_finite(w) && w >= 0.0; }),
           "a weight is negative, infinite or not a number (likelihood ratios are finite and >= 0) "
           "check the proposal");
  validate(std::any_of(weights.begin(), weights.end(), [](double w) { return w > 0.0; }),
           "all weights are 0 (one must be positive) check the proposal");
}

/// Highway's vectorised quicksort, chosen for the processor at run time; it pays from some hundred values on.
void sort_ascending(std::span<double> values) {
  constexpr std::size_t worthwhile = 512;
  if (values.size() < worthwhile)
    std::sort(values.begin(), values.end());
  else
    hwy::Sorter()(values.data(), values.size(), hwy::SortAscending());
}

}  // namespace

SortedSample::SortedSample(std::span<const double> values) {
  validate_values(values);
  values_.reserve(values.size());
  for (const double value : values) values_.push_back(value + 0.0);  // -0 becomes 0, which it equals
  sort_ascending(values_);
}

SortedSample::SortedSample(std::span<const double> values, std::span<const double> weights) {
  validate_values(values);
  validate_weights(values, weights);
  const std::size_t n = values.size();
  Rows<std::pair<double, double>> pairs(n);
  for (std::size_t i = 0; i < n; ++i) pairs[i] = {values[i], weights[i]};
  std::sort(pairs.begin(), pairs.end());

  values_.resize(n);
  weights_.resize(n);
  tail_weights_.assign(n + 1, 0.0);
  for (std::size_t r = n; r-- > 0;) {
    values_[r] = pairs[r].first;
    weights_[r] = pairs[r].second;
    tail_weights_[r] = tail_weights_[r + 1] + weights_[r];
  }
}

SortedSample::SortedSample(std::unique_ptr<const RankedValues> elsewhere) : elsewhere_(std::move(elsewhere)) {
  validate_size(elsewhere_->size());
}

std::size_t SortedSample::count_below(double x) const {
  if (elsewhere_) return elsewhere_->count_below(x);
  return static_cast<std::size_t>(std::lower_bound(values_.begin(), values_.end(), x) - values_.begin());
}

std::size_t SortedSample::count_up_to(double x) const {
  if (elsewhere_) return elsewhere_->count_up_to(x);
  return static_cast<std::size_t>(std::upper_bound(values_.begin(), values_.end(), x) - values_.begin());
}

WeightSummary summarise_weights(std::span<const double> weights) {
  Moments moments;
  double sum = 0.0, squares = 0.0;
  for (const double w : weights) {
    moments.add(w);
    sum += w;
    squares += w * w;
  }
  const Estimate mean = moments.estimate();
  return {mean, sum * sum / squares, *std::max_element(weights.begin(), weights.end()) / sum};
}

Estimate mean(const SortedSample& sample) {
  double sum = 0.0;
  for (std::size_t r = 0; r < sample.size(); ++r) sum += sample.weight(r) * sample.value(r);
  const double average = sum / (sample.mean_weight() * static_cast<double>(sample.size()));
  Moments influence;
  for (std::size_t r = 0; r < sample.size(); ++r)
    influence.add(sample.weight(r) * (sample.value(r) - average) / sample.mean_weight());
  return {average, influence.standard_error()};
}

}  // namespace hedgerow::measure
