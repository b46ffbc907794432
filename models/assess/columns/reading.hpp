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
#include "models/assess/columns/column_store.hpp"
#include "models/assess/paths/tilted_paths.hpp"
#include "models/assess/sampling/sampling.hpp"

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
  /// Of a study. Arguments outlive this object; all rows of a mixture are in `paths`.
  ColumnReading(const ColumnStore& store, const PlayedPaths& paths, const ColumnId& id,
                const DrawnPaths& drawn);
  /// Of independent paths. Throws InvalidInput where there are none, or a value is not finite.
  explicit ColumnReading(std::span<const double> column);

  /// The column as it stands, in order: of the nominal paths only.
  const measure::SortedSample& sample() const { return sample_; }

  /// Standard error of the mean of Sobol points.
  std::optional<double> replicated_error() const;

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
  measure::ReplicatedErrors replicated(std::vector<double> quantiles,
                                       std::vector<measure::Shortfall> shortfalls) const;

  DrawnPaths drawn_;
  measure::SortedSample sample_;
  const ColumnStore* store_ = nullptr;
  ColumnId id_ = {};
  std::optional<MeasureIndex> measure_ = {};  ///< of which a mixture has columns as well
  std::span<const double> column_ = {};       ///< of it: in the order of the paths, the nominal ones
  mutable std::unique_ptr<const measure::SortedSample> mixture_;  ///< sorted when first asked for
};

/// The columns of a measure.
std::span<const double> column_of(const Columns& columns, MeasureIndex measure);

}  // namespace hedgerow::models
