#include "models/assess/columns/reading.hpp"

#include <utility>

#include "engine/measure/quantile.hpp"
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

ColumnReading::ColumnReading(const ColumnStore& store, const PlayedPaths& paths, const ColumnId& id,
                             const DrawnPaths& drawn)
    : drawn_(drawn), sample_(store.sample(id)), store_(&store), id_(id) {
  if (id.kind == ColumnKind::total_cost) measure_ = 0;
  if (id.kind == ColumnKind::component) measure_ = 1 + id.index;
  if (measure_) column_ = column_of(paths.columns()[id.strategy.value], *measure_);
}

ColumnReading::ColumnReading(std::span<const double> column) : sample_(column) {}

bool ColumnReading::uses_mixture(NumberKind kind, double level) const {
  return drawn_.plan != nullptr && measure_ && drawn_.plan->uses_mixture(*measure_, kind, level);
}

Rows<double> ColumnReading::mixture_column() const {
  Rows<double> all(column_.begin(), column_.end());
  const std::span<const double> tilted = column_of(drawn_.tilted->columns()[id_.strategy.value], *measure_);
  all.insert(all.end(), tilted.begin(), tilted.end());
  return all;
}

const SortedSample& ColumnReading::mixture() const {
  if (!mixture_) mixture_ = std::make_unique<const SortedSample>(mixture_column(), drawn_.weights());
  return *mixture_;
}

measure::ReplicatedErrors ColumnReading::replicated(std::vector<double> quantiles,
                                                    std::vector<Shortfall> shortfalls) const {
  ColumnReplicates sums{id_, {drawn_.replicates, std::move(quantiles), std::move(shortfalls)}};
  store_->add(sums);
  return std::move(sums.errors);
}

std::optional<double> ColumnReading::replicated_error() const { return replicated({}, {}).of_mean(); }

std::vector<Percentile> ColumnReading::percentiles(const std::vector<double>& levels) const {
  std::vector<Percentile> all;
  if (drawn_.replicates > 0) {
    std::vector<double> quantiles;
    for (const double level : levels) quantiles.push_back(measure::quantile(sample_, level));
    const measure::ReplicatedErrors errors = replicated(quantiles, {});
    for (std::size_t i = 0; i < levels.size(); ++i)
      all.push_back({levels[i], quantiles[i], errors.of_quantile(sample_, levels[i], i)});
    return all;
  }
  for (const double level : levels) {
    const SortedSample& from = uses_mixture(NumberKind::percentile, level) ? mixture() : sample_;
    all.push_back({level, measure::quantile(from, level), measure::quantile_interval(from, level)});
  }
  return all;
}

TailMean ColumnReading::tail_mean(double level, bool refuse_error) const {
  const bool mixed = uses_mixture(NumberKind::expected_shortfall, level);
  const bool refused = refuse_error || (!mixed && too_few_in_tail(sample_.size(), level));
  Estimate estimate;
  if (drawn_.replicates > 0) {
    estimate = replicated({}, {measure::shortfall(sample_, level)}).of_shortfall(0);
    if (refused) estimate.standard_error.reset();
  } else {
    estimate =
        measure::expected_shortfall(mixed ? mixture() : sample_, level, {.infinite_variance = refused});
  }
  return {level, estimate, measure::normal_interval(estimate)};
}

}  // namespace hedgerow::models
