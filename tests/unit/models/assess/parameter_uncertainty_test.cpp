// The variance that posteriors leave open, against the law of total variance by hand.

#include "models/assess/parameter_uncertainty.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "engine/base/check.hpp"
#include "engine/random/normal.hpp"
#include "engine/random/stream.hpp"
#include "tests/support/sample_mean.hpp"
#include "tests/support/worlds.hpp"

namespace parameter_uncertainty_test {

using namespace hedgerow;
using namespace hedgerow::models;
using Kind = MeasureStatistic::Kind;

namespace {

/// N outages of a second, each costing 1000 USD, at a rate with the law Gamma(9, 3.5 yr).
Study study(double events, std::uint64_t paths, std::uint64_t seed) {
  const double rate = 9.0 / 3.5;
  Study study;
  study.scenario = worlds::plain({{"A", 1.0}}, 1.0, 3.6e6);
  study.scenario.horizon = {2026, 1, 12, PerYear(0)};
  OutageProcess process = worlds::outages(rate, FixedDuration{Hours(1.0 / 3600)});
  process.rate_posterior = {events, Years(events / rate)};
  study.scenario.providers["A"].regions["r"].outages = process;
  study.simulation = {paths, seed};
  study.outputs.percentiles = {0.5};
  study.outputs.expected_shortfall = {0.9};
  study.outputs.parameter_uncertainty = true;
  return study;
}

const OpenNumber& number(const ParameterUncertainty& of, Kind kind) {
  for (const OpenNumber& open : of.numbers)
    if (open.number.kind == kind) return open;
  FAIL("no such number");
  return of.numbers.front();
}

/// cost = group's mean + scatter: both normal, of these standard deviations, path i in group i modulo 32.
std::vector<double> column(double between, double within, std::size_t paths, std::uint64_t seed) {
  const random::Stream means(seed, "means", "test"), scatter(seed, "scatter", "test");
  std::vector<double> values;
  for (std::size_t i = 0; i < paths; ++i)
    values.push_back(100.0 + between * random::normal_quantile(means.uniform(i % split_groups, 0)) +
                     within * random::normal_quantile(scatter.uniform(i, 0)));
  return values;
}

}  // namespace

TEST_CASE(
    "normal costs: every number moves as its group's mean does, and the share is that of the variances") {
  OutputSettings outputs;
  outputs.percentiles = {0.5, 0.9};
  outputs.expected_shortfall = {0.9};
  test::SampleMean share, error, variance_of_mean, variance_of_median, variance_of_tail;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const ParameterUncertainty of = split_uncertainty(column(2.0, 4.0, 6400, seed), outputs, false);
    CHECK(of.paths_by_group == 200);
    REQUIRE(of.numbers.size() == 4);
    share.add(of.variance_share.value);
    error.add(*of.variance_share.standard_error);
    variance_of_mean.add(std::pow(*of.numbers[0].sd, 2));
    variance_of_median.add(std::pow(*of.numbers[1].sd, 2));
    variance_of_tail.add(std::pow(*of.numbers[3].sd, 2));
  }
  CHECK_MESSAGE(share.agrees_with(4.0 / 20.0, 0.01), share);
  CHECK(error.mean() == doctest::Approx(share.standard_error() * std::sqrt(40.0)).epsilon(0.25));
  CHECK_MESSAGE(variance_of_mean.agrees_with(4.0, 0.25), variance_of_mean);
  CHECK_MESSAGE(variance_of_median.agrees_with(4.0, 0.25), variance_of_median);
  CHECK_MESSAGE(variance_of_tail.agrees_with(4.0, 0.25), variance_of_tail);
}

TEST_CASE("groups that differ by chance alone leave nothing open, and never less than nothing") {
  OutputSettings outputs;
  outputs.percentiles = {0.5, 0.999};
  test::SampleMean share;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const ParameterUncertainty of = split_uncertainty(column(0.0, 4.0, 6400, seed), outputs, false);
    CHECK(of.variance_share.value >= 0.0);
    CHECK(of.variance_share.value <= 4.0 * *of.variance_share.standard_error);
    CHECK(*of.numbers[0].sd >= 0.0);
    CHECK(!of.numbers[2].sd);  // 200 paths cannot bound a 1-in-1000 future
    share.add(of.variance_share.value);
  }
  CHECK(share.mean() < 0.002);
  CHECK_THROWS_AS(split_uncertainty(column(1, 1, 63, 1), outputs, false), InvalidInput);
}

TEST_CASE("outages: Var(rate) of Var(count), 0.7347 of 3.3061, and its root moves the mean") {
  test::SampleMean share, variance;
  for (std::uint64_t seed = 0; seed < 24; ++seed) {
    const auto all = parameter_uncertainty(study(9.0, 3200, seed), {});
    REQUIRE(all.size() == 1);
    share.add(all[0].variance_share.value);
    variance.add(std::pow(*number(all[0], Kind::mean).sd / 1000.0, 2));
  }
  CHECK_MESSAGE(share.agrees_with(0.7346938776 / 3.3061224490, 0.02), share);
  CHECK_MESSAGE(variance.agrees_with(0.7346938776, 0.06), variance);
}

TEST_CASE("nothing is told where nothing is open, or too few paths are played") {
  CHECK(parameter_uncertainty(study(9.0, 63, 1), {}).empty());
  Study known = study(9.0, 3200, 1);
  known.scenario.providers["A"].regions["r"].outages->rate_posterior.reset();
  CHECK(parameter_uncertainty(known, {}).empty());
  const auto sure = parameter_uncertainty(study(1e6, 3200, 1), {});
  REQUIRE(sure.size() == 1);
  CHECK(sure[0].variance_share.value < 0.02);
}

TEST_CASE("the paths of the split are foretold, and told as a batch behind the study's") {
  const Study asked = study(9.0, 3210, 1);
  CHECK(split_paths(asked) == 3200);
  CHECK(split_paths(study(9.0, 63, 1)) == 0);
  Study plain = asked;
  plain.outputs.parameter_uncertainty = false;
  CHECK(split_paths(plain) == 0);
  std::uint64_t done = 0, all = 0;
  AssessOptions options;
  options.progress = [&](std::uint64_t paths_done, std::uint64_t paths) {
    CHECK(paths_done > 3210);
    done = std::max(done, paths_done), all = paths;
  };
  parameter_uncertainty(asked, options);
  CHECK(done == 6410);
  CHECK(all == 6410);
}

}  // namespace parameter_uncertainty_test
