// How many outages there are, and the annual curves that follow (docs/model/outages.md; O1, O2, O23).

#include <array>

#include <boost/math/distributions/lognormal.hpp>

#include "models/outage/outage_world.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/compound_law.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/sample_mean.hpp"
#include "tests/support/standard_errors.hpp"
#include "tests/support/worlds.hpp"

namespace outage_counts_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

/// Two regions of two providers with outages so short that none overlap.
Scenario short_outages(double rate_a, double rate_b, double weight, double variance, int months) {
  ScenarioInput input = worlds::plain({{"A", 0.5}, {"B", 0.5}});
  input.horizon.months = months;
  input.frailty["f"] = {variance};
  const std::map<std::string, double> weights{{"own", 1.0 - weight}, {"f", weight}};
  const FixedDuration instant{Hours(1e-6)};
  input.providers["A"].regions["r"].outages = worlds::outages(rate_a, instant, weights);
  input.providers["B"].regions["r"].outages = worlds::outages(rate_b, instant, weights);
  return Scenario(input);
}

struct Counts {
  SampleMean a, a_squared, neither, many, product;

  Counts(const Scenario& scenario, std::uint64_t paths, double mean_a, double mean_b) {
    const OutageSampler sampler(scenario, 51);
    OutageWorld world;
    for (std::uint64_t path = 0; path < paths; ++path) {
      sampler.sample(path, world);
      const double n = static_cast<double>(world.outages[EntityId(0)].size());
      const double m = static_cast<double>(world.outages[EntityId(1)].size());
      a.add(n);
      a_squared.add((n - mean_a) * (n - mean_a));
      neither.add(n + m == 0.0);
      many.add(n >= 8.0);
      product.add((n - mean_a) * (m - mean_b));
    }
  }
};

}  // namespace

