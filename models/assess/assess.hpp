#pragma once
// The questions of a study over all paths: the one door through which every front end gets its answers.

#include <cstdint>
#include <functional>

#include "engine/run/blocks.hpp"
#include "models/assess/assessment.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::models {

/// How a study is run; changes no number.
struct AssessOptions {
  unsigned threads = 0;  ///< 0: as many as the machine has
  const run::Cancellation* cancellation = nullptr;
  std::function<void(std::uint64_t paths_done)> progress;
};

/// Plays every strategy on the same paths and measures what came of it. After a cancellation the answers
/// are those of the paths that were finished. Throws InvalidInput where the scenario contradicts itself
/// or no path was finished.
Assessment assess(const Study& study, const AssessOptions& options);

/// Bytes that assess() needs for what it keeps of each path, at its peak.
double memory_needed(const Study& study);

}  // namespace hedgerow::models
