#pragma once
// The paths of a run on their way to being played, with what surrounds them: progress, checkpoints, a budget
// of time, being asked to stop.

#include <optional>

#include "apps/cli/checkpoint.hpp"
#include "apps/cli/interrupt.hpp"
#include "apps/cli/progress.hpp"
#include "apps/cli/run_options.hpp"
#include "engine/ranks/communicator.hpp"
#include "models/assess/answers.hpp"
#include "models/assess/paths/played_study.hpp"
#include "models/assess/paths/time_budget.hpp"

namespace hedgerow::cli {

class Game {
 public:
  /// All arguments outlive this object. The paths are those of the shard that the options name, or all; with
  /// a communicator other ranks can ask it to stop.
  Game(const config::LoadedConfig& loaded, const RunOptions& options,
       ranks::Communicator* communicator = nullptr);

  /// Takes up the checkpoint, where the run is to go on from it.
  void resume() { checkpoint_.resume(*study_); }
  void play();
  models::Answers answer() { return models::answer(*study_, how()); }
  /// Of a rank other than 0, while that answers.
  void help_to_answer() { models::help_to_answer(*study_, how(), *communicator_); }

  models::PlayedStudy& study() { return *study_; }
  bool asked_to_stop() const { return cancellation_.requested(); }
  double seconds() const { return checkpoint_.seconds(); }

  static parts::PartDescription description_of(const config::LoadedConfig& loaded, const RunOptions& options);

 private:
  models::AssessOptions how() const;

  const RunOptions& options_;
  ranks::Communicator* communicator_;
  run::Cancellation cancellation_;
  const InterruptGuard guard_;
  Progress progress_;
  Checkpoint checkpoint_;
  std::optional<models::TimeBudget> budget_;
  std::optional<models::PlayedStudy> study_;
};

}  // namespace hedgerow::cli
