// The article's config, path by path: what the draws alone cost, what the world costs, what the strategies
// cost, and the whole assessment. Every part is verified before it is timed. Quote the ratios.

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "apps/config/load.hpp"
#include "bench/allocations.hpp"
#include "bench/batched_draws.hpp"
#include "bench/reference_draws.hpp"
#include "models/assess/assess.hpp"
#include "models/simulate.hpp"

namespace {

using namespace hedgerow;

/// The article's config, or the one that HEDGEROW_BENCH_CONFIG names: a variant that has more of something.
const config::LoadedConfig& article() {
  static const char* const chosen = std::getenv("HEDGEROW_BENCH_CONFIG");
  static const config::LoadedConfig loaded = config::load_config(chosen != nullptr ? chosen : ARTICLE_CONFIG);
  return loaded;
}

const models::Scenario& scenario() {
  static const models::Scenario built(article().study.scenario);
  return built;
}

void require(bool holds, const char* what) {
  if (holds) return;
  fmt::print(stderr, "not timed, because {}\n", what);
  std::exit(1);
}

/// The reference draws have the moments that the scenario asks for.
void verify_reference() {
  const bench::ReferenceDraws draws(scenario(), 1);
  bench::DrawSums sums;
  for (std::uint64_t path = 0; path < 4000; ++path) draws.path(path, sums);
  const double normal_mean = sums.normal_sum / static_cast<double>(sums.normals);
  require(std::abs(normal_mean) * std::sqrt(static_cast<double>(sums.normals)) < 4.0, "normals are off");
  const double frailty_mean = sums.frailty_sum / static_cast<double>(sums.frailties);
  require(std::abs(frailty_mean - 1.0) * std::sqrt(static_cast<double>(sums.frailties) / 0.5) < 4.0,
          "frailties are off");
}

/// Draws in batches are the reference draws, bit for bit.
void verify_batched() {
  const bench::ReferenceDraws one_by_one(scenario(), 1);
  bench::BatchedDraws batched(scenario(), 1);
  bench::DrawSums expected, found;
  for (std::uint64_t path = 0; path < 4000; ++path) {
    one_by_one.path(path, expected);
    batched.path(path, found);
  }
  require(found == expected, "draws in batches differ from those one by one");
}

/// One path played here gives the bits that the assessment gives.
void verify_path() {
  models::Study study = article().study;
  study.simulation.paths = 1;
  const models::Simulation simulation(scenario(), study.simulation.seed);
  models::World world;
  models::Outcome outcome;
  simulation.sample(0, world);
  simulation.evaluate(world, models::StrategyId(0), outcome);
  const auto assessed = models::assess(study, {});
  require(assessed.strategies[0].measure("total_cost").mean.value == outcome.ledger.total().present,
          "a single path does not give the same total");
}

void draws_only(benchmark::State& state) {
  verify_reference();
  const bench::ReferenceDraws draws(scenario(), 1);
  bench::DrawSums sums;
  std::uint64_t path = 0;
  for (auto _ : state) draws.path(path++, sums);
  benchmark::DoNotOptimize(sums);
}

void draws_batched(benchmark::State& state) {
  verify_batched();
  bench::BatchedDraws draws(scenario(), 1);
  bench::DrawSums sums;
  std::uint64_t path = 0;
  for (auto _ : state) draws.path(path++, sums);
  benchmark::DoNotOptimize(sums);
}

/// Tells the allocations by path since `before`.
void count_allocations(benchmark::State& state, std::uint64_t before) {
  state.counters["allocations"] = benchmark::Counter(static_cast<double>(bench::allocations() - before),
                                                     benchmark::Counter::kAvgIterations);
}

void world_only(benchmark::State& state) {
  const models::Simulation simulation(scenario(), 1);
  models::World world;
  std::uint64_t path = 0;
  const std::uint64_t before = bench::allocations();
  for (auto _ : state) simulation.sample(path++, world);
  count_allocations(state, before);
}

void world_and_strategies(benchmark::State& state) {
  verify_path();
  const auto strategies = static_cast<std::size_t>(state.range(0));
  const models::Simulation simulation(scenario(), 1);
  models::World world;
  models::Outcome outcome;
  std::uint64_t path = 0;
  const std::uint64_t before = bench::allocations();
  for (auto _ : state) {
    simulation.sample(path++, world);
    for (std::size_t s = 0; s < strategies; ++s) simulation.evaluate(world, models::StrategyId(s), outcome);
  }
  count_allocations(state, before);
}

/// A whole assessment of `paths` paths, percentiles and replayed tails included.
void whole_run(benchmark::State& state) {
  models::Study study = article().study;
  study.simulation.paths = static_cast<std::uint64_t>(state.range(0));
  models::AssessOptions options;
  options.threads = static_cast<unsigned>(state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(models::assess(study, options));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}

BENCHMARK(draws_only)->Unit(benchmark::kMicrosecond);
BENCHMARK(draws_batched)->Unit(benchmark::kMicrosecond);
BENCHMARK(world_only)->Unit(benchmark::kMicrosecond);
BENCHMARK(world_and_strategies)->ArgName("strategies")->DenseRange(1, 3)->Unit(benchmark::kMicrosecond);
BENCHMARK(whole_run)
    ->ArgNames({"paths", "threads"})
    ->Args({20'000, 1})
    ->Args({20'000, 2})
    ->Args({80'000, 2})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
