// Paths that are drawn otherwise than independently, against published tails and exact means.

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/quantile.hpp"
#include "engine/measure/replicated.hpp"
#include "models/assess/assess.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/sample_mean.hpp"
#include "tests/support/standard_errors.hpp"
#include "tests/support/worlds.hpp"

namespace sampling_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

/// O5: one year, one entity, 2 outages a year of lognormal(2 h, 1.2).
Scenario one_year(double variance) {
  ScenarioInput input = worlds::plain({{"A", 1.0}});
  input.horizon.months = 12;
  input.frailty["f"] = {variance};
  input.providers["A"].regions["r"].outages =
      worlds::outages(2.0, worlds::lognormal(2.0, 1.2), {{"own", 0.0}, {"f", 1.0}});
  return Scenario(input);
}

std::shared_ptr<const OutageMixture> mixture() {
  IdVector<EntityId, std::array<double, band_count>> factors;
  factors.push_back({1, 1, 1.5, 3, 8, 20, 40, 80});
  return std::make_shared<const OutageMixture>(0.5, std::vector{outage_tilt(factors)});
}

/// Additive outage hours and weights of the paths of a mixture, the nominal ones first.
struct Hours {
  std::vector<double> values, weights;
};
Hours hours(double variance, std::uint64_t paths) {
  const Scenario scenario = one_year(variance);
  const Simulation simulation(scenario, 31, {mixture(), 0});
  Hours all;
  World world;
  for (std::uint64_t i = 0; i < paths; ++i) {
    const std::uint64_t path = i < paths / 2 ? i : OutageMixture::first_tilted + i - paths / 2;
    simulation.sample(path, world);
    double sum = 0.0;
    for (const Outage& outage : simulation.outages().arrivals(EntityId(0), path))
      sum += (outage.end - outage.start) * hours_per_year;
    all.values.push_back(sum);
    all.weights.push_back(world.outages.weight);
  }
  return all;
}

struct Published {
  double level, value_at_risk, expected_shortfall;  // [h], to 0.005 h
  double error_bound;                               // of the expected shortfall [h]
};

void check_tail(double variance, std::span<const Published> published) {
  const Hours drawn = hours(variance, 200'000);
  const measure::SortedSample sample(drawn.values, drawn.weights);
  test::SampleMean weight;
  for (const double w : drawn.weights) weight.add(w);
  CHECK(weight.agrees_with(1.0, 0.002));
  for (const Published& known : published) {
    CAPTURE(known.level);
    test::SampleMean above;
    for (std::size_t i = 0; i < drawn.values.size(); ++i)
      above.add(drawn.values[i] > known.value_at_risk ? drawn.weights[i] : 0.0);
    CHECK(std::abs(above.mean() - (1.0 - known.level)) <=
          4.0 * above.standard_error() + 0.005 * (1.0 - known.level));
    test::check_within_4_se(measure::expected_shortfall(sample, known.level), known.expected_shortfall,
                            known.error_bound);
  }
}

}  // namespace

TEST_CASE("O5 by importance sampling: with a thirtieth of the paths the same errors in the deep tail") {
  // The plain test of O5 takes 6 000 000 draws for a bound of 1.2 h at 99.9 %.
  SUBCASE("Poisson") {
    check_tail(0.0,
               std::array<Published, 3>{
                   {{0.95, 28.35, 45.58, 0.2}, {0.99, 53.88, 79.72, 0.4}, {0.999, 114.36, 160.65, 1.0}}});
  }
  SUBCASE("negative binomial") {
    check_tail(0.5,
               std::array<Published, 3>{
                   {{0.95, 31.83, 50.54, 0.2}, {0.99, 59.95, 86.28, 0.4}, {0.999, 121.21, 167.10, 1.0}}});
  }
}

TEST_CASE("a tilt multiplies the Poisson mean of each band, and leaves the first as it is") {
  const Scenario scenario = one_year(0.0);
  const auto mixed = mixture();
  const Simulation simulation(scenario, 32, {mixed, 0});
  std::array<test::SampleMean, band_count> counts, squares;
  World world;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    simulation.sample(OutageMixture::first_tilted + i, world);
    const auto& outages = world.outages.evidence[EntityId(0)].outages;
    for (std::size_t b = 0; b < band_count; ++b) {
      const double mean = 2.0 * band_probability(b) * mixed->tilts()[0][EntityId(0)].factor(b);
      counts[b].add(outages[b]);
      squares[b].add((outages[b] - mean) * (outages[b] - mean));
    }
  }
  for (std::size_t b = 0; b < band_count; ++b) {
    CAPTURE(b);
    const double mean = 2.0 * band_probability(b) * mixed->tilts()[0][EntityId(0)].factor(b);
    CHECK(counts[b].agrees_with(mean, 0.005));
    CHECK(squares[b].agrees_with(mean, 0.02));  // the variance of a Poisson count
  }
}

