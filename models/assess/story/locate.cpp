#include "models/assess/story/locate.hpp"

#include <algorithm>

#include "engine/measure/quantile.hpp"
#include "engine/measure/sample.hpp"

namespace hedgerow::models {
namespace {

/// `add(paths)`: gives all paths to these.
template <class Add>
Located locate_in(const measure::SortedSample& sample, StrategyId strategy, const Add& add, double level,
                  std::size_t neighbours) {
  const double cost = measure::quantile(sample, level);
  const std::size_t rank = sample.count_below(cost);
  // Of a small study fewer: no more than the nearer tail has, or they would not cost about the same.
  constexpr std::size_t fewest = 10;
  const double tail = std::min(level, 1.0 - level) * static_cast<double>(sample.size());
  const std::size_t near = std::max(fewest, static_cast<std::size_t>(tail));
  const std::size_t count = std::min({neighbours, near, sample.size()});
  const std::size_t first = std::min(rank - std::min(rank, count / 2), sample.size() - count);
  const double least = sample.value(first), most = sample.value(first + count - 1);
  PathsBetween between{strategy, least, most, first - sample.count_below(least), count};
  add(between);
  std::stable_sort(between.paths.begin(), between.paths.end(),
                   [](const PathCost& a, const PathCost& b) { return a.total_cost < b.total_cost; });
  Located located{between.paths[rank - first].path, cost, {}};
  for (std::size_t i = 0; i < count; ++i) located.neighbours.push_back(between.paths[i].path);
  return located;
}

}  // namespace

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
  const auto add = [&](PathsBetween& paths) {
    for (std::size_t path = 0; path < total_cost.size(); ++path) paths.add(path, total_cost[path]);
  };
  return locate_in(measure::SortedSample(total_cost), {}, add, level, neighbours);
}

Located locate(const ColumnStore& store, StrategyId strategy, double level, std::size_t neighbours) {
  return locate_in(
      store.sample({ColumnKind::total_cost, strategy}), strategy,
      [&](PathsBetween& paths) { store.add(paths); }, level, neighbours);
}

}  // namespace hedgerow::models
