// What connects years and outages: persistent frailty, aftershocks, demand; the law of a bad year
// (docs/model/outages.md; O22, O34).

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/quantile.hpp"
#include "models/assess/assess.hpp"
#include "models/market/demand.hpp"
#include "models/outage/outage_world.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/goodness_of_fit.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/sample_mean.hpp"
#include "tests/support/standard_errors.hpp"
#include "tests/support/worlds.hpp"

namespace years_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

/// One region whose short outages follow factor f alone, over seven years.
ScenarioInput one_factor(double rate, double variance, double persistence) {
  ScenarioInput input = worlds::plain({{"A", 1.0}});
  input.frailty["f"] = {variance, persistence};
  input.providers["A"].regions["r"].outages = worlds::outages(rate, FixedDuration{Hours(1e-6)}, {{"f", 1.0}});
  return input;
}

/// Yearly multipliers of the region's rate, path by path.
std::vector<std::vector<double>> multipliers(const ScenarioInput& input, std::uint64_t paths) {
  const Scenario scenario(input);
  const FrailtySampler sampler(scenario, 111);
  FrailtyPath path;
  std::vector<std::vector<double>> years(static_cast<std::size_t>(scenario.horizon.years()));
  for (std::uint64_t i = 0; i < paths; ++i) {
    sampler.sample(i, path);
    for (std::size_t y = 0; y < years.size(); ++y)
      years[y].push_back(FrailtySampler::multiplier(scenario.entities[EntityId(0)], path, y));
  }
  return years;
}

SampleMean counts(const ScenarioInput& input, std::uint64_t paths, double centre, bool squared) {
  const Scenario scenario(input);
  const OutageSampler sampler(scenario, 112);
  SampleMean mean;
  for (std::uint64_t path = 0; path < paths; ++path) {
    const double n = static_cast<double>(sampler.arrivals(EntityId(0), path).size());
    mean.add(squared ? (n - centre) * (n - centre) : n);
  }
  return mean;
}

}  // namespace

