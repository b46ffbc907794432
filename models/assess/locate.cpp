#include "models/assess/locate.hpp"

#include <algorithm>
#include <numeric>

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

Located locate(const std::vector<double>& total_cost, double level, std::size_t neighbours) {
  const double cost = measure::quantile(measure::SortedSample(total_cost), level);
  std::vector<std::uint64_t> by_rank(total_cost.size());
  std::iota(by_rank.begin(), by_rank.end(), std::uint64_t{0});
  std::stable_sort(by_rank.begin(), by_rank.end(),
                   [&](std::uint64_t a, std::uint64_t b) { return total_cost[a] < total_cost[b]; });
  const auto found = std::lower_bound(by_rank.begin(), by_rank.end(), cost,
                                      [&](std::uint64_t path, double at) { return total_cost[path] < at; });
  const auto rank = static_cast<std::size_t>(found - by_rank.begin());
  // Of a small study fewer: no more than the nearer tail has, or they would not cost about the same.
  constexpr std::size_t fewest = 10;
  const double tail = std::min(level, 1.0 - level) * static_cast<double>(by_rank.size());
  const std::size_t near = std::max(fewest, static_cast<std::size_t>(tail));
  const std::size_t count = std::min({neighbours, near, by_rank.size()});
  const std::size_t first = std::min(rank - std::min(rank, count / 2), by_rank.size() - count);
  const auto begin = by_rank.begin() + static_cast<std::ptrdiff_t>(first);
  return {*found, cost, {begin, begin + static_cast<std::ptrdiff_t>(count)}};
}

}  // namespace hedgerow::models
