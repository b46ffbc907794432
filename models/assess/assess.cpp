#include "models/assess/assess.hpp"

#include <chrono>

#include "engine/measure/paired.hpp"
#include "models/assess/summary.hpp"
#include "models/assess/tally.hpp"

namespace hedgerow::models {
namespace {

/// What one block of paths adds up to.
struct BlockTally : run::BlockResult {
  BlockTally(const Scenario& scenario, const Calendar& calendar)
      : market(scenario.providers.size(), calendar.whole_years) {
    for (const Strategy& strategy : scenario.strategies)
      strategies.emplace_back(scenario, strategy, calendar.years, calendar.whole_years);
  }
  MarketTally market;
  std::vector<StrategyTally> strategies;
};

void merge(BlockTally& total, const BlockTally& block) {
  total.market.merge(block.market);
  for (std::size_t s = 0; s < total.strategies.size(); ++s) total.strategies[s].merge(block.strategies[s]);
}

/// Plays all strategies on the paths of one block.
std::unique_ptr<run::BlockResult> play(const Simulation& simulation, const Calendar& calendar,
                                       run::Block block, std::vector<Columns>& columns) {
  auto tally = std::make_unique<BlockTally>(simulation.scenario(), calendar);
  World world;
  Outcome outcome;
  for (std::uint64_t path = block.first; path < block.last; ++path) {
    simulation.sample(path, world);
    tally->market.add(world);
    for (std::size_t s = 0; s < columns.size(); ++s) {
      simulation.evaluate(world, StrategyId(s), outcome);
      columns[s].write(path, outcome, calendar.whole_years);
      tally->strategies[s].add(outcome);
    }
  }
  return tally;
}

std::vector<Comparison> compare(const Scenario& scenario, const std::vector<Columns>& columns) {
  std::vector<Comparison> comparisons;
  const std::string& reference = scenario.strategies[StrategyId(0)].name;
  for (std::size_t s = 1; s < columns.size(); ++s) {
    auto paired = measure::compare_paired(columns[s].total_cost, columns[0].total_cost);
    if (infinite_variance(scenario, StrategyId(0)) || infinite_variance(scenario, StrategyId(s)))
      paired.difference.standard_error.reset();
    comparisons.push_back(
        {scenario.strategies[StrategyId(s)].name, reference, paired.difference, paired.fraction_below});
  }
  return comparisons;
}

}  // namespace

Assessment assess(const Study& study, const AssessOptions& options) {
  validate(study.simulation.paths > 0, "no path is asked for (at least one is needed)");
  const Scenario scenario(study.scenario);
  const Calendar calendar(scenario.horizon);
  const Simulation simulation(scenario, study.simulation.seed);

  std::vector<Columns> columns(scenario.strategies.size());
  for (Columns& of : columns) of.resize(study.simulation.paths, calendar.years, calendar.whole_years);
  BlockTally total(scenario, calendar);

  run::RunOptions run;
  run.paths = study.simulation.paths;
  run.threads = options.threads;
  run.cancellation = options.cancellation;
  run.progress = options.progress;
  const std::uint64_t done = run::run_blocks(
      run, [&](run::Block block) { return play(simulation, calendar, block, columns); },
      [&](run::BlockResult& block) { merge(total, static_cast<const BlockTally&>(block)); });
  if (done == 0) throw Stopped();
  for (Columns& of : columns) of.resize(done, calendar.years, calendar.whole_years);

  Assessment assessment;
  assessment.paths = done;
  assessment.complete = done == study.simulation.paths;
  summarise_market(scenario, calendar, total.market, assessment);
  assessment.strategies.resize(columns.size());
  for (std::size_t s = 0; s < columns.size(); ++s)
    assessment.strategies[s] = summarise_strategy(simulation, calendar, StrategyId(s), columns[s],
                                                  total.strategies[s], study.outputs, options.threads);
  assessment.comparisons = compare(scenario, columns);
  return assessment;
}

double seconds_needed(const Study& study, unsigned threads) {
  constexpr std::uint64_t warm_up = 32, trial = 256;
  const Scenario scenario(study.scenario);
  const Calendar calendar(scenario.horizon);
  const Simulation simulation(scenario, study.simulation.seed);
  std::vector<Columns> columns(scenario.strategies.size());
  for (Columns& of : columns) of.resize(trial, calendar.years, calendar.whole_years);
  play(simulation, calendar, {0, warm_up}, columns);
  const auto start = std::chrono::steady_clock::now();
  play(simulation, calendar, {0, trial}, columns);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  return taken.count() * static_cast<double>(study.simulation.paths) / trial /
         run::effective_threads(threads);
}

double memory_needed(const Study& study) {
  const Calendar calendar(study.scenario.horizon);
  const double paths = static_cast<double>(study.simulation.paths);
  const double kept = static_cast<double>(Columns::width(calendar.years, calendar.whole_years)) *
                      static_cast<double>(study.scenario.strategies.size());
  return paths * (kept + summary_bytes_by_path(calendar));
}

}  // namespace hedgerow::models
