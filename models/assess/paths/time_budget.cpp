#include "models/assess/paths/time_budget.hpp"

#include <algorithm>

#include "models/assess/answers.hpp"
#include "models/assess/paths/played_study.hpp"

namespace hedgerow::models {
namespace {

constexpr std::uint64_t trial_paths_of_answers = 4096;
/// Up to so many paths answers take as long as those of a trial: what-ifs play 256 paths at least, and 4 096
/// are replayed for means. From here on about half of that grows as the paths do: as measured on the
/// article's config and the minimal one.
constexpr std::uint64_t paths_without_growth = 16'384;
constexpr double growing_part = 0.5;
/// Speed is not even.
constexpr double to_spare = 1.1;

double seconds_between(std::chrono::steady_clock::time_point from, std::chrono::steady_clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

}  // namespace

TimeBudget::TimeBudget(const Study& study, double seconds, unsigned threads) {
  constexpr double longest = 1e9;  // no clock reaches farther
  playing_since_ = Clock::now();
  end_ = playing_since_ + std::chrono::duration_cast<Clock::duration>(
                              std::chrono::duration<double>(std::min(seconds, longest)));
  Study trial = study;
  trial.simulation.paths = std::min(trial.simulation.paths, trial_paths_of_answers);
  trial.simulation.precision.reset();
  trial.simulation.sampling = Sampling::plain;
  AssessOptions options;
  options.threads = threads;
  const PlayedStudy played(trial, options);
  const Clock::time_point start = Clock::now();
  trial_by_path_ = seconds_between(playing_since_, start) / static_cast<double>(played.all_paths());
  answer(played, options);
  answer_seconds_ = seconds_between(start, Clock::now());
}

void TimeBudget::start_playing(std::uint64_t paths) {
  playing_since_ = Clock::now();
  paths_before_ = paths;
}

bool TimeBudget::affords(std::uint64_t done, std::uint64_t paths) const {
  const Clock::time_point now = Clock::now();
  const std::uint64_t played = std::max<std::uint64_t>(1, done - paths_before_);
  const double by_path = seconds_between(playing_since_, now) / static_cast<double>(played);
  const double growth = static_cast<double>(paths) / static_cast<double>(paths_without_growth);
  const double slower = std::max(1.0, by_path / trial_by_path_);  // others have come to the machine
  const double answers =
      slower * answer_seconds_ * (1.0 - growing_part + growing_part * std::max(1.0, growth));
  return to_spare * (static_cast<double>(paths - done) * by_path + answers) < seconds_between(now, end_);
}

}  // namespace hedgerow::models