TEST_CASE("persistent frailty: the gamma law of every year, correlation rho^h, whatever the variance") {
  for (const auto& [variance, rho] : {std::pair{0.5, 0.6}, {0.5, 0.95}, {3.0, 0.4}}) {
    CAPTURE(variance);
    CAPTURE(rho);
    auto years = multipliers(one_factor(1.0, variance, rho), 100'000);
    for (const std::size_t lag : {1u, 2u, 6u}) {
      SampleMean product;
      for (std::size_t i = 0; i < years[0].size(); ++i)
        product.add((years[0][i] - 1.0) * (years[lag][i] - 1.0) / variance);
      CHECK_MESSAGE(product.agrees_with(std::pow(rho, static_cast<double>(lag)), 0.03), product);
    }
    for (std::vector<double>& year : years) {
      const double distance = kolmogorov_distance(
          year, [&](double x) { return boost::math::gamma_p(1.0 / variance, x / variance); });
      CHECK(distance < kolmogorov_critical(year.size(), 1e-3));
    }
  }
}

TEST_CASE(
    "seven years of counts: variance 52.5 with independent years, 241.5 where one year is as the other") {
  const auto variance_of = [](double rho) {
    double sum = 0.0;
    for (int y = 0; y < 7; ++y)
      for (int z = 0; z < 7; ++z) sum += std::pow(rho, std::abs(y - z));
    return 21.0 + 0.5 * 9.0 * sum;
  };
  CHECK(variance_of(0.0) == doctest::Approx(52.5));
  CHECK(variance_of(1.0) == doctest::Approx(241.5));
  for (const double rho : {0.0, 0.6, 1.0}) {
    CAPTURE(rho);
    const ScenarioInput input = one_factor(3.0, 0.5, rho);
    const SampleMean mean = counts(input, 60'000, 0.0, false), spread = counts(input, 60'000, 21.0, true);
    CHECK_MESSAGE(mean.agrees_with(21.0, 0.07), mean);
    CHECK_MESSAGE(spread.agrees_with(variance_of(rho), 0.012 * variance_of(rho)), spread);
  }
}

TEST_CASE("O22: one factor in a large portfolio, quantiles and expected shortfalls of a bad year") {
  const auto years = multipliers(one_factor(1.0, 0.5, 0.0), 60'000);
  std::vector<double> all;
  for (const std::vector<double>& year : years) all.insert(all.end(), year.begin(), year.end());
  const measure::SortedSample sample(all);  // 420 000 independent years
  struct Printed {
    double level, quantile, shortfall, error;
  };
  for (const Printed& printed : {Printed{0.95, 2.3719322592, 2.9589816662, 0.007},
                                 {0.99, 3.3191760340, 3.8846351796, 0.015},
                                 {0.999, 4.6167067382, 5.1655662904, 0.05}}) {
    CAPTURE(printed.level);
    CHECK(agrees_to_decimals(boost::math::gamma_p(2.0, 2.0 * printed.quantile), printed.level, 10));
    check_quantile_within_4_se(measure::quantile(sample, printed.level),
                               measure::quantile_interval(sample, printed.level), printed.quantile,
                               printed.error);
    check_within_4_se(measure::expected_shortfall(sample, printed.level), printed.shortfall, printed.error);
  }
}

TEST_CASE("O12: two losses of a million a year, discounted where they happen") {
  ScenarioInput input = worlds::plain({{"A", 1.0}}, 1.0, 1e12);
  input.providers["A"].regions["r"].outages = worlds::outages(2.0, FixedDuration{Hours(1e-6)});
  const Assessment run = assess(worlds::study(input, 150'000, 114), test::whole_only());
  const MeasureSummary& outage = run.strategies[0].measure("outage");
  check_within_4_se(outage.mean, 10'719'773.4038, 8'000.0);
  // Compound Poisson: variance 2 c^2 (1 - exp(-2 r T)) / (2 r), excess kurtosis of about 1 / 14.
  const double variance = 8.421502567e12;
  check_within_4_se({*outage.sd * *outage.sd, variance * std::sqrt(2.1 / 150'000.0)}, variance, 0.04e12);
}

TEST_CASE("O34: aftershocks and theirs, over seven years") {
  struct Printed {
    double branching, decay, mean;
  };
  for (const Printed& printed : {Printed{0.2, 100.0, 52.48125}, {0.5, 1.0, 72.3623686011}}) {
    CAPTURE(printed.branching);
    const double n = printed.branching, b = printed.decay;
    const double exact =
        6.0 * 7.0 / (1.0 - n) - 6.0 * n * -std::expm1(-b * (1.0 - n) * 7.0) / (b * (1.0 - n) * (1.0 - n));
    CHECK(agrees_to_decimals(exact, printed.mean, 9));
    ScenarioInput input = one_factor(6.0, 0.0, 0.0);
    input.providers["A"].regions["r"].outages->clustering = Clustering{Fraction(n), PerYear(b)};
    const SampleMean mean = counts(input, 60'000, 0.0, false);
    CHECK_MESSAGE(mean.agrees_with(printed.mean, 0.07), mean);
  }
}

TEST_CASE(
    "demand that varies is a lognormal martingale around its growth, one workload apart from the other") {
  ScenarioInput input = worlds::plain({{"A", 1.0}});
  input.workloads["load"] = {1.0, 0.0, 0.1, 0.3};
  input.workloads["other"] = {1.0, 0.0, 0.0, 0.3};
  input.strategies[0].second.workloads["other"] = input.strategies[0].second.workloads["load"];
  const Scenario scenario(input);
  const DemandSampler sampler(scenario, 113);
  DemandPath path;
  for (const std::size_t month : {7u, 72u}) {
    CAPTURE(month);
    const double t = static_cast<double>(month) / 12.0, growth = month == 72 ? std::pow(1.1, 6.0) : 1.0;
    const double variance = 0.09 * t;
    SampleMean mean, log_mean, log_variance, covariance, step;
    for (std::uint64_t i = 0; i < 60'000; ++i) {
      sampler.sample(i, path);
      const double factor = path.at(WorkloadId(0), month) / growth;
      const double centred = std::log(factor) + 0.5 * variance;
      mean.add(factor);
      log_mean.add(centred);
      log_variance.add(centred * centred);
      covariance.add(centred * (std::log(path.at(WorkloadId(1), month)) + 0.5 * variance));
      step.add(centred * (std::log(path.at(WorkloadId(1), month + 3)) + 0.5 * 0.09 * (t + 0.25)));
      CHECK(path.at(WorkloadId(0), 0) == 1.0);
    }
    CHECK_MESSAGE(mean.agrees_with(1.0, 0.005), mean);
    CHECK_MESSAGE(log_mean.agrees_with(0.0, 0.005), log_mean);
    CHECK_MESSAGE(log_variance.agrees_with(variance, 0.007 * variance), log_variance);
    CHECK_MESSAGE(covariance.agrees_with(0.0, 0.005), covariance);
    CHECK_MESSAGE(step.agrees_with(0.0, 0.005), step);
  }
}

}  // namespace years_test
