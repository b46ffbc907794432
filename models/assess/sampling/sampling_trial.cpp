#include "models/assess/sampling/sampling_trial.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/moments.hpp"
#include "engine/measure/quantile.hpp"
#include "engine/measure/replicated.hpp"
#include "models/assess/paths/played_paths.hpp"
#include "models/assess/sampling/importance_pilot.hpp"

namespace hedgerow::models {
namespace {

constexpr std::uint32_t replicates = 32;
constexpr std::uint64_t trial_paths = replicates * 64;
/// Fewer of the trial's paths in a tail tell nothing of it.
constexpr double fewest_beyond = 20.0;

/// Averages logarithms.
class GeometricMean {
 public:
  void add(double x) {
    sum_ += std::log(x);
    ++count_;
  }
  double value() const { return count_ == 0 ? 1.0 : std::exp(sum_ / count_); }

 private:
  double sum_ = 0.0;
  int count_ = 0;
};

/// How much less the mean of f varies over replicates than over independent values.
template <class F>
double gain(std::span<const double> column, F f) {
  measure::Moments independent;
  measure::ReplicateMeans means(replicates);
  for (std::size_t i = 0; i < column.size(); ++i) {
    independent.add(f(column[i]));
    means.add(f(column[i]));
  }
  const double plain = independent.standard_error().value_or(0.0);
  const double spread = means.estimate().standard_error.value_or(0.0);
  return plain > 0.0 && spread > 0.0 ? plain * plain / (spread * spread) : 1.0;
}

bool is_tried(double level, std::size_t paths) {
  return std::min(level, 1.0 - level) * static_cast<double>(paths) >= fewest_beyond;
}

double worth_of_sobol(const Scenario& scenario, const Study& study, unsigned threads) {
  OutputSettings outputs = study.outputs;
  outputs.percentiles_of = {Detail::total_cost};
  const Simulation simulation(scenario, ~study.simulation.seed, {nullptr, replicates});
  PlayedPaths played(simulation, trial_paths, outputs);
  played.play_up_to(trial_paths, {threads, nullptr, {}});
  GeometricMean worth;
  for (const Columns& columns : played.columns()) {
    const std::span<const double> column = columns.total_cost;
    const measure::SortedSample sample(column);
    worth.add(gain(column, [](double x) { return x; }));
    for (const double level : outputs.percentiles) {
      const double q = measure::quantile(sample, level);
      worth.add(is_tried(level, column.size()) ? gain(column, [&](double x) { return x > q ? 1.0 : 0.0; })
                                               : 1.0);
    }
    for (const double level : outputs.expected_shortfall) {
      const measure::Shortfall shortfall = measure::shortfall(sample, level);
      worth.add(is_tried(level, column.size())
                    ? gain(column, [&](double x) { return shortfall.influence(x); })
                    : 1.0);
    }
  }
  return worth.value();
}

/// A number that the mixture does not tell has the nominal part of the paths alone.
double worth_of(const ImportancePlan& plan, const OutputSettings& outputs) {
  GeometricMean worth;
  const auto add = [&](NumberKind kind, double level) {
    const auto use = std::find_if(plan.uses.begin(), plan.uses.end(), [&](const MixtureUse& candidate) {
      return candidate.measure == 0 && candidate.kind == kind && candidate.level == level;
    });
    worth.add(use == plan.uses.end() ? nominal_share : use->gain);
  };
  worth.add(nominal_share);  // the mean
  for (const double level : outputs.percentiles) add(NumberKind::percentile, level);
  for (const double level : outputs.expected_shortfall) add(NumberKind::expected_shortfall, level);
  return worth.value();
}

}  // namespace

Sampling SamplingTrial::best() const {
  const double mixture = importance.value_or(0.0);
  if (std::max(mixture, sobol) < least_worth) return Sampling::plain;
  return mixture > sobol ? Sampling::importance : Sampling::sobol;
}

std::string SamplingTrial::reason() const {
  const std::string mixture = importance ? fmt::format("by importance sampling {:.2g}", *importance)
                                         : "importance sampling has nothing to sharpen";
  return fmt::format("in a pilot a path was worth so many plain ones: {}, of Sobol points {:.2g}", mixture,
                     sobol);
}

SamplingTrial try_sampling(const Scenario& scenario, const Study& study,
                           const std::optional<ImportancePlan>& plan, unsigned threads) {
  SamplingTrial trial;
  if (plan) trial.importance = worth_of(*plan, study.outputs);
  trial.sobol = worth_of_sobol(scenario, study, threads);
  trial.paths = trial_paths;
  return trial;
}

}  // namespace hedgerow::models
