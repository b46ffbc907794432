// Small, empty, huge and hopeless studies.

#include <doctest/doctest.h>

#include "models/assess/assess.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/assessment_numbers.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/worlds.hpp"

namespace edges_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

Assessment assessed(const ScenarioInput& input, std::uint64_t paths) {
  AssessOptions options;
  options.threads = 2;
  return assess(worlds::study(input, paths), options);
}

void check_finite(const Assessment& assessment) {
  for (const NamedNumber& number : AssessmentNumbers(assessment).all()) {
    CAPTURE(number.name);
    if (number.value) CHECK(std::isfinite(*number.value));
  }
}

}  // namespace

TEST_CASE("one path: numbers without errors") {
  const Assessment one = assessed(worlds::rich(), 1);
  CHECK(one.paths == 1);
  CHECK(one.complete);
  check_finite(one);
  for (const MeasureSummary& measure : one.strategies[0].measures) {
    CHECK_FALSE(measure.mean.standard_error.has_value());
    CHECK_FALSE(measure.sd.has_value());
  }
}

TEST_CASE("paths that do not fill the last block are all there") {
  const Assessment more = assessed(worlds::rich(), 1025);
  CHECK(more.paths == 1025);
  check_finite(more);
}

TEST_CASE("no path at all is refused") { CHECK_THROWS_AS(assessed(worlds::rich(), 0), InvalidInput); }

TEST_CASE("a horizon of one month") {
  ScenarioInput input = worlds::rich();
  input.horizon.months = 1;
  for (auto& [name, strategy] : input.strategies) strategy.workloads["other"].exit_lead_months = 0;
  const Assessment month = assessed(input, 50);
  check_finite(month);
  CHECK(month.strategies[0].by_year.empty());
  CHECK(month.strategies[0].pooled.aggregate.empty());
  CHECK(month.scarcity_by_year.empty());
  CHECK(month.strategies[0].measure("total_cost").years.size() == 1);
}

TEST_CASE("fifty providers") {
  std::map<std::string, double> shares;
  for (int p = 0; p < 50; ++p) shares["p" + std::to_string(100 + p)] = 0.02;
  ScenarioInput input = worlds::plain(shares, 50.0, 100.0);
  for (auto& [name, provider] : input.providers) {
    provider.divergence = worlds::base_regimes(0.5);
    provider.regions["r"].outages =
        worlds::outages(3.0, worlds::lognormal(2.0, 1.2), {{"own", 0.3}, {"industry", 0.3}, {name, 0.4}});
  }
  const Assessment many = assessed(input, hedgerow::test::paths_or(100, 20));
  check_finite(many);
  CHECK(many.strategies[0].severed_providers.size() == 51);
}

TEST_CASE("no demand and no revenue at risk: nothing but the cost of regimes") {
  ScenarioInput input = worlds::rich();
  for (auto& [name, workload] : input.workloads) workload = {0.0, 0.0};
  for (auto& [name, strategy] : input.strategies)
    for (auto& [provider, contract] : strategy.contracts) contract.commitment.clear();
  const Assessment idle = assessed(input, 300);
  check_finite(idle);
  const StrategySummary& strategy = idle.strategies[0];
  for (const char* name : {"spend", "outage", "sla_credit", "capacity_shortage", "migration"}) {
    CHECK(strategy.measure(name).mean.value == 0.0);
    CHECK(strategy.measure(name).sd == 0.0);
  }
  CHECK(strategy.measure("regime").mean.value > 0.0);
  CHECK(strategy.plan_total_cost == 0.0);
}

TEST_CASE("everybody severs in the first hour: one bill, then nothing is served to the end") {
  ScenarioInput input = worlds::plain({{"A", 0.6}, {"B", 0.4}}, 10.0, 100.0);
  input.horizon.discount_rate = PerYear(0.0);
  for (auto& [name, provider] : input.providers) {
    provider.divergence = worlds::base_regimes();
    provider.divergence->aligned_to_strained = provider.divergence->strained_to_severed = PerYear(1e6);
    provider.divergence->aligned_to_rival = provider.divergence->strained_to_rival =
        provider.divergence->strained_to_aligned = PerYear(0.0);
    provider.regions["r"].outages = worlds::outages(50.0, worlds::lognormal(5.0, 1.0));
    input.strategies[0].second.contracts[name].notice = Years(0.0);
  }
  const Assessment gone = assessed(input, 64);
  const StrategySummary& strategy = gone.strategies[0];
  CHECK(strategy.severed_providers[2].value == 1.0);
  CHECK(relative_error(strategy.measure("spend").mean.value, 730.0 * 10.0) < 1e-12);
  CHECK(relative_error(strategy.measure("capacity_shortage").mean.value, 100.0 * 730.0 * 83.0) < 1e-12);
  for (std::size_t y = 1; y < 7; ++y) CHECK(strategy.measure("outage").years[y].mean.value == 0.0);
  CHECK(strategy.measure("outage").years[0].mean.value > 0.0);  // in the first month
}

