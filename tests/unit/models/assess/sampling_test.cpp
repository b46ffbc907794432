// Ways of drawing paths: what they leave alone, what they tell, and that threads change nothing.

#include "models/assess/sampling/sampling.hpp"

#include <doctest/doctest.h>

#include <numeric>

#include "models/assess/assess.hpp"
#include "models/assess/sampling/importance_pilot.hpp"
#include "models/assess/sampling/sampling_choice.hpp"
#include "tests/support/assessment_numbers.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/worlds.hpp"

namespace sampling_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

Study study(Sampling sampling, std::uint64_t paths) {
  Study study;
  study.scenario = worlds::w0();
  study.scenario.strategies.push_back(study.scenario.strategies.front());
  study.scenario.strategies.back().first = "even";
  study.scenario.strategies.back().second.workloads["load"].placement = {{"A.r", 0.5}, {"B.r", 0.5}};
  study.simulation.paths = paths;
  study.simulation.sampling = sampling;
  study.outputs.percentiles = {0.5, 0.99, 0.999};
  study.outputs.expected_shortfall = {0.9, 0.999};
  study.outputs.percentiles_of = {Detail::total_cost, Detail::components};
  return study;
}

AssessOptions threads(unsigned count) {
  AssessOptions options;
  options.threads = count;
  return options;
}

