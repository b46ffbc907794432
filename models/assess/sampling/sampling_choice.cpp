#include "models/assess/sampling/sampling_choice.hpp"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "models/assess/paths/stopping.hpp"
#include "models/assess/sampling/importance_pilot.hpp"
#include "models/assess/sampling/sampling_trial.hpp"

namespace hedgerow::models {
namespace {

constexpr std::uint32_t fewest_replicates = 32;
/// So that batches of 256 points and more are whole blocks of paths (blocks.hpp).
constexpr std::uint32_t replicates_in_steps_of = 4;
/// Below this a pilot costs more than it can save.
constexpr std::uint64_t least_pilot_paths = 1u << 13;

void take_sobol(SamplingChoice& choice, std::uint64_t paths) {
  const Nets nets = nets_within(paths);
  choice.used = Sampling::sobol;
  choice.replicates = nets.replicates;
  choice.most_paths = nets.replicates * nets.points;
}

void take_importance(SamplingChoice& choice, ImportancePlan plan) {
  choice.used = Sampling::importance;
  choice.plan = std::move(plan);
}

/// Of the ways of drawing paths the one that leaves the widest interval, as a part of its number, least wide.
void choose_by_pilot(SamplingChoice& choice, const Scenario& scenario, const Study& study, unsigned threads) {
  std::optional<ImportancePlan> plan = plan_importance(scenario, study, threads);
  const SamplingTrial trial = try_sampling(scenario, study, plan, threads);
  choice.pilot_paths = trial.paths;
  choice.reason = trial.reason();
  if (trial.best() == Sampling::importance) take_importance(choice, std::move(*plan));
  if (trial.best() == Sampling::sobol) take_sobol(choice, study.simulation.paths);
}

}  // namespace

Nets nets_within(std::uint64_t paths) {
  HEDGEROW_EXPECT(paths >= fewest_replicates);
  const std::uint64_t points = std::bit_floor(paths / fewest_replicates);
  const auto fit = static_cast<std::uint32_t>(paths / points);
  return {fit - fit % replicates_in_steps_of, points};
}

std::uint64_t SamplingChoice::nominal(std::uint64_t paths) const {
  if (!plan) return paths;
  return static_cast<std::uint64_t>(plan->mixture->nominal_share() * static_cast<double>(paths));
}

std::uint64_t SamplingChoice::next_batch(std::uint64_t paths) const {
  if (replicates == 0) return models::next_batch(paths, most_paths);
  constexpr std::uint64_t least_points = 256;
  const std::uint64_t points =
      std::max(least_points, std::bit_ceil((first_batch + replicates - 1) / replicates));
  return std::min(most_paths, paths == 0 ? replicates * points : 2 * paths);
}

SamplingReport SamplingChoice::report() const {
  SamplingReport report;
  report.asked = asked;
  report.used = used;
  report.reason = reason;
  report.replicates = replicates;
  report.pilot_paths = pilot_paths;
  if (!plan) return report;
  report.pilot_paths += plan->pilot_paths;
  report.tilts = plan->tilts;
  report.uses = plan->uses;
  return report;
}

SamplingChoice choose_sampling(const Scenario& scenario, const Study& study, unsigned threads) {
  const std::uint64_t paths = study.simulation.paths;
  validate(paths > 0, "no path is asked for (at least one is needed)");
  SamplingChoice choice;
  choice.asked = study.simulation.sampling;
  choice.most_paths = paths;
  if (choice.asked == Sampling::plain) return choice;
  if (choice.asked == Sampling::sobol) {
    validate(paths >= least_sobol_paths,
             "too few paths for Sobol points (1024 at least) ask for more, or for plain sampling");
    take_sobol(choice, paths);
    return choice;
  }
  if (paths < least_pilot_paths) {
    choice.reason = fmt::format("a pilot does not pay below {} paths", least_pilot_paths);
    return choice;
  }
  if (choice.asked == Sampling::automatic) {
    choose_by_pilot(choice, scenario, study, threads);
    return choice;
  }
  std::optional<ImportancePlan> plan = plan_importance(scenario, study, threads);
  if (plan)
    take_importance(choice, std::move(*plan));
  else
    choice.reason = "no number that is asked for hangs on rare outages";
  return choice;
}

}  // namespace hedgerow::models