TEST_CASE("W-0 by importance sampling: the tails of an independent simulation, the exact mean") {
  Study study;
  study.scenario = worlds::w0();
  study.simulation = {60'000, 5, std::nullopt, Sampling::importance};
  study.outputs.percentiles_of = {Detail::total_cost, Detail::components};
  const Assessment of = assess(study, test::whole_only());
  REQUIRE(of.sampling.used == Sampling::importance);
  const MeasureSummary& outage = of.strategies[0].measure("outage");
  test::check_within_4_se(outage.mean, 13'628'456.70, 30'000.0);
  const Percentile& q99 = test::at_level(outage.percentiles, 0.99);
  REQUIRE(q99.interval.lower);
  CHECK(*q99.interval.lower < 26.37e6);  // published: 26.27 M [26.15, 26.37]
  CHECK(*q99.interval.upper > 26.15e6);
  CHECK(*q99.interval.upper - *q99.interval.lower < 0.5e6);
  const TailMean& worst = outage.expected_shortfall.back();  // 99 %; published: 30.71 M of 400 000 paths
  const double published_error = 0.12e6;
  REQUIRE(worst.estimate.standard_error);
  CHECK(*worst.estimate.standard_error < 0.15e6);  // 60 000 plain paths: 0.31 M
  CHECK(std::abs(worst.estimate.value - 30.71e6) <=
        4.0 * std::hypot(published_error, *worst.estimate.standard_error));
}

TEST_CASE("Sobol points leave every law as it is: prices, scarcity, regimes and frailties keep exact means") {
  // W-3's exact severance probabilities and regime costs, O13's mean price, O15's scarcity.
  Study study;
  study.scenario = worlds::w3();
  study.simulation = {60'000, 5, std::nullopt, Sampling::sobol};
  study.outputs.percentiles_of = {Detail::total_cost, Detail::components};
  const Assessment of = assess(study, test::whole_only());
  const double severed[] = {.1825282911, .1212156164, .0477384578};
  const double regime[] = {8'295'040.73, 5'407'359.04, 604'625.37};
  double cost = 0.0;
  for (std::size_t p = 0; p < 3; ++p) {
    test::check_within_4_se(of.strategies[0].providers[p].severed_by_horizon, severed[p], 0.002);
    cost += regime[p];
  }
  test::check_within_4_se(of.strategies[0].measure("regime").mean, cost, 50'000.0);
  CHECK(of.list_prices[0].mean[6].value ==
        doctest::Approx(2.0 * .4965853038 * (1.0 + .25 * .2379422399)).epsilon(0.005));
  CHECK(of.scarcity_by_year[6].value == doctest::Approx(.2379422399).epsilon(0.01));
}

TEST_CASE("Sobol points know the mean of prices better than independent paths, and their error says so") {
  Study study;
  study.scenario = worlds::plain({{"A", 0.5}, {"B", 0.5}});
  for (const char* name : {"A", "B"})
    study.scenario.providers[name].list_price = worlds::list_price(2.0, -0.1, 0.15, std::nullopt, 0.0);
  study.simulation = {8'192, 5, std::nullopt, Sampling::plain};
  study.outputs.percentiles_of = {Detail::total_cost};
  const measure::Estimate plain = assess(study, test::whole_only()).strategies[0].measures[0].mean;
  study.simulation.sampling = Sampling::sobol;
  const measure::Estimate sobol = assess(study, test::whole_only()).strategies[0].measures[0].mean;
  CHECK(*sobol.standard_error < *plain.standard_error / 10.0);
  double exact = 0.0;  // 84 months of one unit at the mean price, discounted
  for (int k = 0; k < 84; ++k) exact += 730.0 * 2.0 * std::exp(-(0.1 + 0.08) * k / 12.0);
  test::check_within_4_se(sobol, exact, 12.0);
}

}  // namespace sampling_test
