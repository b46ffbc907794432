#include "models/assess/parameter_uncertainty.hpp"

#include <algorithm>
#include <cmath>

#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/moments.hpp"
#include "engine/measure/quantile.hpp"
#include "models/assess/columns/spread_columns.hpp"
#include "models/assess/paths/joint_blocks.hpp"
#include "models/assess/paths/played_paths.hpp"
#include "models/assess/summary.hpp"

namespace hedgerow::models {
namespace {

using measure::Estimate;
using measure::Moments;
using Kind = MeasureStatistic::Kind;

struct Group {
  measure::SortedSample sample;
  Moments moments;
};

std::vector<Group> groups_of(std::span<const double> column) {
  std::vector<Group> groups;
  for (std::size_t g = 0; g < split_groups; ++g) {
    std::vector<double> values;
    Moments moments;
    for (std::size_t i = g; i < column.size(); i += split_groups) {
      values.push_back(column[i]);
      moments.add(column[i]);
    }
    groups.push_back({measure::SortedSample(values), moments});
  }
  return groups;
}

/// What is left of the variance over groups once the error of each is taken off; may come out below 0.
double variance_beyond_error(const Moments& values, const Moments& error_variances) {
  return values.variance().value_or(0.0) - error_variances.mean;
}

/// The part of the variance that lies between groups, of all groups but one.
double variance_share(const std::vector<Group>& groups, std::size_t left_out) {
  Moments means, errors, within;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (g == left_out) continue;
    means.add(groups[g].moments.mean);
    errors.add(std::pow(*groups[g].moments.standard_error(), 2));
    within.add(*groups[g].moments.variance());
  }
  const double between = variance_beyond_error(means, errors);
  const double all = between + within.mean;
  return all > 0.0 ? between / all : 0.0;
}

/// With the error that leaving out one group after the other shows (Tukey 1958).
Estimate variance_share(const std::vector<Group>& groups) {
  Moments shares;
  for (std::size_t g = 0; g < groups.size(); ++g) shares.add(variance_share(groups, g));
  const auto n = static_cast<double>(groups.size());
  return {std::max(0.0, variance_share(groups, groups.size())), std::sqrt(shares.m2 * (n - 1.0) / n)};
}

Estimate percentile(const measure::SortedSample& sample, double level) {
  const auto [lower, upper] = measure::quantile_interval(sample, level);
  Estimate estimate{measure::quantile(sample, level), std::nullopt};
  if (lower && upper) estimate.standard_error = (*upper - *lower) / (2.0 * measure::two_sided_normal(0.95));
  return estimate;
}

/// The spread of what `read` makes of each group.
template <class Read>
std::optional<double> spread(const std::vector<Group>& groups, Read read) {
  Moments values, error_variances;
  for (const Group& group : groups) {
    const Estimate estimate = read(group);
    if (!estimate.standard_error) return std::nullopt;
    values.add(estimate.value);
    error_variances.add(*estimate.standard_error * *estimate.standard_error);
  }
  return std::sqrt(std::max(0.0, variance_beyond_error(values, error_variances)));
}

ParameterUncertainty split_uncertainty_of(const std::vector<Group>& groups, const OutputSettings& outputs,
                                          bool infinite_variance) {
  const std::string name(MeasureName::total_cost);
  ParameterUncertainty all{groups.front().sample.size(), variance_share(groups), {}};
  all.numbers.push_back(
      {{name, Kind::mean, 0.0}, spread(groups, [](const Group& g) { return g.moments.estimate(); })});
  for (const double level : outputs.percentiles)
    all.numbers.push_back({{name, Kind::percentile, level},
                           spread(groups, [&](const Group& g) { return percentile(g.sample, level); })});
  for (const double level : outputs.expected_shortfall)
    all.numbers.push_back({{name, Kind::expected_shortfall, level}, spread(groups, [&](const Group& g) {
                             return measure::expected_shortfall(g.sample, level, {infinite_variance});
                           })});
  return all;
}

std::vector<Group> groups_of(const ColumnStore& store, StrategyId strategy) {
  std::vector<Group> groups;
  for (std::size_t g = 0; g < split_groups; ++g) {
    ColumnMoments sums{{ColumnKind::parameter_group, strategy, g}};
    store.add(sums);
    groups.push_back({store.sample(sums.column), sums.moments});
  }
  return groups;
}

std::vector<ParameterUncertainty> split_uncertainties(const ColumnStore& store, const Scenario& scenario,
                                                      const OutputSettings& outputs) {
  std::vector<ParameterUncertainty> all;
  for (const StrategyId s : scenario.strategies.keys())
    all.push_back(split_uncertainty_of(groups_of(store, s), outputs, infinite_variance(scenario, s)));
  return all;
}

}  // namespace

ParameterUncertainty split_uncertainty(std::span<const double> total_cost, const OutputSettings& outputs,
                                       bool infinite_variance) {
  validate(total_cost.size() >= 2 * split_groups,
           "parameter uncertainty cannot be told from so few paths (at least 64 are needed)");
  return split_uncertainty_of(groups_of(total_cost), outputs, infinite_variance);
}

std::uint64_t split_paths(const Study& study) {
  if (!study.outputs.parameter_uncertainty) return 0;
  const Scenario scenario(study.scenario);
  const bool any = std::any_of(scenario.entities.begin(), scenario.entities.end(),
                               [](const OutageEntity& entity) { return has_posterior(entity); });
  const std::uint64_t by_group = study.simulation.paths / split_groups;
  return any && by_group >= 2 ? split_groups * by_group : 0;
}

OutputSettings split_outputs(OutputSettings outputs) {
  outputs.percentiles_of = {Detail::total_cost};
  outputs.expected_shortfall.clear();  // of which the paths of tails would be kept for an attribution
  return outputs;
}

std::vector<ParameterUncertainty> parameter_uncertainty(const Study& study, const AssessOptions& options,
                                                        ranks::Communicator* others) {
  const std::uint64_t paths = split_paths(study), before = study.simulation.paths;
  if (paths == 0) return {};
  const Scenario scenario(study.scenario);
  const Simulation simulation(scenario, study.simulation.seed, {nullptr, 0, split_groups});
  const run::Block ours = dealt(paths, run::block_paths, others);
  PlayedPaths played(simulation, paths, split_outputs(study.outputs), ours.first);
  const auto progress = [&](std::uint64_t done) {
    if (options.progress) options.progress(before + done, before + paths);
  };
  const bool done = played.play_up_to(ours.last, {options.threads, options.cancellation, progress});
  if (!on_all(done, others)) return {};
  if (others == nullptr) return split_uncertainties(LocalColumns(played), scenario, study.outputs);
  if (others->rank() > 0) {
    serve(played, *others);
    return {};
  }
  SpreadColumns store(played, *others);
  std::vector<ParameterUncertainty> all = split_uncertainties(store, scenario, study.outputs);
  store.release();
  return all;
}

}  // namespace hedgerow::models
