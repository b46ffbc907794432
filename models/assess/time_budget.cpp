#include "models/assess/time_budget.hpp"

#include <algorithm>

#include "models/assess/answers.hpp"
#include "models/assess/played_study.hpp"

namespace hedgerow::models {
namespace {

constexpr std::uint64_t trial_paths_of_answers = 4096;
/// Up to so many paths answers take as long as those of a trial: what-ifs play 256 paths at least, and 4 096
/// are replayed for means. From here on they are taken to grow as the paths do, which is a little more than
/// they do.
constexpr std::uint64_t paths_without_growth = 16'384;

}  // namespace

TimeBudget::TimeBudget(const Study& study, double seconds, unsigned threads)
    : end_(Clock::now() +
           std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds))),
      playing_since_(Clock::now()) {
  Study trial = study;
  trial.simulation.paths = std::min(trial.simulation.paths, trial_paths_of_answers);
  trial.simulation.precision.reset();
  trial.simulation.sampling = Sampling::plain;
  AssessOptions options;
  options.threads = threads;
  const PlayedStudy played(trial, options);
  const Clock::time_point start = Clock::now();
  answer(played, options);
  answer_seconds_ = std::chrono::duration<double>(Clock::now() - start).count();
}

void TimeBudget::start_playing(std::uint64_t paths) {
  playing_since_ = Clock::now();
  paths_before_ = paths;
}

bool TimeBudget::affords(std::uint64_t done, std::uint64_t paths) const {
  const Clock::time_point now = Clock::now();
  const double left = std::chrono::duration<double>(end_ - now).count();
  const double taken = std::chrono::duration<double>(now - playing_since_).count();
  const double by_path = taken / static_cast<double>(std::max<std::uint64_t>(1, done - paths_before_));
  const double growth = static_cast<double>(paths) / static_cast<double>(paths_without_growth);
  return static_cast<double>(paths - done) * by_path + answer_seconds_ * std::max(1.0, growth) < left;
}

}  // namespace hedgerow::models