TEST_CASE("a rival that withholds everything, with outages on top: all revenue is lost exactly once") {
  ScenarioInput input = worlds::plain({{"A", 1.0}}, 0.0, 100.0);
  input.horizon.discount_rate = PerYear(0.0);
  Divergence terms = worlds::base_regimes();
  terms.aligned_to_rival = PerYear(1e9);
  terms.rival_to_strained = terms.rival_to_severed = terms.aligned_to_strained = PerYear(0.0);
  terms.withhold = Fraction(1.0);
  input.providers["A"].divergence = terms;
  input.providers["A"].regions["r"].outages = worlds::outages(300.0, worlds::lognormal(20.0, 1.0));
  const StrategySummary strategy = assessed(input, 64).strategies[0];
  CHECK(relative_error(strategy.measure("total_cost").mean.value, 100.0 * 8760.0 * 7.0) < 1e-6);
}

TEST_CASE("down all the time costs no more than all revenue") {
  ScenarioInput input = worlds::plain({{"A", 1.0}}, 0.0, 1.0);
  input.horizon.months = 30;
  input.horizon.discount_rate = PerYear(0.0);
  input.providers["A"].regions["r"].outages = worlds::outages(100.0, FixedDuration{Hours(1e6)});
  input.providers["A"].outages = worlds::outages(100.0, FixedDuration{Hours(1e6)});
  const StrategySummary strategy = assessed(input, 64).strategies[0];
  CHECK(at_level(strategy.measure("outage").percentiles, 0.999).value <= 730.0 * 30.0 * (1 + 1e-12));
  CHECK(at_level(strategy.measure("outage").percentiles, 0.05).value >= 730.0 * 30.0 * 0.97);
}

TEST_CASE("infinite variance: no standard errors of outage loss and total, and a word about it") {
  ScenarioInput input = worlds::rich();
  input.providers["A"].outages->duration =
      SplicedDuration{worlds::lognormal(2.0, 1.2), Fraction(0.95), 0.6, Hours(6.0)};
  constexpr std::uint64_t paths = hedgerow::test::paths_or(300, 60);
  const StrategySummary heavy = assessed(input, paths).strategies[0];
  REQUIRE_FALSE(heavy.diagnostics.empty());
  CHECK(heavy.diagnostics[0].code == "infinite_variance");
  for (const char* name : {"outage", "total_cost", "loss"}) {
    CHECK_FALSE(heavy.measure(name).mean.standard_error.has_value());
    CHECK_FALSE(heavy.measure(name).sd.has_value());
    CHECK_FALSE(heavy.measure(name).expected_shortfall[0].estimate.standard_error.has_value());
  }
  CHECK(heavy.measure("spend").mean.standard_error.has_value());
  input.providers["A"].outages->rate = PerYear(0.0);  // a tail that nobody meets
  const StrategySummary light = assessed(input, paths).strategies[0];
  for (const Diagnostic& diagnostic : light.diagnostics) CHECK(diagnostic.code != "infinite_variance");
}

TEST_CASE(
    "reputation grows faster than the outage, so its variance is infinite earlier, unless it is capped") {
  ScenarioInput input = worlds::w2();
  input.providers["A"].outages->duration =
      SplicedDuration{worlds::lognormal(2.0, 1.2), Fraction(0.95), 0.4, Hours(6.0)};
  constexpr std::uint64_t paths = hedgerow::test::paths_or(300, 60);
  const StrategySummary heavy = assessed(input, paths).strategies[0];
  CHECK(heavy.measure("outage").mean.standard_error.has_value());
  CHECK_FALSE(heavy.measure("reputation").mean.standard_error.has_value());
  CHECK_FALSE(heavy.measure("total_cost").mean.standard_error.has_value());
  input.workloads["load"].reputation->cap = 1e6;
  CHECK(assessed(input, 300).strategies[0].measure("total_cost").mean.standard_error.has_value());
}

TEST_CASE("an exception in a worker comes out") {
  ScenarioInput input = worlds::rich();
  input.providers["A"].outages->rate = PerYear(NAN);
  for (const std::uint64_t paths : {1u, 5'000u}) CHECK_THROWS_AS(assessed(input, paths), InvalidInput);
}

TEST_CASE("a run that is cancelled before its first block has no answer") {
  hedgerow::run::Cancellation cancellation;
  cancellation.request();
  AssessOptions options;
  options.cancellation = &cancellation;
  CHECK_THROWS_AS(assess(worlds::study(worlds::rich(), 5'000), options), Stopped);
}

TEST_CASE("an unknown measure is no measure") {
  CHECK_THROWS_AS(assessed(worlds::rich(), 1).strategies[0].measure("weather"), std::out_of_range);
}

TEST_CASE("memory grows with paths and strategies") {
  Study study = worlds::study(worlds::rich(), 1000);
  const double needed = memory_needed(study);
  CHECK(needed > 1000.0 * 8.0);
  study.simulation.paths = 3000;
  CHECK(memory_needed(study) == doctest::Approx(3.0 * needed).epsilon(0.01));  // a tail has one path more
}

}  // namespace edges_test
