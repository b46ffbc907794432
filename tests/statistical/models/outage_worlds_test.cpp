// The whole outage world W-0 against its known answers (configs/validation/w0.yaml).

#include "tests/support/answers.hpp"
#include "tests/support/standard_errors.hpp"
#include "tests/support/worlds.hpp"

namespace outage_worlds_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

TEST_CASE("W-0: mean, split by provider, quantiles, expected shortfall and largest incidents") {
  const Assessment run = assess(worlds::study(worlds::w0(), 200'000, 11), test::whole_only());
  const StrategySummary& strategy = run.strategies.front();
  const MeasureSummary& outage = strategy.measure("outage");
  check_within_4_se(outage.mean, 13'628'456.70, 9'600.0);
  check_within_4_se(contribution(strategy, Component::outage, "A"), 9'230'572.35, 7'500.0);
  check_within_4_se(contribution(strategy, Component::outage, "B"), 4'397'884.34, 4'000.0);

  // Figures of an independent simulation, whose own errors are smaller than ours (it used n = 4e5).
  check_quantile_within_4_se(at_level(outage.percentiles, 0.95).value,
                             at_level(outage.percentiles, 0.95).interval, 21.10e6, 42'000.0);
  check_quantile_within_4_se(at_level(outage.percentiles, 0.99).value,
                             at_level(outage.percentiles, 0.99).interval, 26.27e6, 110'000.0);
  check_within_4_se(outage.expected_shortfall[0].estimate, 24.51e6, 60'000.0);
  check_within_4_se(outage.expected_shortfall[1].estimate, 30.71e6, 170'000.0);

  // The closed form of OEP adds up what the incidents that overlap merge: 0.4 % too low in this world.
  const auto& curve = strategy.pooled.occurrence;  // return periods 2, 5, 10, 25, 50, 100, 250, ...
  for (const auto& [index, additive] : {std::pair{2, 2'101'774.0}, {5, 5'985'243.0}, {6, 8'551'476.0}}) {
    const auto& point = curve[static_cast<std::size_t>(index)];
    REQUIRE(point.value.has_value());
    check_quantile_within_4_se(*point.value, point.interval, 1.004 * additive, 0.01 * additive);
  }
}

TEST_CASE("W-0 without discounting") {
  const Assessment run = assess(worlds::study(worlds::w0(0.0), 40'000, 12), test::whole_only());
  check_within_4_se(run.strategies.front().measure("outage").mean, 17'799'626.38, 30'000.0);
}

}  // namespace outage_worlds_test