/// Played once for all that look at it.
const Assessment& mixture() {
  static const Assessment played = assess(study(Sampling::importance, 12'288), threads(2));
  return played;
}

const MeasureSummary& total(const Assessment& of) {
  return of.strategies[0].measure(MeasureName::total_cost);
}

}  // namespace

TEST_CASE("importance sampling: half of the paths are those of a plain run, bit by bit" *
          doctest::skip(test::thread_sanitized)) {
  const Assessment& mixed = mixture();
  const Assessment plain = assess(study(Sampling::plain, 6'144), threads(2));
  REQUIRE(mixed.sampling.used == Sampling::importance);
  CHECK(mixed.paths == 12'288);
  CHECK(mixed.sampling.nominal_paths == 6'144);
  CHECK(mixed.sampling.tilted_paths == 6'144);
  CHECK(total(mixed).mean.value == total(plain).mean.value);
  CHECK(total(mixed).mean.standard_error == total(plain).mean.standard_error);
  CHECK(total(mixed).percentiles[0].value == total(plain).percentiles[0].value);
  CHECK(mixed.comparisons[0].mean.value == plain.comparisons[0].mean.value);

  // The deep tail is told by all, with a smaller error, and differs within it.
  const measure::Estimate &by_all = total(mixed).expected_shortfall[1].estimate,
                          by_nominal = total(plain).expected_shortfall[1].estimate;
  REQUIRE(by_all.standard_error);
  CHECK(by_all.value != by_nominal.value);
  CHECK(!by_nominal.standard_error);  // six paths in its tail: refused
}

TEST_CASE(
    "importance sampling: what a tail is made of adds up to it, where all paths tell it and where not") {
  const Assessment& mixed = mixture();
  for (const StrategySummary& strategy : mixed.strategies)
    for (std::size_t level = 0; level < 2; ++level) {
      double sum = 0.0;
      for (const Contribution& part : strategy.attribution.contributions) sum += part.tail[level].value.value;
      const double shortfall = strategy.measure(MeasureName::loss).expected_shortfall[level].estimate.value;
      CHECK(sum == doctest::Approx(shortfall).epsilon(1e-12));
    }
  const LevelDifference& deep = mixed.comparisons[0].expected_shortfall[1];
  CHECK(deep.difference.value ==
        doctest::Approx(
            mixed.strategies[1].measure(MeasureName::total_cost).expected_shortfall[1].estimate.value -
            total(mixed).expected_shortfall[1].estimate.value));
  CHECK(*deep.difference.standard_error < *total(mixed).expected_shortfall[1].estimate.standard_error);
}

TEST_CASE("importance sampling: weights have mean one, and a gain is told for every number that uses them") {
  const SamplingReport& report = mixture().sampling;
  REQUIRE(report.mean_weight);
  CHECK(std::abs(report.mean_weight->value - 1.0) <= 4.0 * *report.mean_weight->standard_error);
  CHECK(*report.mean_weight->standard_error < 0.01);
  CHECK(*report.effective_paths > 4'000);
  CHECK(*report.effective_paths < 12'288);
  CHECK(*report.largest_weight_share <= 2.0 / 12'288 * 1.05);
  CHECK(report.pilot_paths > 0);
  REQUIRE(!report.uses.empty());
  for (const MixtureUse& use : report.uses) CHECK(use.gain > nominal_share);
  REQUIRE(!report.tilts.empty());
  for (const TiltReport& tilt : report.tilts)
    for (const EntityTilt& entity : tilt.entities) {
      CHECK(entity.factors[0] == 1.0);
      CHECK(entity.from_hours[0] == 0.0);
      for (std::size_t b = 1; b < band_count; ++b) CHECK(entity.from_hours[b] > entity.from_hours[b - 1]);
    }
}

TEST_CASE("every way of drawing gives the same bits for any number of threads") {
  for (const Sampling sampling : {Sampling::importance, Sampling::sobol, Sampling::automatic}) {
    if (test::sanitized && sampling == Sampling::automatic) continue;            // one of the others
    Study asked = study(sampling, sampling == Sampling::sobol ? 2'100 : 8'200);  // no pilot pays below 2^13
    asked.scenario.strategies.pop_back();
    asked.outputs.percentiles_of = {Detail::total_cost};
    const Assessment one = assess(asked, threads(1)), three = assess(asked, threads(3));
    CHECK(one.sampling.used != Sampling::automatic);
    test::check_same_bits(one, three);
  }
}

TEST_CASE("what cannot gain is drawn plainly, and says why" * doctest::skip(test::thread_sanitized)) {
  Study calm = study(Sampling::importance, 9'000);
  calm.scenario = worlds::plain({{"A", 1.0}});
  calm.outputs.percentiles_of = {Detail::total_cost};
  const Assessment nothing_fails = assess(calm, threads(2));
  CHECK(nothing_fails.sampling.used == Sampling::plain);
  CHECK(nothing_fails.sampling.reason != "");
  CHECK(nothing_fails.sampling.nominal_paths == 9'000);

  const Assessment few = assess(study(Sampling::automatic, 2'000), threads(2));
  CHECK(few.sampling.used == Sampling::plain);
  CHECK(few.sampling.asked == Sampling::automatic);
  CHECK(few.sampling.reason != "");
  test::check_same_bits(few.strategies[0], assess(study(Sampling::plain, 2'000), threads(2)).strategies[0]);
}

TEST_CASE("nets fill at most the paths that are asked for, and leave less than one in 9 unused") {
  for (const std::uint64_t paths : {1'024u, 1'055u, 4'000u, 100'000u, 1'000'000u, 16'777'216u}) {
    const Nets nets = nets_within(paths);
    CHECK(nets.replicates >= 32);
    CHECK(nets.replicates <= 60);
    CHECK(nets.replicates % 4 == 0);
    CHECK((nets.points & (nets.points - 1)) == 0);
    CHECK(nets.replicates * nets.points <= paths);
    CHECK(nets.replicates * nets.points * 36 > paths * 32);
  }
  CHECK_THROWS_AS(assess(study(Sampling::sobol, 1'023), threads(2)), InvalidInput);
}

TEST_CASE("Sobol points: whole nets, batches of whole nets, errors from their spread" *
          doctest::skip(test::thread_sanitized)) {
  Study asked = study(Sampling::sobol, 5'000);
  asked.scenario.strategies.pop_back();
  asked.outputs.percentiles_of = {Detail::total_cost};
  const Assessment once = assess(asked, threads(2));
  CHECK(once.paths == 36 * 128);
  CHECK(once.sampling.replicates == 36);
  CHECK(total(once).mean.standard_error);

  asked.simulation.paths = 20'000;
  asked.simulation.precision = 1e-9;
  const Assessment doubled = assess(asked, threads(2));
  REQUIRE(doubled.precision);
  CHECK(doubled.precision->batches == std::vector<std::uint64_t>{36 * 256, 36 * 512});
  CHECK(doubled.paths == 36 * 512);
}

}  // namespace sampling_test
