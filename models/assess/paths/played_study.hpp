#pragma once
// A study with its paths played: as many as it asks for, or as its precision takes; all of them here, or some
// elsewhere.

#include <optional>
#include <vector>

#include "models/assess/assess.hpp"
#include "models/assess/columns/column_store.hpp"
#include "models/assess/columns/reading.hpp"
#include "models/assess/paths/played_paths.hpp"
#include "models/assess/paths/shard.hpp"
#include "models/assess/paths/stopping.hpp"
#include "models/assess/sampling/sampling_choice.hpp"

namespace hedgerow::models {

class PlayedStudy {
 public:
  /// Chooses how to draw the paths, and plays them. `study` outlives this object. Throws InvalidInput where
  /// the scenario contradicts itself, and Stopped after a cancellation before the first block was finished.
  PlayedStudy(const Study& study, const AssessOptions& options);

  /// Chooses how to draw the paths, of which this shard is to be played, and plays none yet. Throws
  /// InvalidInput as above, and for a shard of a run whose paths only its precision tells.
  PlayedStudy(const Study& study, unsigned threads, const Shard& shard);
  PlayedStudy(const PlayedStudy&) = delete;  // its parts refer to each other
  PlayedStudy& operator=(const PlayedStudy&) = delete;

  /// Plays what is missing. Throws Stopped after a cancellation before the first block of a study was
  /// finished.
  void play(const AssessOptions& options);

  /// What all of the study, or of the shard, consists of; without a precision.
  std::vector<PathRange> wanted() const;
  /// What is there of it.
  std::vector<PathRange> stretches() const;
  /// Writes one of stretches(). May be called from AssessOptions::progress.
  void write(const PathRange& stretch, NumberWriter& to) const;
  /// Takes paths that were written. Throws InvalidInput unless they begin where the stretch that is there
  /// ends and are wanted, and as PlayedPaths::read() does.
  void read(const PathRange& stretch, NumberReader& from);
  /// Makes room for all that is wanted, before many stretches are read.
  void reserve();
  /// The first shard of a run becomes the run: it wants the paths of the others too, which are to be read.
  void want_all();
  /// Becomes the run where the rows of the others stay elsewhere, given the sums of all paths.
  void take_sums(const Tally& sums);

  const Study& study() const { return study_; }
  const Scenario& scenario() const { return scenario_; }
  const Simulation& simulation() const { return simulation_; }
  const PlayedPaths& paths() const { return paths_; }  ///< of a mixture: the nominal ones
  /// Whether numbers are told from weighted paths too, all rows of which have to be in one place.
  bool is_mixture() const { return choice_.plan.has_value(); }
  /// Where the rows are: here, unless said otherwise.
  const ColumnStore& store() const { return *store_; }
  /// `store` outlives the questions that are asked.
  void read_from(const ColumnStore& store) { store_ = &store; }
  DrawnPaths drawn() const;
  SamplingReport sampling() const;
  std::uint64_t all_paths() const {
    return paths_.paths() - paths_.first() + (tilted_ ? tilted_->paths() - tilted_->first() : 0);
  }
  bool complete() const { return complete_; }  ///< false after a cancellation
  const std::optional<PrecisionResult>& precision() const { return precision_; }

 private:
  bool play_all(const AssessOptions& options);
  bool play_batches(const AssessOptions& options);
  bool play_up_to(std::uint64_t nominal, std::uint64_t tilted, const AssessOptions& options);
  bool is_behind(std::uint64_t batch) const;
  bool stops_anywhere() const { return choice_.used == Sampling::plain; }
  std::uint64_t tilted_of(std::uint64_t paths) const { return paths - choice_.nominal(paths); }
  std::vector<UnmetOutput> unmet(unsigned threads) const;

  const Study& study_;
  Scenario scenario_;
  SamplingChoice choice_;
  run::Block nominal_wanted_, tilted_wanted_;
  Simulation simulation_;
  PlayedPaths paths_;
  LocalColumns local_;
  const ColumnStore* store_ = &local_;
  std::optional<TiltedPaths> tilted_;
  bool complete_ = true;
  std::optional<PrecisionResult> precision_;
};

}  // namespace hedgerow::models
