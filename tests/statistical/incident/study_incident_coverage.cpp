// How often the intervals of `hedgerow fit` hold the truth of simulated logs: the tables of docs/coverage.md.

#include <fmt/format.h>

#include "tests/statistical/incident/simulated_log.hpp"

namespace {

using namespace hedgerow::test;

void row(const char* name, const LogLaw& law, std::uint64_t logs) {
  const Coverage c = cover(law, logs);
  fmt::print("| {} | {:.0f} | {:.1f} % | {:.1f} | {:.1f} | {:.1f} | {:.1f} | {:.1f} | {:+.3f} | {:+.3f} |\n",
             name, law.rate * law.years, 100 * c.censored, 100 * c.exact_rate, 100 * c.posterior_rate,
             100 * c.variance, 100 * c.median, 100 * c.sigma, c.mean_log_median_error,
             c.mean_log_sigma_error);
}

}  // namespace

int main() {
  constexpr std::uint64_t logs = 4000;
  fmt::print(
      "| log | events | going on | rate, exact | rate, posterior | variance | median | sigma | bias of ln "
      "median "
      "| of ln sigma |\n|---|---|---|---|---|---|---|---|---|---|\n");
  row("steady", {.rate = 10.0 / 6}, logs);
  row("steady", {.rate = 20.0 / 6}, logs);
  row("steady", {.rate = 7.0}, logs);
  row("steady", {.rate = 25.0}, logs);
  row("years differ, variance 0.2", {.rate = 7.0, .variance = 0.2}, logs);
  row("years differ, variance 0.5", {.rate = 7.0, .variance = 0.5}, logs);
  row("years differ, variance 0.5", {.rate = 25.0, .variance = 0.5}, logs);
  using hedgerow::models::OpenEnd;
  for (const OpenEnd open_end : {OpenEnd::ongoing, OpenEnd::automatic, OpenEnd::unknown}) {
    const char* name = open_end == OpenEnd::ongoing     ? "36 days, ongoing"
                       : open_end == OpenEnd::automatic ? "36 days, auto"
                                                        : "36 days, unknown";
    row(name,
        {.rate = 400.0,
         .years = 0.1,
         .median = 40.0,
         .apart = true,
         .prior_rate = 400.0,
         .open_end = open_end},
        logs);
    row(name,
        {.rate = 400.0,
         .years = 0.1,
         .median = 150.0,
         .apart = true,
         .prior_rate = 400.0,
         .open_end = open_end},
        logs);
  }
  fmt::print("\n| tail index | 30 excesses | 100 | 300 |\n|---|---|---|---|\n");
  for (const double xi : {-0.2, 0.0, 0.2, 0.4, 0.6}) {
    fmt::print("| {} |", xi);
    for (const std::uint32_t count : {30u, 100u, 300u}) {
      const TailCoverage c = cover_tail_index(xi, count, 1000);
      fmt::print(" {:.1f} ({:.0f} %) |", 100 * c.held, 100 * c.fitted);
    }
    fmt::print("\n");
  }
}
