#include "models/assess/assess.hpp"

#include <algorithm>
#include <chrono>

#include "engine/measure/dominance.hpp"
#include "models/assess/limits.hpp"
#include "models/assess/parameter_uncertainty.hpp"
#include "models/assess/paths/joint_blocks.hpp"
#include "models/assess/paths/played_study.hpp"
#include "models/assess/sampling/importance_pilot.hpp"
#include "models/assess/summary.hpp"
#include "models/assess/tail_replay.hpp"

namespace hedgerow::models {

Assessment assess(const PlayedStudy& played, const AssessOptions& options) {
  const Scenario& scenario = played.scenario();
  const PlayedPaths& paths = played.paths();
  const OutputSettings& outputs = played.study().outputs;
  Assessment assessment;
  assessment.paths = played.all_paths();
  assessment.sampling = played.sampling();
  assessment.complete = played.complete();
  assessment.precision = played.precision();
  summarise_market(scenario, paths.calendar(), paths.tally().market, assessment);
  const DrawnPaths drawn = played.drawn();
  const std::vector<double> no_levels;
  std::vector<Attribution> attributions = attribute(
      played.simulation(), paths, played.store(), drawn,
      options.replay_tails ? outputs.expected_shortfall : no_levels, options.replay_tails, options.threads);
  for (const StrategyId s : scenario.strategies.keys()) {
    assessment.strategies.push_back(
        summarise_strategy(played.simulation(), paths, s, played.store(), drawn, outputs, options.threads));
    assessment.strategies.back().attribution = std::move(attributions[s.value]);
  }
  assessment.comparisons = compare(scenario, paths, played.store(), drawn, outputs);
  assessment.limits = check_limits(played.study().limits, assessment);
  return assessment;
}

Assessment assess(const Study& study, const AssessOptions& options) {
  return assess(PlayedStudy(study, options), options);
}

double seconds_needed(const Study& study, unsigned threads) {
  using Clock = std::chrono::steady_clock;
  constexpr std::uint64_t warm_up = 8, most = 256;
  constexpr std::chrono::duration<double> enough{0.010};
  const Scenario scenario(study.scenario);
  const Simulation simulation(scenario, study.simulation.seed);
  const auto play = [&](std::uint64_t paths) {
    PlayedPaths played(simulation, paths, study.outputs);
    played.play_up_to(paths, {1, nullptr, {}});
  };
  play(warm_up);
  std::chrono::duration<double> taken{0.0};
  std::uint64_t paths = 0;
  for (std::uint64_t next = 32; paths < most && taken < enough; next = paths) {
    const auto start = Clock::now();
    play(next);
    taken += Clock::now() - start;
    paths += next;
  }
  return taken.count() * static_cast<double>(study.simulation.paths + split_paths(study)) /
         static_cast<double>(paths) / run::effective_threads(threads);
}

namespace {

bool may_mix(const Study& study) {
  const Sampling sampling = study.simulation.sampling;
  return sampling == Sampling::importance || sampling == Sampling::automatic;
}

/// What a mixture needs by path beside its nominal part, which is half of the paths: the columns of the
/// others and all weights; while a strategy is summarised, each column of it may be sorted with its weights,
/// and while two are compared, theirs are.
double mixture_bytes(const Study& study) {
  double tilted = 0.0, largest = 0.0;
  for (const auto& [name, strategy] : study.scenario.strategies) {
    const auto width =
        static_cast<double>(TiltedPaths::width(study.scenario.horizon, strategy, study.outputs));
    tilted += width;
    largest = std::max(largest, width);
  }
  constexpr double sorted = 6.0;  // a copy, its weights, pairs of both, and values, weights and sums by rank
  return (1.0 - nominal_share) * tilted + sizeof(double) + sorted * std::max(largest, 2.0 * sizeof(double));
}

/// What the split of parameter uncertainty needs by path while the study's columns are kept: its own, and the
/// values of one of them by group.
double split_bytes(const Study& study) {
  if (split_paths(study) == 0) return 0.0;
  double kept = 0.0;
  for (const auto& [name, strategy] : study.scenario.strategies)
    kept +=
        static_cast<double>(Columns::width(study.scenario.horizon, strategy, split_outputs(study.outputs)));
  return kept + 2.0 * sizeof(double);
}

/// What comparing takes by path: two total costs are sorted, and their paths ordered for dominance.
double compared_bytes(const Study& study) {
  return study.scenario.strategies.size() > 1 ? 2.0 * sizeof(double) + measure::dominance_bytes : 0.0;
}

double tail_bytes(const Study& study) {
  return static_cast<double>(study.scenario.strategies.size()) *
         TailTally::bytes(study.scenario.providers.size(), study.simulation.paths, study.outputs);
}

}  // namespace

double memory_needed(const Study& study) {
  double kept = 0.0, largest = 0.0;
  for (const auto& [name, strategy] : study.scenario.strategies) {
    const auto width = static_cast<double>(Columns::width(study.scenario.horizon, strategy, study.outputs));
    kept += width;
    largest = std::max(largest, width);
  }
  const double tails = tail_bytes(study);
  // While one strategy is summarised every sorted column of it may be alive, each beside its copy.
  const double plain = kept + std::max({2.0 * largest, compared_bytes(study), split_bytes(study)});
  const double mixed = may_mix(study) ? nominal_share * plain + mixture_bytes(study) : 0.0;
  const bool is_mixed = study.simulation.sampling == Sampling::importance;
  return tails + static_cast<double>(study.simulation.paths) * (is_mixed ? mixed : std::max(plain, mixed));
}

namespace {

/// Counts what is written to it.
class NumberCount : public NumberWriter {
 public:
  void pass(std::span<const double> values) override { count += values.size(); }
  void pass(std::span<const std::uint64_t> values) override { count += values.size(); }
  std::size_t count = 0;
};

/// What the sums of a block take.
double block_bytes(const Study& study) {
  const Scenario scenario(study.scenario);
  NumberCount numbers;
  write_numbers(numbers, Tally(scenario, Calendar(scenario.horizon), {}));
  return static_cast<double>(sizeof(double) * numbers.count);
}

double paths_at_most(const Study& study, const Shard& shard) {
  return static_cast<double>(study.simulation.paths) / shard.count + run::block_paths;
}

}  // namespace

double memory_beside_rows(const Study& study) { return tail_bytes(study); }

double memory_beside_rows(const Study& study, const Shard& shard) {
  const std::uint64_t all = study.simulation.paths;
  const double paths = paths_at_most(study, shard);
  const std::size_t providers = study.scenario.providers.size();
  const double tails =
      std::min(paths * TailTally::width(providers), TailTally::bytes(providers, all, study.outputs));
  return static_cast<double>(study.scenario.strategies.size()) * tails +
         paths / run::block_paths * block_bytes(study);
}

double memory_needed(const Study& study, const Shard& shard) {
  double row = sizeof(double);  // of weights, in case
  for (const auto& [name, strategy] : study.scenario.strategies)
    row += static_cast<double>(Columns::width(study.scenario.horizon, strategy, study.outputs));
  return memory_beside_rows(study, shard) + paths_at_most(study, shard) * row;
}

namespace {

/// What a rank keeps of blocks that it plays again until the ranks before it are done: the sums of replayed
/// tails, or of what parameter uncertainty plays.
double waiting_bytes(const Study& study, const Shard& shard) {
  if (shard.index == 1) return 0.0;
  const Scenario scenario(study.scenario);
  NumberCount numbers;
  write_numbers(numbers, SplitSums(SplitLayout(scenario), study.outputs.expected_shortfall.size()));
  const double block = static_cast<double>(study.scenario.strategies.size() * sizeof(double) * numbers.count);
  const double paths = paths_at_most(study, shard);
  const double replayed =
      block * std::min(static_cast<double>(waiting_blocks), paths / TailReplay::block_paths);
  const double split = split_paths(study) > 0 ? paths / run::block_paths * block_bytes(study) : 0.0;
  return std::max(replayed, split);
}

}  // namespace

double memory_beside_rows_by_rank(const Study& study, const Shard& shard) {
  if (may_mix(study)) return shard.index == 1 ? memory_beside_rows(study) : memory_beside_rows(study, shard);
  return memory_beside_rows(study, shard) + waiting_bytes(study, shard);
}

double memory_needed_by_rank(const Study& study, const Shard& shard) {
  if (may_mix(study)) return shard.index == 1 ? memory_needed(study) : memory_needed(study, shard);
  // Beside the shard one of: the longest column that is sorted, all years of it, beside a copy; two
  // strategies that are compared; and what parameter uncertainty plays.
  const double sorted = 2.0 * sizeof(double) * std::max(1.0, study.scenario.horizon.months / 12.0);
  return memory_needed(study, shard) + waiting_bytes(study, shard) +
         paths_at_most(study, shard) * std::max({sorted, compared_bytes(study), split_bytes(study)});
}

}  // namespace hedgerow::models
