#include "models/assess/played_paths.hpp"

namespace hedgerow::models {

Tally::Tally(const Scenario& scenario, const Calendar& calendar, const std::vector<TailTally>& none)
    : market(scenario.providers.size(), calendar.whole_years), tails(none) {
  for (const Strategy& strategy : scenario.strategies)
    strategies.emplace_back(scenario, strategy, calendar.years, calendar.whole_years);
}

void Tally::merge(const Tally& other) {
  market.merge(other.market);
  for (std::size_t s = 0; s < strategies.size(); ++s) {
    strategies[s].merge(other.strategies[s]);
    tails[s].merge(other.tails[s]);
  }
}

run::RunOptions run_options(std::uint64_t first, std::uint64_t paths, const PlayOptions& options) {
  run::RunOptions run;
  run.first = first;
  run.paths = paths;
  run.threads = options.threads;
  run.cancellation = options.cancellation;
  run.progress = options.progress;
  return run;
}

PlayedPaths::PlayedPaths(const Simulation& simulation, std::uint64_t most_paths,
                         const OutputSettings& outputs)
    : simulation_(simulation),
      calendar_(simulation.scenario().horizon),
      no_tails_(simulation.scenario().strategies.size(),
                TailTally(simulation.scenario().providers.size(), most_paths, outputs)),
      tally_(simulation.scenario(), calendar_, no_tails_) {
  for (const Strategy& strategy : simulation.scenario().strategies)
    columns_.emplace_back(simulation.scenario(), strategy, outputs);
}

bool PlayedPaths::play_up_to(std::uint64_t paths, const PlayOptions& options) {
  resize(paths);
  paths_ = run::run_blocks(
      run_options(paths_, paths, options), [&](run::Block block) { return play(block); },
      [&](run::BlockResult& block) { tally_.merge(static_cast<const Tally&>(block)); });
  if (paths_ == paths) return true;
  resize(paths_);
  return false;
}

/// Plays all strategies on the paths of one block.
std::unique_ptr<run::BlockResult> PlayedPaths::play(run::Block block) {
  auto tally = std::make_unique<Tally>(simulation_.scenario(), calendar_, no_tails_);
  World world;
  Outcome outcome;
  for (std::uint64_t path = block.first; path < block.last; ++path) {
    simulation_.sample(path, world);
    tally->market.add(world);
    if (!weights_.empty()) weights_[path] = world.outages.weight;
    for (std::size_t s = 0; s < columns_.size(); ++s) {
      simulation_.evaluate(world, StrategyId(s), outcome);
      columns_[s].write(path, outcome, calendar_.whole_years);
      tally->strategies[s].add(world, outcome);
      tally->tails[s].add(outcome.ledger);
    }
  }
  return tally;
}

void PlayedPaths::resize(std::uint64_t paths) {
  for (Columns& of : columns_) of.resize(paths, calendar_.years, calendar_.whole_years);
  if (simulation_.weighs_paths()) weights_.resize(paths);
}

}  // namespace hedgerow::models
