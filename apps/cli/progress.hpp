#pragma once
// How far a run is, on standard error.

#include <chrono>
#include <cstdint>
#include <string>

namespace hedgerow::cli {

enum class ProgressMode { automatic, bar, json, none };

/// Shows at most ten updates a second, and the last one.
class Progress {
 public:
  explicit Progress(ProgressMode mode);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();  ///< clears the bar

  /// `paths` is where the run, or the batch under way, ends.
  void update(std::uint64_t done, std::uint64_t paths);

 private:
  static void draw(std::uint64_t done, std::uint64_t paths, double seconds);

  ProgressMode mode_;
  std::chrono::steady_clock::time_point start_, last_;
  bool shown_ = false;
};

}  // namespace hedgerow::cli