TEST_CASE("O1, O2: negative binomial counts, two entities on one factor") {
  const Counts counts(short_outages(2.0, 1.0, 1.0, 0.5, 12), 100'000, 2.0, 1.0);
  CHECK_MESSAGE(counts.a.agrees_with(2.0, 0.01), counts.a);
  CHECK_MESSAGE(counts.a_squared.agrees_with(4.0, 0.05), counts.a_squared);
  CHECK_MESSAGE(counts.many.agrees_with(0.01953125, 0.0006), counts.many);
  CHECK_MESSAGE(counts.neither.agrees_with(0.16, 0.002), counts.neither);
  const double covariance = 0.5 * 2.0 * 1.0;  // v lambda1 lambda2
  CHECK_MESSAGE(counts.product.agrees_with(covariance, 0.03), counts.product);
}

TEST_CASE("O2: part of the rate without frailty") {
  const Counts counts(short_outages(2.0, 1.0, 0.6, 0.5, 12), 100'000, 2.0, 1.0);
  CHECK_MESSAGE(counts.neither.agrees_with(0.0834332997, 0.001), counts.neither);
  const double deviation = std::sqrt((2.0 + 0.36 * 0.5 * 4.0) * (1.0 + 0.36 * 0.5));
  CHECK_MESSAGE(counts.product.agrees_with(0.2009449263 * deviation, 0.03), counts.product);
}

TEST_CASE("the frailty of every year is drawn anew") {
  const Counts counts(short_outages(3.0, 1.0, 1.0, 0.5, 84), 40'000, 21.0, 7.0);
  CHECK_MESSAGE(counts.a_squared.agrees_with(52.5, 0.6), counts.a_squared);  // 241.5 with one draw for all
}

TEST_CASE("a part of a year has its part of the outages") {
  const Counts counts(short_outages(3.0, 1.0, 1.0, 0.5, 18), 100'000, 4.5, 1.5);
  CHECK_MESSAGE(counts.a.agrees_with(4.5, 0.011), counts.a);
  const double variance = 4.5 + 0.5 * (9.0 + 2.25);
  CHECK_MESSAGE(counts.a_squared.agrees_with(variance, 0.1), counts.a_squared);
}

namespace {

/// O5 and O23 on a scale where outages do not overlap: hours a hundred times shorter and dearer.
Assessment annual_world(double variance, std::uint64_t paths) {
  ScenarioInput input = worlds::plain({{"A", 1.0}}, 1.0, 100.0);
  input.horizon.months = 24;
  input.frailty["f"] = {variance};
  input.providers["A"].regions["r"].outages =
      worlds::outages(2.0, worlds::lognormal(0.02, 1.2), {{"f", 1.0}});
  Study study = worlds::study(input, paths, 52);
  study.outputs.return_periods = {5, 20, 100, 1000};
  return assess(study, test::whole_only());
}

/// The value whose yearly exceedance by the largest of the year's outages is `probability`.
double largest_exceeded_with(double probability, double variance) {
  const double events =
      variance > 0.0 ? (std::pow(1.0 - probability, -variance) - 1.0) / variance : -std::log1p(-probability);
  const boost::math::lognormal law(std::log(2.0), 1.2);
  return boost::math::quantile(boost::math::complement(law, events / 2.0));
}

/// The year's sum by Panjer recursion on a lattice.
double sum_exceeded_with(double probability, double variance) {
  const double step = 0.02;
  const boost::math::lognormal law(std::log(2.0), 1.2);
  const auto below = [&](double x) { return boost::math::cdf(law, x * step); };
  const double rounds_to_0 = below(0.5), mean = 2.0 * (1.0 - rounds_to_0);
  std::vector<double> severity;
  for (std::size_t j = 1; j <= 12'000; ++j) {
    const double x = static_cast<double>(j);
    severity.push_back((below(x + 0.5) - below(x - 0.5)) / (1.0 - rounds_to_0));
  }
  const auto count = variance > 0.0 ? panjer_negative_binomial(mean, variance) : panjer_poisson(mean);
  return step * lattice_tail_risk(panjer_recursion(count, severity, 12'000), 1.0 - probability).value_at_risk;
}

}  // namespace

TEST_CASE("O5, O23: annual curves of the sum and of the largest incident") {
  CHECK(agrees_to_decimals(largest_exceeded_with(0.01, 0.5), 43.8605206064, 9));
  CHECK(agrees_to_decimals(largest_exceeded_with(0.01, 0.0), 43.9063233774, 9));
  CHECK(std::abs(sum_exceeded_with(0.01, 0.5) - 59.95) <= 0.03);
  const double variance = 0.5;
  const Assessment run = annual_world(variance, 150'000);
  const StrategySummary& strategy = run.strategies.front();
  std::array<double, 4> exact_sums{};
  for (std::size_t i = 0; i < exact_sums.size(); ++i)
    exact_sums[i] = sum_exceeded_with(1.0 / strategy.pooled.aggregate[i].return_period, variance);
  const auto check_curves = [&](const AnnualCurves& curves, double largest_relative_error) {
    for (std::size_t i = 0; i < exact_sums.size(); ++i) {
      const auto& sum = curves.aggregate[i];
      const auto& largest = curves.occurrence[i];
      CAPTURE(sum.return_period);
      REQUIRE(sum.value.has_value());
      REQUIRE(sum.return_period == strategy.pooled.aggregate[i].return_period);
      check_quantile_within_4_se(*sum.value, sum.interval, exact_sums[i],
                                 largest_relative_error * exact_sums[i]);
      const double exact = largest_exceeded_with(1.0 / largest.return_period, variance);
      check_quantile_within_4_se(*largest.value, largest.interval, exact, largest_relative_error * exact);
    }
  };
  check_curves(strategy.pooled, 0.03);
  REQUIRE(strategy.by_year.size() == 2);
  for (const AnnualCurves& year : strategy.by_year) check_curves(year, 0.04);
}

}  // namespace outage_counts_test
