// How often the 95 % intervals of runs by importance sampling and Sobol points hold the truth: the study
// behind a part of docs/coverage.md. Built with the tests, run by hand; takes some minutes.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "models/assess/assess.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/worlds.hpp"

namespace {

using namespace hedgerow;
using namespace hedgerow::models;

Study w0(Sampling sampling, std::uint64_t paths, std::uint64_t seed) {
  Study study;
  study.scenario = worlds::w0();
  study.simulation = {paths, seed, std::nullopt, sampling};
  study.outputs.percentiles = {0.5, 0.95, 0.99, 0.999};
  study.outputs.expected_shortfall = {0.95, 0.99, 0.999};
  study.outputs.percentiles_of = {Detail::total_cost};
  return study;
}

Study w3(Sampling sampling, std::uint64_t paths, std::uint64_t seed) {
  Study study = w0(sampling, paths, seed);
  study.scenario = worlds::w3();
  study.outputs.percentiles = {0.5, 0.95, 0.99};
  study.outputs.expected_shortfall = {0.95, 0.99};
  return study;
}

/// A number and its interval.
struct Told {
  std::string name;
  double value;
  measure::Interval interval;
};

std::vector<Told> told(const Assessment& of) {
  std::vector<Told> all;
  const MeasureSummary& total = of.strategies[0].measure(MeasureName::total_cost);
  all.push_back({"mean", total.mean.value, measure::normal_interval(total.mean)});
  for (const Percentile& at : total.percentiles)
    all.push_back({fmt::format("p{:g}", 100.0 * at.level), at.value, at.interval});
  for (const TailMean& at : total.expected_shortfall)
    all.push_back({fmt::format("es_{:g}", 100.0 * at.level), at.estimate.value, at.interval});
  if (of.comparisons.empty()) return all;
  const Comparison& difference = of.comparisons[0];
  all.push_back({"difference of means", difference.mean.value, measure::normal_interval(difference.mean)});
  for (const LevelDifference& at : difference.percentiles)
    all.push_back({fmt::format("difference of p{:g}", 100.0 * at.level), at.difference.value,
                   measure::normal_interval(at.difference)});
  for (const LevelDifference& at : difference.expected_shortfall)
    all.push_back({fmt::format("difference of es_{:g}", 100.0 * at.level), at.difference.value,
                   measure::normal_interval(at.difference)});
  return all;
}

template <class MakeStudy>
void study(const char* name, MakeStudy make, Sampling sampling, Sampling of_truth, std::uint64_t paths,
           std::uint64_t truth_paths, int runs) {
  const AssessOptions options = test::whole_only();
  const std::vector<Told> truth = told(assess(make(of_truth, truth_paths, 987'654'321), options));
  std::vector<int> held(truth.size(), 0), unbounded(truth.size(), 0);
  std::vector<double> width(truth.size(), 0.0), error(truth.size(), 0.0);
  for (int run = 0; run < runs; ++run) {
    const std::vector<Told> here =
        told(assess(make(sampling, paths, static_cast<std::uint64_t>(run) + 1), options));
    for (std::size_t i = 0; i < truth.size(); ++i) {
      const measure::Interval& interval = here[i].interval;
      if (!interval.lower || !interval.upper) {
        ++unbounded[i];
        continue;
      }
      held[i] += *interval.lower <= truth[i].value && truth[i].value <= *interval.upper;
      width[i] += (*interval.upper - *interval.lower) / (2.0 * 1.959964) / runs;
      error[i] += (here[i].value - truth[i].value) * (here[i].value - truth[i].value) / runs;
    }
  }
  fmt::print(
      "\n{}: {} runs of {} paths\n| number | held | mean error told : root mean square error "
      "|\n|---|---|---|\n",
      name, runs, paths);
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const int bounded = runs - unbounded[i];
    fmt::print("| {} | {:.1f} % of {} | {:.2f} |\n", truth[i].name, 100.0 * held[i] / std::max(bounded, 1),
               bounded, width[i] / std::sqrt(error[i]));
  }
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const int runs = argc > 1 ? std::atoi(argv[1]) : 500;
  study("W-0, importance sampling", w0, Sampling::importance, Sampling::importance, 16'384, 2'000'000, runs);
  study("W-3, Sobol points", w3, Sampling::sobol, Sampling::plain, 8'192, 1'000'000, runs);
}
