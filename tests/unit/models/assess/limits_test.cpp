// Verdicts on limits: by hand, and on a study.

#include "models/assess/limits.hpp"

#include <doctest/doctest.h>

#include "engine/measure/proportion.hpp"
#include "models/assess/assess.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/worlds.hpp"

namespace limits_test {

using namespace hedgerow;
using namespace hedgerow::models;
using hedgerow::test::at_level;

namespace {

using Kind = MeasureStatistic::Kind;

Limit at_most(double bound, LimitedNumber number = MeasureStatistic{"total_cost", Kind::mean, 0.0}) {
  return {"limit", "concentrated", "a number", std::move(number), bound, std::nullopt};
}

Limit at_least(double bound, LimitedNumber number = MeasureStatistic{"total_cost", Kind::mean, 0.0}) {
  return {"limit", "concentrated", "a number", std::move(number), std::nullopt, bound};
}

Verdict verdict(const Limit& limit, double value, measure::Interval interval) {
  return judge(limit, Measured{value, interval}, 1000).verdict;
}

}  // namespace

TEST_CASE("a verdict needs the whole interval on one side; its ends belong to it") {
  const measure::Interval interval{90.0, 120.0};
  CHECK(verdict(at_most(121), 100, interval) == Verdict::kept);
  CHECK(verdict(at_most(120), 100, interval) == Verdict::kept);
  CHECK(verdict(at_most(119), 100, interval) == Verdict::undecided);
  CHECK(verdict(at_most(90), 100, interval) == Verdict::undecided);
  CHECK(verdict(at_most(89), 100, interval) == Verdict::breached);
  CHECK(verdict(at_least(89), 100, interval) == Verdict::kept);
  CHECK(verdict(at_least(90), 100, interval) == Verdict::kept);
  CHECK(verdict(at_least(91), 100, interval) == Verdict::undecided);
  CHECK(verdict(at_least(120), 100, interval) == Verdict::undecided);
  CHECK(verdict(at_least(121), 100, interval) == Verdict::breached);
}

TEST_CASE("one bound is enough where it lies on the right side") {
  CHECK(verdict(at_most(80), 100, {90.0, std::nullopt}) == Verdict::breached);
  CHECK(verdict(at_most(130), 100, {90.0, std::nullopt}) == Verdict::undecided);
  CHECK(verdict(at_most(130), 100, {std::nullopt, 120.0}) == Verdict::kept);
  CHECK(verdict(at_least(130), 100, {std::nullopt, 120.0}) == Verdict::breached);
  CHECK(verdict(at_least(80), 100, {90.0, std::nullopt}) == Verdict::kept);
  CHECK(verdict(at_least(80), 100, {}) == Verdict::undecided);
}

TEST_CASE("an exact number is always decided") {
  CHECK(verdict(at_most(5), 5, {5.0, 5.0}) == Verdict::kept);
  CHECK(verdict(at_least(5), 5, {5.0, 5.0}) == Verdict::kept);
  CHECK(verdict(at_most(4.99), 5, {5.0, 5.0}) == Verdict::breached);
}

TEST_CASE("paths that would decide: the square of half width over distance, towards the limit") {
  const Measured measured{100.0, {90.0, 120.0}};
  CHECK(judge(at_most(110), measured, 1000).paths_to_decide == 4000);   // 20 / 10
  CHECK(judge(at_most(95), measured, 1000).paths_to_decide == 4000);    // 10 / 5
  CHECK(judge(at_least(110), measured, 1000).paths_to_decide == 4000);  // the same way round
  CHECK(judge(at_least(95), measured, 1000).paths_to_decide == 4000);
  CHECK(judge(at_most(120), measured, 1000).paths_to_decide == std::nullopt);         // decided
  CHECK(judge(at_most(100), measured, 1000).paths_to_decide == std::nullopt);         // on the limit
  CHECK(judge(at_most(100 + 1e-9), measured, 1000).paths_to_decide == std::nullopt);  // out of reach
  CHECK(judge(at_most(110), Measured{100.0, {90.0, std::nullopt}}, 1000).paths_to_decide == std::nullopt);
}

TEST_CASE("with so many paths an interval of that half width ends at the limit") {
  const Measured measured{100.0, {93.0, 107.0}};
  const double n = static_cast<double>(*judge(at_most(102.5), measured, 1000).paths_to_decide);
  CHECK(100.0 + 7.0 * std::sqrt(1000.0 / n) == doctest::Approx(102.5).epsilon(1e-3));
}

TEST_CASE("a number that is not there is undecided") {
  const LimitResult result = judge(at_most(1), std::nullopt, 1000);
  CHECK(result.verdict == Verdict::undecided);
  CHECK_FALSE(result.measured);
  CHECK_FALSE(result.paths_to_decide);
}

TEST_CASE("each number is found where the results have it") {
  Study study = worlds::study(worlds::w3(), 2'000);
  for (const char* strategy : {"concentrated", "diversified"})
    for (const LimitedNumber& number :
         {LimitedNumber(MeasureStatistic{"total_cost", Kind::mean, 0.0}),
          LimitedNumber(MeasureStatistic{"loss", Kind::percentile, 0.99}),
          LimitedNumber(MeasureStatistic{"capacity_shortage", Kind::expected_shortfall, 0.95}),
          LimitedNumber(SeveredByHorizon{"B"}), LimitedNumber(ProbabilityCheaper{})}) {
      if (std::string(strategy) == "concentrated" && std::holds_alternative<ProbabilityCheaper>(number))
        continue;
      study.limits.push_back({"limit", strategy, "", number, 0.0, std::nullopt});
    }
  const Assessment assessment = assess(study, {});
  REQUIRE(assessment.limits.size() == 9);
  for (std::size_t i = 0; i < 9; ++i) {
    const StrategySummary& strategy = assessment.strategies[i < 4 ? 0 : 1];
    CHECK(assessment.limits[i].limit.strategy == strategy.name);
    const measure::Interval& ci = assessment.limits[i].interval;
    switch (i % 4 + (i == 8 ? 4 : 0)) {
      case 0: {
        const measure::Estimate& mean = strategy.measure("total_cost").mean;
        CHECK(assessment.limits[i].measured == mean.value);
        CHECK(*ci.upper - *ci.lower == doctest::Approx(2 * 1.959964 * *mean.standard_error).epsilon(1e-5));
        break;
      }
      case 1: {
        const Percentile& percentile = at_level(strategy.measure("loss").percentiles, 0.99);
        CHECK(assessment.limits[i].measured == percentile.value);
        CHECK(ci.lower == percentile.interval.lower);
        CHECK(ci.upper == percentile.interval.upper);
        break;
      }
      case 2: {
        const TailMean& tail = strategy.measure("capacity_shortage").expected_shortfall[0];  // 95 %
        CHECK(assessment.limits[i].measured == tail.estimate.value);
        CHECK(ci.lower == tail.interval.lower);
        break;
      }
      case 3: {
        const double severed = strategy.providers[1].severed_by_horizon.value;
        CHECK(assessment.limits[i].measured == severed);
        const auto times = static_cast<std::uint64_t>(severed * 2'000 + 0.5);
        CHECK(times > 0);
        CHECK(ci.lower == measure::proportion_interval(times, 2'000).lower);
        CHECK(ci.upper == measure::proportion_interval(times, 2'000).upper);
        break;
      }
      default: {
        const double cheaper = assessment.comparisons[0].probability_cheaper.value;
        CHECK(assessment.limits[i].measured == cheaper);
        CHECK(*ci.lower < cheaper);
        CHECK(*ci.upper > cheaper);
      }
    }
  }
}

TEST_CASE("what never happened can keep a limit, if it was looked for often enough") {
  const ScenarioInput world = [] {
    ScenarioInput input = worlds::plain({{"A", 1.0}});
    input.providers["A"].divergence = worlds::base_regimes();
    input.providers["A"].divergence->aligned_to_strained = PerYear(0.0);
    input.providers["A"].divergence->aligned_to_rival = PerYear(0.0);
    return input;
  }();
  Study study = worlds::study(world, 1'000);
  study.limits.push_back({"few", "only", "", SeveredByHorizon{"A"}, 0.003, std::nullopt});
  study.limits.push_back({"some", "only", "", SeveredByHorizon{"A"}, 0.004, std::nullopt});
  const Assessment assessment = assess(study, {});
  CHECK(assessment.limits[0].verdict == Verdict::undecided);  // 0 of 1 000: at most 0.0037
  CHECK(assessment.limits[0].paths_to_decide.has_value());
  CHECK(assessment.limits[1].verdict == Verdict::kept);
}

TEST_CASE("limits change no other number") {
  Study study = worlds::study(worlds::w0(), 500);
  const Assessment before = assess(study, {});
  study.limits.push_back({"a", "only", "", MeasureStatistic{"outage", Kind::mean, 0.0}, 1.0, std::nullopt});
  const Assessment after = assess(study, {});
  CHECK(after.strategies[0].measure("outage").mean.value ==
        before.strategies[0].measure("outage").mean.value);
  CHECK(before.limits.empty());
  CHECK(after.limits[0].verdict == Verdict::breached);
}

TEST_CASE("a limit on what is not there is a mistake, not a verdict") {
  const Assessment assessment = assess(worlds::study(worlds::w3(), 64), {});
  CHECK_THROWS_AS(measured(at_most(1, MeasureStatistic{"total_costs", Kind::mean, 0.0}), assessment),
                  std::out_of_range);
  CHECK_THROWS_AS(measured(at_most(1, MeasureStatistic{"total_cost", Kind::percentile, 0.987}), assessment),
                  std::out_of_range);
  CHECK_THROWS_AS(measured(at_most(1, SeveredByHorizon{"Z"}), assessment), std::out_of_range);
  CHECK_THROWS_AS(measured(at_most(1, ProbabilityCheaper{}), assessment),
                  std::out_of_range);  // the reference
  CHECK_THROWS_AS(measured({"limit", "nobody", "", ProbabilityCheaper{}, 1.0, std::nullopt}, assessment),
                  std::out_of_range);
}

}  // namespace limits_test
