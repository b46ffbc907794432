// What each thing that can fail or leave would do alone and today.

#include "models/assess/what_if/single_points.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/numbers.hpp"
#include "tests/support/worlds.hpp"

namespace single_points_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

/// A .6, B .4; 1 money an hour; cold standby of four hours with a quarter of headroom.
ScenarioInput cold() {
  ScenarioInput input = worlds::plain({{"A", 0.6}, {"B", 0.4}}, 1.0, 1.0);
  input.workloads["load"].reputation = Reputation{0.5, Hours(24), 1.5, {}};
  for (const char* provider : {"A", "B"})
    input.providers[provider].regions["r"].outages = worlds::outages(3.0, worlds::lognormal(2.0, 1.2));
  Failover& failover = input.strategies[0].second.workloads["load"].failover;
  failover.policy = FailoverPolicy::cold;
  failover.recovery_time = Hours(4);
  failover.headroom = Fraction(0.25);
  return input;
}

SinglePoints only(const ScenarioInput& input) { return single_points(worlds::study(input, 1)).front(); }

/// G6 (docs/oracles.md), severed today: A .6 of 10 000 units, 8000 a year elsewhere, half of it in scarcity.
ScenarioInput leaving(double headroom_elsewhere = 0.0) {
  ScenarioInput input = worlds::plain({{"A", 0.6}, {"B", 0.4}}, 10'000.0, 1.0);
  input.horizon.discount_rate = PerYear(0.0);
  input.market.scarcity = Scarcity{};
  input.providers["B"].provisioning = Provisioning{UnitsPerYear(8000), {}};
  input.strategies[0].second.contracts["A"].migration_cost = 800.0;
  input.strategies[0].second.workloads["load"].failover.headroom =
      std::map<std::string, double>{{"B.r", headroom_elsewhere / 0.4}};
  return input;
}

}  // namespace

TEST_CASE("a day without a region, a provider, a shared dependency: the costliest first") {
  ScenarioInput input = cold();
  input.providers["B"].outages = worlds::outages(0.5, worlds::lognormal(3.0, 1.1));
  input.providers["idle"] = input.providers["A"];  // fails, but nothing runs there
  input.shared_dependencies["dns"] = {worlds::outages(0.3, FixedDuration{Hours(5)}),
                                      {{"A.r", 1.0}, {"B.r", 0.5}}};
  const SinglePoints points = only(input);
  REQUIRE(points.outages.size() == 4);

  // dns: A down and half of B: .6 + .15 lost (B serves .25 of its .5), nobody has spare.
  CHECK(points.outages[0].entity == "shared:dns");
  CHECK(points.outages[0].kind == EntityKind::shared);
  CHECK(relative_error(points.outages[0].outage, 0.75 * 24) <= 1e-12);
  CHECK(relative_error(*points.outages[0].unserved_share, 0.75) <= 1e-12);
  CHECK(points.outages[0].frequency == 0.3);
  CHECK(points.outages[0].frequency_as_long == 0.0);  // they last five hours

  // A: .6 for four hours, then B's spare tenth serves: .5 for twenty hours. As G1, a day long.
  CHECK(points.outages[1].entity == "region:A.r");
  CHECK(relative_error(points.outages[1].outage, 12.4) <= 1e-12);
  CHECK(relative_error(points.outages[1].reputation, 12.0 * std::pow(12.4 / 24, 1.5)) <= 1e-12);
  CHECK(relative_error(*points.outages[1].unserved_share, 0.5) <= 1e-12);
  CHECK(points.outages[1].frequency == 3.0);
  CHECK(agrees_to_decimals(points.outages[1].frequency_as_long / 3.0, 0.0191908234, 10));  // O6

  // B, its region or its control plane: .4 for four hours, then .4 less A's spare .15. Ties by name.
  CHECK(points.outages[2].entity == "provider:B");
  CHECK(points.outages[3].entity == "region:B.r");
  CHECK(relative_error(points.outages[2].outage, 1.6 + 0.25 * 20) <= 1e-12);
  CHECK(points.outages[2].outage == points.outages[3].outage);
}

TEST_CASE("aftershocks count as outages; an outage of fixed length is as long as a day or is not") {
  ScenarioInput input = cold();
  input.providers["A"].regions["r"].outages->clustering = Clustering{Fraction(0.2), PerYear(100)};
  input.providers["A"].regions["r"].outages->duration = FixedDuration{Hours(24)};
  const SinglePoints points = only(input);
  CHECK(relative_error(points.outages[0].frequency, 3.0 / 0.8) <= 1e-15);
  CHECK(relative_error(points.outages[0].frequency_as_long, 3.0 / 0.8) <= 1e-12);
}

TEST_CASE("without revenue at risk there is no share of it") {
  ScenarioInput input = cold();
  input.workloads["load"].revenue_at_risk = 0.0;
  CHECK_FALSE(only(input).outages[0].unserved_share.has_value());
  CHECK(only(input).outages[0].outage == 0.0);
}

