#pragma once
// How many paths fit into a span of time, the answers included.

#include <chrono>

#include "models/assess/study.hpp"

namespace hedgerow::models {

class TimeBudget {
 public:
  /// `seconds` from now on. Answers a study of a few thousand paths to see what answers take, which is part
  /// of the time. Throws as answer() does.
  TimeBudget(const Study& study, double seconds, unsigned threads);

  /// From now on paths are played; so many are there already.
  void start_playing(std::uint64_t paths);

  /// Whether, where so many paths are done, those up to `paths` can be played at the speed so far and answers
  /// be had in time. May be asked from AssessOptions::affordable.
  bool affords(std::uint64_t done, std::uint64_t paths) const;

 private:
  using Clock = std::chrono::steady_clock;  // the clock of the day may be set while a run lasts

  Clock::time_point end_, playing_since_;
  double trial_by_path_ = 0.0;   ///< to play a path of the trial [s]
  double answer_seconds_ = 0.0;  ///< to answer from the trial
  std::uint64_t paths_before_ = 0;
};

}  // namespace hedgerow::models
