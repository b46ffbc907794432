#include "models/assess/paths/tilted_paths.hpp"

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

TiltedPaths::TiltedPaths(const Simulation& simulation, const OutputSettings& outputs, std::uint64_t first)
    : simulation_(simulation), calendar_(simulation.scenario().horizon), first_(first), paths_(first) {
  for (const Strategy& strategy : simulation.scenario().strategies)
    columns_.emplace_back(simulation.scenario(), strategy, kept(outputs));
}

bool TiltedPaths::play_up_to(std::uint64_t paths, const PlayOptions& options) {
  if (paths_ == paths) return true;
  reserve(paths);
  run::run_blocks(
      run_options(paths_, paths, options),
      [&](run::Block block) {
        World world;
        Outcome outcome;
        LedgerSums sums;
        for (std::uint64_t i = block.first; i < block.last; ++i) {
          simulation_.sample(number(i), world);
          weights_[i - first_] = world.outages.weight;
          for (std::size_t s = 0; s < columns_.size(); ++s) {
            simulation_.evaluate(world, StrategyId(s), outcome);
            sums.add_up(outcome.ledger);
            columns_[s].write(i - first_, outcome, sums, calendar_.whole_years);
          }
        }
        return std::make_unique<run::BlockResult>();
      },
      [](run::BlockResult&) {});
  if (paths_ == paths) return true;
  reserve(paths_);
  return false;
}

void TiltedPaths::write(NumberWriter& to) const {
  Passage<NumberWriter> passage(to);
  for (const Columns& of : columns_)
    Columns::rows(of, 0, paths_ - first_, calendar_.years, calendar_.whole_years, passage);
  write_numbers(to, std::span(weights_).first(paths_ - first_));
}

void TiltedPaths::read(NumberReader& from, std::uint64_t last) {
  const std::uint64_t first = paths_;
  if (weights_.size() < last - first_) reserve(last);
  Passage<NumberReader> passage(from);
  for (Columns& of : columns_)
    Columns::rows(of, first - first_, last - first_, calendar_.years, calendar_.whole_years, passage);
  auto weights = std::span(weights_).subspan(first - first_, last - first);
  read_numbers(from, weights);
  paths_ = last;
  require_same_costs(simulation_, number(first), total_costs_of(columns_, first - first_));
}

void TiltedPaths::reserve(std::uint64_t paths) {
  weights_.resize(paths - first_);
  for (Columns& of : columns_) of.resize(paths - first_, calendar_.years, calendar_.whole_years);
}

std::size_t TiltedPaths::width(const Horizon& horizon, const StrategyInput& strategy,
                               const OutputSettings& outputs) {
  return Columns::width(horizon, strategy, kept(outputs));
}

}  // namespace hedgerow::models
