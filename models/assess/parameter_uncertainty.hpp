#pragma once
// How much of what a study cannot tell is owed to parameters that the data leave open, and not to chance: no
// number of paths lessens it (law of total variance; docs/model/outages.md).

#include <optional>
#include <vector>

#include "engine/ranks/communicator.hpp"
#include "models/assess/assess.hpp"

namespace hedgerow::models {

/// Paths are played in so many groups, each with one draw of the parameters.
inline constexpr std::uint32_t split_groups = 32;

/// What the posteriors leave open of a number of the total cost.
struct OpenNumber {
  MeasureStatistic number;
  /// Standard deviation of the number over the posteriors [money] >= 0: that over the groups less the part
  /// that is the error of their few paths. Missing where these cannot tell the error.
  std::optional<double> sd;
};

struct ParameterUncertainty {
  std::uint64_t paths_by_group;
  /// Var(E[total cost | parameters]) / Var(total cost), 0..1, with the error of few groups (jackknife). Its
  /// square root is the correlation of the cost with what is expected of it given the parameters.
  measure::Estimate variance_share;
  std::vector<OpenNumber> numbers;  ///< mean, percentiles, expected shortfalls
};

/// What a column of costs says, path i being in group i modulo split_groups.
/// `infinite_variance`: of an outage law; then expected shortfalls have no error. Throws InvalidInput for
/// fewer than two values by group.
ParameterUncertainty split_uncertainty(std::span<const double> total_cost, const OutputSettings& outputs,
                                       bool infinite_variance);

/// Paths that the split takes beside the study's, about as many; 0 where it is not asked for, where nothing
/// has a posterior, or where the study's are fewer than two by group.
std::uint64_t split_paths(const Study& study);

/// What is kept of them: the total cost.
OutputSettings split_outputs(OutputSettings outputs);

/// One by strategy, from `split_paths`; none where these are none, or after a cancellation. Tells its
/// progress as a batch that follows the study's paths. Collective where there are others, which share the
/// work; rank 0 gets the answer.
std::vector<ParameterUncertainty> parameter_uncertainty(const Study& study, const AssessOptions& options,
                                                        ranks::Communicator* others = nullptr);

}  // namespace hedgerow::models
