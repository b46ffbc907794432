#include "models/assess/reading.hpp"

#include "engine/measure/quantile.hpp"
#include "engine/measure/replicated.hpp"
#include "models/assess/summary.hpp"

namespace hedgerow::models {

using measure::Estimate;
using measure::Shortfall;
using measure::SortedSample;

std::span<const double> column_of(const Columns& columns, MeasureIndex measure) {
  return measure == 0 ? columns.total_cost : columns.components[measure - 1];
}

Rows<double> DrawnPaths::weights() const {
  Rows<double> all(nominal_weights.begin(), nominal_weights.end());
  all.insert(all.end(), tilted->weights().begin(), tilted->weights().end());
  return all;
}

ColumnReading::ColumnReading(SortedSample sample, std::span<const double> column, const DrawnPaths& drawn,
                             StrategyId strategy, std::optional<MeasureIndex> measure)
    : column_(column), drawn_(drawn), strategy_(strategy), measure_(measure), sample_(std::move(sample)) {}

bool ColumnReading::uses_mixture(NumberKind kind, double level) const {
  return drawn_.plan != nullptr && measure_ && drawn_.plan->uses_mixture(*measure_, kind, level);
}

Rows<double> ColumnReading::mixture_column() const {
  Rows<double> all(column_.begin(), column_.end());
  const std::span<const double> tilted = column_of(drawn_.tilted->columns()[strategy_.value], *measure_);
  all.insert(all.end(), tilted.begin(), tilted.end());
  return all;
}

const SortedSample& ColumnReading::mixture() const {
  if (!mixture_) mixture_ = std::make_unique<const SortedSample>(mixture_column(), drawn_.weights());
  return *mixture_;
}

std::optional<double> ColumnReading::replicated_error() const {
  measure::ReplicateMeans means(drawn_.replicates);
  for (std::size_t i = 0; i < column_.size(); ++i) means.add(i, column_[i]);
  return means.estimate().standard_error;
}

Percentile ColumnReading::percentile(double level) const {
  const SortedSample& from = uses_mixture(NumberKind::percentile, level) ? mixture() : sample_;
  const double value = measure::quantile(from, level);
  if (drawn_.replicates > 0)
    return {level, value, measure::replicated_quantile_interval(column_, sample_, level, drawn_.replicates)};
  return {level, value, measure::quantile_interval(from, level)};
}

std::vector<Percentile> ColumnReading::percentiles(const std::vector<double>& levels) const {
  std::vector<Percentile> all;
  for (const double level : levels) all.push_back(percentile(level));
  return all;
}

TailMean ColumnReading::tail_mean(double level, bool refuse_error) const {
  const bool mixed = uses_mixture(NumberKind::expected_shortfall, level);
  const bool refused = refuse_error || (!mixed && too_few_in_tail(sample_.size(), level));
  Estimate estimate;
  if (drawn_.replicates > 0) {
    estimate = measure::replicated_shortfall(column_, measure::shortfall(sample_, level), drawn_.replicates);
    if (refused) estimate.standard_error.reset();
  } else {
    estimate =
        measure::expected_shortfall(mixed ? mixture() : sample_, level, {.infinite_variance = refused});
  }
  return {level, estimate, measure::normal_interval(estimate)};
}

}  // namespace hedgerow::models
