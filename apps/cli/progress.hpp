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
  Progress(ProgressMode mode, std::uint64_t paths);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();  ///< clears the bar

  void update(std::uint64_t done);

 private:
  void draw(std::uint64_t done, double seconds);

  ProgressMode mode_;
  std::uint64_t paths_;
  std::chrono::steady_clock::time_point start_, last_;
  bool shown_ = false;
};

}  // namespace hedgerow::cli
