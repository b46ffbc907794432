#include "engine/measure/cross_moments.hpp"

#include <algorithm>
#include <cmath>

namespace hedgerow::measure {

// Welford's update and the pairwise merge of Chan, Golub & LeVeque (1983), as in Moments, for vectors.

void CrossMoments::add(std::span<const double> row) {
  validate(row.size() == mean_.size(), "a row has another number of columns than those before it");
  ++count_;
  const std::size_t columns = mean_.size();
  const double n = static_cast<double>(count_);
  for (std::size_t j = 0; j < columns; ++j) {
    deviation_[j] = row[j] - mean_[j];
    mean_[j] += deviation_[j] / n;
  }
  for (std::size_t i = 0; i < columns; ++i)
    for (std::size_t j = 0; j < columns; ++j)
      comoment_[i * columns + j] += deviation_[i] * deviation_[j] * ((n - 1.0) / n);
}

void CrossMoments::merge(const CrossMoments& other) {
  validate(other.mean_.size() == mean_.size(), "rows with another number of columns cannot be merged");
  if (other.count_ == 0) return;
  const std::size_t columns = mean_.size();
  const double ours = static_cast<double>(count_), theirs = static_cast<double>(other.count_);
  for (std::size_t j = 0; j < columns; ++j) deviation_[j] = other.mean_[j] - mean_[j];
  for (std::size_t i = 0; i < columns; ++i)
    for (std::size_t j = 0; j < columns; ++j)
      comoment_[i * columns + j] += other.comoment_[i * columns + j] +
                                    deviation_[i] * deviation_[j] * (ours * theirs / (ours + theirs));
  for (std::size_t j = 0; j < columns; ++j) mean_[j] += deviation_[j] * (theirs / (ours + theirs));
  count_ += other.count_;
}

Estimate CrossMoments::at(std::size_t column) const {
  std::vector<double> weights(mean_.size(), 0.0);
  weights.at(column) = 1.0;
  return {mean_[column], error_along(weights)};
}

std::optional<double> CrossMoments::error_along(std::span<const double> weights) const {
  validate(weights.size() == mean_.size(), "one weight by column is needed");
  if (count_ < 2) return std::nullopt;
  const std::size_t columns = mean_.size();
  double variance = 0.0;
  for (std::size_t i = 0; i < columns; ++i)
    for (std::size_t j = 0; j < columns; ++j)
      variance += weights[i] * weights[j] * comoment_[i * columns + j];
  const double n = static_cast<double>(count_);
  return std::sqrt(std::max(0.0, variance) / (n - 1.0) / n);
}

}  // namespace hedgerow::measure
