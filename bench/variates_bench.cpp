// What one random number of each kind costs. Each is verified against its mean before it is timed.

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "engine/random/gamma.hpp"
#include "engine/random/lognormal.hpp"
#include "engine/random/poisson.hpp"
#include "engine/random/stream.hpp"
#include "engine/random/tabulated_quantile.hpp"

namespace {

using namespace hedgerow::random;

/// Times draw(u) on uniforms of one stream, after checking the mean of 100 000 of them.
template <class Draw>
void time_draws(benchmark::State& state, double mean, double sd, Draw draw) {
  const Stream stream(1, "bench", "variate");
  constexpr std::uint32_t n = 100'000;
  double sum = 0.0;
  for (std::uint32_t d = 0; d < n; ++d) sum += draw(stream.uniform(0, d));
  if (std::abs(sum / n - mean) > 4.0 * sd / std::sqrt(static_cast<double>(n))) {
    std::fprintf(stderr, "not timed, because the mean is %g instead of %g\n", sum / n, mean);
    std::exit(1);
  }
  std::uint32_t d = 0;
  for (auto _ : state) benchmark::DoNotOptimize(draw(stream.uniform(1, d++)));
}

void uniform(benchmark::State& state) {
  time_draws(state, 0.5, std::sqrt(1.0 / 12.0), [](double u) { return u; });
}
void normal(benchmark::State& state) {
  time_draws(state, 0.0, 1.0, [](double u) { return normal_quantile(u); });
}
void lognormal(benchmark::State& state) {
  const Lognormal law(2.0, 1.2);
  time_draws(state, law.mean(), std::sqrt(law.variance()), [&](double u) { return law.quantile(u); });
}
void poisson(benchmark::State& state) {
  time_draws(state, 3.0, std::sqrt(3.0), [](double u) { return Poisson(3.0).quantile(u); });
}
void gamma_exact(benchmark::State& state) {
  const Gamma law(2.0, 0.5);
  time_draws(state, 1.0, std::sqrt(0.5), [&](double u) { return law.quantile(u); });
}
void gamma_tabulated(benchmark::State& state) {
  const TabulatedQuantile law(Gamma(2.0, 0.5));
  time_draws(state, 1.0, std::sqrt(0.5), [&](double u) { return law.quantile(u); });
}

BENCHMARK(uniform);
BENCHMARK(normal);
BENCHMARK(lognormal);
BENCHMARK(poisson);
BENCHMARK(gamma_exact);
BENCHMARK(gamma_tabulated);

}  // namespace

BENCHMARK_MAIN();
