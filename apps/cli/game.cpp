#include "apps/cli/game.hpp"

#include "models/assess/paths/stopping.hpp"

namespace hedgerow::cli {

Game::Game(const config::LoadedConfig& loaded, const RunOptions& options, ranks::Communicator* communicator)
    : options_(options),
      communicator_(communicator),
      guard_(cancellation_),
      progress_(options.outputs.progress),
      checkpoint_(options.checkpoint, description_of(loaded, options)) {
  const models::SimulationSettings& simulation = loaded.study.simulation;
  const bool in_batches = simulation.precision || options.time_budget;
  if (!options.shard)
    progress_.update(0, in_batches ? models::next_batch(0, simulation.paths) : simulation.paths);
  if (options.time_budget) budget_.emplace(loaded.study, *options.time_budget, options.outputs.threads);
  study_.emplace(loaded.study, options.outputs.threads, options.shard.value_or(models::Shard{}));
}

void Game::play() {
  models::AssessOptions how = this->how();
  how.progress = [&](std::uint64_t done, std::uint64_t paths) {
    progress_.update(done, paths);
    checkpoint_.after_block(*study_);
    if (communicator_ != nullptr && communicator_->asked_to_stop()) cancellation_.request();
  };
  if (budget_) {
    budget_->start_playing(study_->all_paths());
    how.affordable = [&](std::uint64_t done, std::uint64_t paths) { return budget_->affords(done, paths); };
  }
  study_->play(how);
  checkpoint_.save(*study_);
}

models::AssessOptions Game::how() const {
  models::AssessOptions how;
  how.threads = options_.outputs.threads;
  how.cancellation = &cancellation_;
  return how;
}

parts::PartDescription Game::description_of(const config::LoadedConfig& loaded, const RunOptions& options) {
  parts::PartDescription run = parts::describe(loaded);
  run.shards = options.shard.value_or(models::Shard{}).count;
  return run;
}

}  // namespace hedgerow::cli