TEST_CASE("G6 today: 292 and 1898 hours, or 97.333 and 1095 with a spare tenth") {
  const SinglePoints points = only(leaving());
  REQUIRE(points.providers.size() == 2);
  const ProviderPoint& a = points.providers[0];
  CHECK(a.provider == "A");
  CHECK(a.share == 0.6);
  CHECK(a.notice_months == 6.0);
  CHECK(relative_error(a.normal.unserved_hours, 292.0) <= 1e-12);
  CHECK(relative_error(a.normal.capacity_shortage, 292.0) <= 1e-12);
  CHECK(relative_error(a.normal.migration, 6000 * 800.0) <= 1e-12);
  CHECK(a.normal.exit_months == 9);  // 6000 units at 666.7 a month
  CHECK_FALSE(a.normal.stranded);
  REQUIRE(a.scarce.has_value());
  CHECK(relative_error(a.scarce->unserved_hours, 1898.0) <= 1e-12);
  CHECK(a.scarce->exit_months == 18);

  const ProviderPoint spare = only(leaving(0.1)).providers[0];
  CHECK(agrees_to_decimals(spare.normal.unserved_hours, 97.333, 3));
  CHECK(relative_error(spare.scarce->unserved_hours, 1095.0) <= 1e-12);
  CHECK(spare.normal.exit_months == 8);    // 5000 units do not fit: 7.5 months
  CHECK(spare.scarce->exit_months == 15);  // exactly

  const ProviderPoint& b = points.providers[1];  // nobody takes what leaves B
  CHECK(b.normal.stranded);
  CHECK_FALSE(b.normal.exit_months.has_value());
  CHECK(relative_error(b.normal.unserved_hours, 0.4 * (84 - 6) * 730.0) <= 1e-12);
}

TEST_CASE("hours are weighted by demand, which stays as it is today; money by revenue at risk") {
  ScenarioInput input = leaving();
  input.workloads["load"].demand = 7500.0;
  input.workloads["load"].growth = 0.5;
  input.workloads["more"] = {2500.0, 3.0};
  input.strategies[0].second.workloads["more"] = input.strategies[0].second.workloads["load"];
  const ProviderPoint a = only(input).providers[0];
  CHECK(relative_error(a.normal.unserved_hours, 292.0) <= 1e-12);  // both leave at the same pace
  CHECK(relative_error(a.normal.capacity_shortage, 4.0 * 292.0) <= 1e-12);
  CHECK(relative_error(a.scarce->unserved_hours, 1898.0) <= 1e-12);  // into the second year
  CHECK(a.scarce->exit_months == 18);
  for (const bool pooled : {false, true}) {
    input.strategies[0].second.pooled_headroom = pooled;
    input.strategies[0].second.workloads["load"].failover.headroom =
        std::map<std::string, double>{{"B.r", 0.25 * 4 / 3}};  // 1000 units in all
    input.strategies[0].second.workloads["more"].failover.headroom = Fraction(0.0);
    const ProviderPoint spare = only(input).providers[0];
    CHECK(spare.normal.exit_months == (pooled ? 8 : 9));
    if (pooled) CHECK(agrees_to_decimals(spare.normal.unserved_hours, 97.333, 3));
  }
}

TEST_CASE("futures of the market that differ only after everything has moved are one; no others are") {
  ScenarioInput input = leaving();
  input.market.scarcity = Scarcity{PerYear(3.0), PerYear(4.0)};
  input.workloads["more"] = {3000.0, 3.0};
  input.strategies[0].second.workloads["more"] = input.strategies[0].second.workloads["load"];
  input.strategies[0].second.workloads["more"].exit_lead_months = 2;
  const Scenario scenario(input);
  const Strategy& strategy = scenario.strategies[StrategyId(0)];
  const SeveranceShock shock(scenario);
  const ScarcitySampler sampler(scenario.scarcity, scenario.horizon, 5);
  std::vector<ScarcityPath> futures(400);
  for (std::size_t path = 0; path < futures.size(); ++path) sampler.sample(path, futures[path]);
  std::sort(futures.begin(), futures.end());
  double sum = 0.0, squares = 0.0;
  for (const ScarcityPath& future : futures) {
    const double hours = shock.play(strategy, ProviderId(0), future).unserved_hours;
    sum += hours;
    squares += hours * hours;
  }
  const measure::Moments together = shock.unserved_hours(strategy, ProviderId(0), futures);
  CHECK(together.count == 400);
  CHECK(relative_error(together.mean, sum / 400) <= 1e-12);
  CHECK(relative_error(*together.variance(), (squares - sum * sum / 400) / 399) <= 1e-9);
}

TEST_CASE("a company severs with all that it owns; without scarcity there is no scarce market") {
  ScenarioInput input = leaving();
  input.market.scarcity = std::nullopt;
  input.providers["B"].regime_group = std::string("A");
  const SinglePoints points = only(input);
  CHECK_FALSE(points.providers[0].scarce.has_value());
  CHECK(relative_error(points.providers[0].normal.unserved_hours, (84 - 6) * 730.0) <= 1e-12);
  CHECK(points.providers[0].normal.stranded);
}

}  // namespace single_points_test
