#include "models/assess/tilted_paths.hpp"

namespace hedgerow::models {
namespace {

/// Of the columns of a run those that a mixture can sharpen.
OutputSettings kept(const OutputSettings& outputs) {
  OutputSettings kept = outputs;
  kept.percentiles_of = {Detail::total_cost};
  if (outputs.tell(Detail::components)) kept.percentiles_of.push_back(Detail::components);
  return kept;
}

}  // namespace

TiltedPaths::TiltedPaths(const Simulation& simulation, const OutputSettings& outputs)
    : simulation_(simulation), calendar_(simulation.scenario().horizon) {
  for (const Strategy& strategy : simulation.scenario().strategies)
    columns_.emplace_back(simulation.scenario(), strategy, kept(outputs));
}

bool TiltedPaths::play_up_to(std::uint64_t paths, const PlayOptions& options) {
  resize(paths);
  paths_ = run::run_blocks(
      run_options(paths_, paths, options),
      [&](run::Block block) {
        World world;
        Outcome outcome;
        for (std::uint64_t i = block.first; i < block.last; ++i) {
          simulation_.sample(number(i), world);
          weights_[i] = world.outages.weight;
          for (std::size_t s = 0; s < columns_.size(); ++s) {
            simulation_.evaluate(world, StrategyId(s), outcome);
            columns_[s].write(i, outcome, calendar_.whole_years);
          }
        }
        return std::make_unique<run::BlockResult>();
      },
      [](run::BlockResult&) {});
  if (paths_ == paths) return true;
  resize(paths_);
  return false;
}

void TiltedPaths::resize(std::uint64_t paths) {
  weights_.resize(paths);
  for (Columns& of : columns_) of.resize(paths, calendar_.years, calendar_.whole_years);
}

std::size_t TiltedPaths::width(const Horizon& horizon, const StrategyInput& strategy,
                               const OutputSettings& outputs) {
  return Columns::width(horizon, strategy, kept(outputs));
}

}  // namespace hedgerow::models
