#pragma once
// A study with its paths played: as many as it asks for, or as its precision takes.

#include <optional>
#include <vector>

#include "models/assess/assess.hpp"
#include "models/assess/played_paths.hpp"
#include "models/assess/stopping.hpp"

namespace hedgerow::models {

class PlayedStudy {
 public:
  /// Plays the paths. `study` outlives this object. Throws InvalidInput where the scenario contradicts
  /// itself, and Stopped after a cancellation before the first block was finished.
  PlayedStudy(const Study& study, const AssessOptions& options);
  PlayedStudy(const PlayedStudy&) = delete;  // its parts refer to each other
  PlayedStudy& operator=(const PlayedStudy&) = delete;

  const Study& study() const { return study_; }
  const Scenario& scenario() const { return scenario_; }
  const Simulation& simulation() const { return simulation_; }
  const PlayedPaths& paths() const { return paths_; }
  bool complete() const { return complete_; }  ///< false after a cancellation
  const std::optional<PrecisionResult>& precision() const { return precision_; }

 private:
  bool play(const AssessOptions& options);
  std::vector<UnmetOutput> unmet(unsigned threads) const;

  const Study& study_;
  Scenario scenario_;
  Simulation simulation_;
  PlayedPaths paths_;
  bool complete_ = true;
  std::optional<PrecisionResult> precision_;
};

}  // namespace hedgerow::models
