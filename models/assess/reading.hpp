#pragma once
// What is read off the kept columns: percentiles, tails and means, each with the error that fits how the
// paths were drawn.

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/rows.hpp"
#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/sample.hpp"
#include "models/assess/assessment.hpp"
#include "models/assess/sampling.hpp"
#include "models/assess/tilted_paths.hpp"

namespace hedgerow::models {

/// How a run's paths were drawn, and its tilted paths if it has any.
struct DrawnPaths {
  std::uint32_t replicates = 0;             ///< of Sobol points; 0: independent paths
  const ImportancePlan* plan = nullptr;     ///< null: no mixture
  const TiltedPaths* tilted = nullptr;      ///< with a plan
  std::span<const double> nominal_weights;  ///< with a plan

  /// Likelihood ratios of all paths of the mixture, the nominal ones first.
  Rows<double> weights() const;
};

/// One column of one strategy over all its paths.
class ColumnReading {
 public:
  /// A column in order of value, and in the order of the paths: that is asked for only where paths are Sobol
  /// points or of a mixture, and outlives this object, as `drawn` does. `measure`: of which a mixture has
  /// columns as well; nothing: none.
  ColumnReading(measure::SortedSample sample, std::span<const double> column, const DrawnPaths& drawn,
                StrategyId strategy, std::optional<MeasureIndex> measure);

  /// The column as it stands, in order: of the nominal paths only.
  const measure::SortedSample& sample() const { return sample_; }

  /// Standard error of the mean of Sobol points.
  std::optional<double> replicated_error() const;

  Percentile percentile(double level) const;
  std::vector<Percentile> percentiles(const std::vector<double>& levels) const;
  /// Without an error where `refuse_error`, or where too few paths are in the tail.
  TailMean tail_mean(double level, bool refuse_error) const;

  /// Whether the number at this level is told from the mixture.
  bool uses_mixture(MeasureStatistic::Kind kind, double level) const;
  /// All paths of the mixture in order of value; of the nominal part alone where no number uses it.
  const measure::SortedSample& mixture() const;
  /// The same in the order of the paths, the nominal ones first.
  Rows<double> mixture_column() const;

 private:
  std::span<const double> column_;
  const DrawnPaths& drawn_;
  StrategyId strategy_;
  std::optional<MeasureIndex> measure_;
  measure::SortedSample sample_;
  mutable std::unique_ptr<const measure::SortedSample> mixture_;  ///< sorted when first asked for
};

/// The columns of a measure.
std::span<const double> column_of(const Columns& columns, MeasureIndex measure);

}  // namespace hedgerow::models
