#pragma once
// The questions of a study over all paths: the one door through which every front end gets its answers.

#include <cstdint>
#include <exception>
#include <functional>

#include "engine/run/blocks.hpp"
#include "models/assess/assessment.hpp"
#include "models/assess/paths/shard.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::models {

/// How a study is run; changes no number but that of the paths.
struct AssessOptions {
  unsigned threads = 0;  ///< 0: as many as the machine has
  const run::Cancellation* cancellation = nullptr;
  /// Paths that are done, and how many the batch under way ends with: without a precision, all.
  std::function<void(std::uint64_t paths_done, std::uint64_t paths)> progress;
  /// Whether there is time, where so many paths are done, to play up to so many in all and to answer from
  /// them. Asked after each block with what is done, or before each batch where only whole batches have a
  /// meaning; not set: always. Where there is none the study is answered from the paths that are played, of
  /// which there are at least one block or batch.
  std::function<bool(std::uint64_t done, std::uint64_t paths)> affordable = {};
  /// Whether tails are replayed for what they are made of; without it, causes, entities and tail parts of the
  /// attribution are left out.
  bool replay_tails = true;
};

/// A run was cancelled before its first block of paths was finished: there is nothing to answer from.
class Stopped : public std::exception {
 public:
  const char* what() const noexcept override { return "stopped before the first paths were finished"; }
};

/// Plays every strategy on the same paths and measures what came of it. Where the study asks for a precision
/// the paths are played in batches (stopping.hpp); the answers are those of a study of so many paths, bit by
/// bit. After a cancellation the answers are those of the paths that were finished. Throws InvalidInput where
/// the scenario contradicts itself, and Stopped.
Assessment assess(const Study& study, const AssessOptions& options);

class PlayedStudy;

/// The same of paths that are played already.
Assessment assess(const PlayedStudy& played, const AssessOptions& options);

/// Wall time of playing the study's paths [s], extrapolated from a few hundred of them.
double seconds_needed(const Study& study, unsigned threads);

/// Bytes that assess() needs for what it keeps of each path, at its peak.
double memory_needed(const Study& study);

/// Bytes that a shard of it needs, which only plays.
double memory_needed(const Study& study, const Shard& shard);

/// What of these lies in no Rows, and stays in memory where these are spilled to a disk
/// (engine/base/rows.hpp).
double memory_beside_rows(const Study& study);
double memory_beside_rows(const Study& study, const Shard& shard);

/// Bytes that a rank needs which plays this shard: the first one answers, and where the paths are not drawn
/// plainly gets those of all.
double memory_needed_by_rank(const Study& study, const Shard& shard);
/// What of these lies in no Rows.
double memory_beside_rows_by_rank(const Study& study, const Shard& shard);

}  // namespace hedgerow::models
