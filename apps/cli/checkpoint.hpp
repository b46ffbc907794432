#pragma once
// Paths that are done, saved while a run goes on.

#include <chrono>
#include <string>

#include "apps/parts/part.hpp"
#include "models/assess/paths/played_study.hpp"

namespace hedgerow::cli {

/// How a run is saved on the way, as the options say it.
struct CheckpointOptions {
  std::string file;    ///< empty: nowhere
  double every = 0.0;  ///< [s]
  bool resume = false;
};

/// The file of one of several ranks, each of which saves its shard: mine-3-of-4.hrp for mine.hrp.
std::string file_of_rank(const std::string& file, const models::Shard& shard);

/// Throws UsageError where a run on so many ranks, or on 1, is to go on from `file` and has saved nothing
/// there, and a run on another number of them has.
void require_no_other_ranks(const CheckpointOptions& options, std::uint32_t ranks);

/// Throws UsageError where a file is there that would be overwritten, and results::WriteError where none
/// could be made.
void require_usable(const CheckpointOptions& options);

class Checkpoint {
 public:
  /// Of a run that is described by `run`.
  Checkpoint(const CheckpointOptions& options, parts::PartDescription run);

  /// Hands the paths of the file to the study, where it is to go on from them and there is one, and says on
  /// standard error how many. Throws parts::BadPart.
  void resume(models::PlayedStudy& study);

  /// To be called after each block: saves what is there if it is time to. That it cannot be saved is said on
  /// standard error; the run goes on.
  void after_block(const models::PlayedStudy& study);
  /// Saves what is there, unless it is saved.
  void save(const models::PlayedStudy& study);

  /// Time that the paths took, those of the file included [s].
  double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;

  CheckpointOptions options_;
  parts::PartDescription run_;
  Clock::time_point start_ = Clock::now(), saved_ = start_;
  double seconds_before_ = 0.0;
  std::uint64_t paths_saved_ = 0;
};

/// Writes all paths of a study as a part. Throws results::WriteError.
void write_paths(const std::string& path, parts::PartDescription run, const models::PlayedStudy& study);

}  // namespace hedgerow::cli
