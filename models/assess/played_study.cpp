#include "models/assess/played_study.hpp"

#include <algorithm>
#include <iterator>

#include "models/assess/summary.hpp"

namespace hedgerow::models {

PlayedStudy::PlayedStudy(const Study& study, const AssessOptions& options)
    : study_(study),
      scenario_(study.scenario),
      choice_(choose_sampling(scenario_, study, options.threads)),
      simulation_(scenario_, study.simulation.seed, choice_.design()),
      paths_(simulation_, choice_.nominal(choice_.most_paths), study.outputs) {
  if (choice_.plan) tilted_.emplace(simulation_, study.outputs);
  complete_ = play(options);
  if (paths_.paths() == 0) throw Stopped();
}

/// In batches where a precision is asked for. False after a cancellation.
bool PlayedStudy::play(const AssessOptions& options) {
  const std::uint64_t most = choice_.most_paths;
  if (!study_.simulation.precision) return play_up_to(most, options);
  precision_.emplace(PrecisionResult{*study_.simulation.precision, most, {}, {}});
  for (;;) {
    const bool complete = play_up_to(choice_.next_batch(all_paths()), options);
    if (paths_.paths() == 0) return complete;
    if (precision_->batches.empty() || precision_->batches.back() < all_paths())
      precision_->batches.push_back(all_paths());
    precision_->unmet = unmet(options.threads);
    if (!complete || all_paths() == most || !is_worth_more_paths(precision_->unmet)) return complete;
  }
}

/// Of a mixture the nominal part first: where a cancellation cuts the tilted one, what is told from the
/// nominal part alone is whole.
bool PlayedStudy::play_up_to(std::uint64_t paths, const AssessOptions& options) {
  PlayOptions how{options.threads, options.cancellation, {}};
  std::uint64_t others = tilted_ ? tilted_->paths() : 0;
  if (options.progress) how.progress = [&](std::uint64_t done) { options.progress(done + others, paths); };
  const std::uint64_t nominal = choice_.nominal(paths);
  if (!paths_.play_up_to(nominal, how)) return false;
  if (!tilted_) return true;
  others = nominal;
  return tilted_->play_up_to(paths - nominal, how);
}

DrawnPaths PlayedStudy::drawn() const {
  if (!tilted_ || tilted_->paths() == 0) return {choice_.replicates, nullptr, nullptr, {}};
  return {0, &*choice_.plan, &*tilted_, paths_.weights()};
}

SamplingReport PlayedStudy::sampling() const {
  SamplingReport report = choice_.report();
  report.nominal_paths = paths_.paths();
  if (!tilted_ || tilted_->paths() == 0) return report;
  report.tilted_paths = tilted_->paths();
  const std::vector<double> weights = drawn().weights();
  measure::Moments moments;
  double sum = 0.0, squares = 0.0;
  for (const double w : weights) {
    moments.add(w);
    sum += w;
    squares += w * w;
  }
  report.mean_weight = moments.estimate();
  report.effective_paths = sum * sum / squares;
  report.largest_weight_share = *std::max_element(weights.begin(), weights.end()) / sum;
  return report;
}

/// What the paths played so far say about the precision that is asked for.
std::vector<UnmetOutput> PlayedStudy::unmet(unsigned threads) const {
  std::vector<std::vector<UnmetOutput>> by_strategy(scenario_.strategies.size());
  const DrawnPaths drawn = this->drawn();
  run::run_tasks(by_strategy.size(), threads, [&](std::size_t s) {
    const MeasureSummary total =
        summarise_total_cost(scenario_, StrategyId(s), paths_.columns()[s], drawn, study_.outputs);
    by_strategy[s] =
        unmet_outputs(scenario_.strategies[StrategyId(s)].name, total,
                      infinite_variance(scenario_, StrategyId(s)), *study_.simulation.precision, all_paths());
  });
  std::vector<UnmetOutput> all;
  for (auto& unmet : by_strategy) std::ranges::move(unmet, std::back_inserter(all));
  return all;
}

}  // namespace hedgerow::models
