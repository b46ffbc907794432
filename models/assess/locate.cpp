#include "models/assess/locate.hpp"

#include <algorithm>

#include "engine/measure/quantile.hpp"
#include "engine/measure/sample.hpp"

namespace hedgerow::models {

std::vector<double> total_costs(const Simulation& simulation, StrategyId strategy, std::uint64_t paths,
                                const AssessOptions& options) {
  validate(paths > 0, "no path is asked for (at least one is needed)");
  std::vector<double> total_cost(paths);
  run::RunOptions run;
  run.paths = paths;
  run.threads = options.threads;
  run.cancellation = options.cancellation;
  if (options.progress) run.progress = [&](std::uint64_t done) { options.progress(done, paths); };
  const std::uint64_t done = run::run_blocks(
      run,
      [&](run::Block block) {
        World world;
        Outcome outcome;
        for (std::uint64_t path = block.first; path < block.last; ++path) {
          simulation.sample(path, world);
          simulation.evaluate(world, strategy, outcome);
          total_cost[path] = outcome.ledger.total().present;
        }
        return std::make_unique<run::BlockResult>();
      },
      [](run::BlockResult&) {});
  if (done < paths) throw Stopped();
  return total_cost;
}

Located locate(std::span<const double> total_cost, double level, std::size_t neighbours) {
  const measure::SortedSample sample(total_cost);
  const double cost = measure::quantile(sample, level);
  const std::size_t rank = sample.count_below(cost);
  // Of a small study fewer: no more than the nearer tail has, or they would not cost about the same.
  constexpr std::size_t fewest = 10;
  const double tail = std::min(level, 1.0 - level) * static_cast<double>(sample.size());
  const std::size_t near = std::max(fewest, static_cast<std::size_t>(tail));
  const std::size_t count = std::min({neighbours, near, sample.size()});
  const std::size_t first = std::min(rank - std::min(rank, count / 2), sample.size() - count);
  // Paths in the order of their cost and, where that is equal, of their number: from the first that costs as
  // much as that of rank `first`.
  const double least = sample.value(first), most = sample.value(first + count - 1);
  Rows<std::uint64_t> paths;
  for (std::uint64_t path = 0; path < total_cost.size(); ++path)
    if (total_cost[path] >= least && total_cost[path] <= most) paths.push_back(path);
  std::stable_sort(paths.begin(), paths.end(),
                   [&](std::uint64_t a, std::uint64_t b) { return total_cost[a] < total_cost[b]; });
  const std::size_t skipped = sample.count_below(least);
  const auto begin = paths.begin() + static_cast<std::ptrdiff_t>(first - skipped);
  return {paths[rank - skipped], cost, {begin, begin + static_cast<std::ptrdiff_t>(count)}};
}

}  // namespace hedgerow::models
