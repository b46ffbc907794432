#include "apps/cli/progress.hpp"

#include <unistd.h>

#include <cstdio>

#include <fmt/format.h>

#include "apps/results/format.hpp"

namespace hedgerow::cli {
namespace {

constexpr int bar_width = 30;
constexpr std::chrono::milliseconds between_updates{100};

std::string clock(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

Progress::Progress(ProgressMode mode) : mode_(mode), start_(std::chrono::steady_clock::now()), last_(start_) {
  if (mode_ == ProgressMode::automatic)
    mode_ = ::isatty(STDERR_FILENO) == 1 ? ProgressMode::bar : ProgressMode::none;
}

Progress::~Progress() {
  if (shown_ && mode_ == ProgressMode::bar) fmt::print(stderr, "\r\033[K");
}

void Progress::update(std::uint64_t done, std::uint64_t paths) {
  if (mode_ == ProgressMode::none) return;
  const auto now = std::chrono::steady_clock::now();
  if (done < paths && shown_ && now - last_ < between_updates) return;
  shown_ = true;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  if (mode_ == ProgressMode::json) {
    fmt::print(stderr, "{{\"event\":\"progress\",\"paths_done\":{},\"paths\":{},\"seconds\":{:.3f}}}\n", done,
               paths, seconds);
    return;
  }
  draw(done, paths, seconds);
}

void Progress::draw(std::uint64_t done, std::uint64_t paths, double seconds) {
  if (done == 0) {  // nothing is known yet of how fast it will go
    fmt::print(stderr, "\r\033[K[{:{}}]   0 %  0 of {} paths", "", bar_width, results::grouped(paths));
    std::fflush(stderr);
    return;
  }
  const double share = static_cast<double>(done) / static_cast<double>(paths);
  const double rate = seconds > 0.0 ? static_cast<double>(done) / seconds : 0.0;
  const double left = rate > 0.0 ? static_cast<double>(paths - done) / rate : 0.0;
  const auto filled = static_cast<std::size_t>(share * bar_width);
  fmt::print(stderr, "\r\033[K[{}{}] {:3.0f} %  {} of {} paths  {} a second  {} left",
             std::string(filled, '#'), std::string(bar_width - filled, ' '), 100.0 * share,
             results::grouped(done), results::grouped(paths),
             results::grouped(static_cast<unsigned long long>(rate)), clock(left));
  std::fflush(stderr);
}

}  // namespace hedgerow::cli
