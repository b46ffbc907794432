// What it costs to sort a column, against std::sort. Both are checked to agree before they are timed.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "engine/measure/sample.hpp"
#include "engine/random/normal.hpp"
#include "engine/random/stream.hpp"

namespace {

using hedgerow::measure::SortedSample;

/// Standard normal values, the same at each call.
std::vector<double> column(std::size_t size) {
  std::vector<double> values(size);
  hedgerow::random::Stream(1, "bench", "column").uniforms(0, values);
  for (double& value : values) value = hedgerow::random::normal_quantile(value);
  return values;
}

void sorted_sample(benchmark::State& state) {
  const std::vector<double> values = column(static_cast<std::size_t>(state.range(0)));
  std::vector<double> expected = values;
  std::sort(expected.begin(), expected.end());
  const SortedSample checked(values);
  if (!std::equal(expected.begin(), expected.end(), checked.values().begin(), checked.values().end())) {
    std::fprintf(stderr, "not timed, because a sample is not sorted\n");
    std::exit(1);
  }
  for (auto _ : state) benchmark::DoNotOptimize(SortedSample(values));
}

void std_sort(benchmark::State& state) {
  const std::vector<double> values = column(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    std::vector<double> copy = values;
    std::sort(copy.begin(), copy.end());
    benchmark::DoNotOptimize(copy.data());
  }
}

BENCHMARK(sorted_sample)->ArgName("values")->Arg(1'000)->Arg(100'000)->Arg(1'000'000);
BENCHMARK(std_sort)->ArgName("values")->Arg(1'000)->Arg(100'000)->Arg(1'000'000);

}  // namespace

BENCHMARK_MAIN();
