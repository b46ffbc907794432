#include "models/assess/played_study.hpp"

#include <algorithm>
#include <iterator>

#include "models/assess/summary.hpp"

namespace hedgerow::models {

PlayedStudy::PlayedStudy(const Study& study, const AssessOptions& options)
    : study_(study),
      scenario_(study.scenario),
      simulation_(scenario_, study.simulation.seed),
      paths_(simulation_, study.simulation.paths, study.outputs) {
  validate(study.simulation.paths > 0, "no path is asked for (at least one is needed)");
  complete_ = play(options);
  if (paths_.paths() == 0) throw Stopped();
}

/// In batches where a precision is asked for. False after a cancellation.
bool PlayedStudy::play(const AssessOptions& options) {
  const std::uint64_t most = study_.simulation.paths;
  const auto play_up_to = [&](std::uint64_t paths) {
    PlayOptions how{options.threads, options.cancellation, {}};
    if (options.progress) how.progress = [&, paths](std::uint64_t done) { options.progress(done, paths); };
    return paths_.play_up_to(paths, how);
  };
  if (!study_.simulation.precision) return play_up_to(most);
  precision_.emplace(PrecisionResult{*study_.simulation.precision, most, {}, {}});
  for (;;) {
    const bool complete = play_up_to(next_batch(paths_.paths(), most));
    if (paths_.paths() == 0) return complete;
    if (precision_->batches.empty() || precision_->batches.back() < paths_.paths())
      precision_->batches.push_back(paths_.paths());
    precision_->unmet = unmet(options.threads);
    if (!complete || paths_.paths() == most || !is_worth_more_paths(precision_->unmet)) return complete;
  }
}

/// What the paths played so far say about the precision that is asked for.
std::vector<UnmetOutput> PlayedStudy::unmet(unsigned threads) const {
  std::vector<std::vector<UnmetOutput>> by_strategy(scenario_.strategies.size());
  run::run_tasks(by_strategy.size(), threads, [&](std::size_t s) {
    const MeasureSummary total =
        summarise_total_cost(scenario_, StrategyId(s), paths_.columns()[s], study_.outputs);
    by_strategy[s] = unmet_outputs(scenario_.strategies[StrategyId(s)].name, total,
                                   infinite_variance(scenario_, StrategyId(s)), *study_.simulation.precision,
                                   paths_.paths());
  });
  std::vector<UnmetOutput> all;
  for (auto& unmet : by_strategy) std::ranges::move(unmet, std::back_inserter(all));
  return all;
}

}  // namespace hedgerow::models
