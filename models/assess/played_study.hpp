#pragma once
// A study with its paths played: as many as it asks for, or as its precision takes.

#include <optional>
#include <vector>

#include "models/assess/assess.hpp"
#include "models/assess/played_paths.hpp"
#include "models/assess/reading.hpp"
#include "models/assess/sampling_choice.hpp"
#include "models/assess/stopping.hpp"

namespace hedgerow::models {

class PlayedStudy {
 public:
  /// Chooses how to draw the paths, and plays them. `study` outlives this object. Throws InvalidInput where
  /// the scenario contradicts itself, and Stopped after a cancellation before the first block was finished.
  PlayedStudy(const Study& study, const AssessOptions& options);
  PlayedStudy(const PlayedStudy&) = delete;  // its parts refer to each other
  PlayedStudy& operator=(const PlayedStudy&) = delete;

  const Study& study() const { return study_; }
  const Scenario& scenario() const { return scenario_; }
  const Simulation& simulation() const { return simulation_; }
  const PlayedPaths& paths() const { return paths_; }  ///< of a mixture: the nominal ones
  DrawnPaths drawn() const;
  SamplingReport sampling() const;
  std::uint64_t all_paths() const { return paths_.paths() + (tilted_ ? tilted_->paths() : 0); }
  bool complete() const { return complete_; }  ///< false after a cancellation
  const std::optional<PrecisionResult>& precision() const { return precision_; }

 private:
  bool play(const AssessOptions& options);
  bool play_up_to(std::uint64_t paths, const AssessOptions& options);
  std::vector<UnmetOutput> unmet(unsigned threads) const;

  const Study& study_;
  Scenario scenario_;
  SamplingChoice choice_;
  Simulation simulation_;
  PlayedPaths paths_;
  std::optional<TiltedPaths> tilted_;
  bool complete_ = true;
  std::optional<PrecisionResult> precision_;
};

}  // namespace hedgerow::models
