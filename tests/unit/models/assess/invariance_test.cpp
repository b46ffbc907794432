// What must not change the answers, or change them in a known way (docs/oracles.md).

#include <doctest/doctest.h>

#include "models/assess/assess.hpp"
#include "models/simulate.hpp"
#include "tests/support/assessment_numbers.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/worlds.hpp"

namespace invariance_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

Assessment assessed(const ScenarioInput& input, std::uint64_t paths = paths_or(300, 50)) {
  AssessOptions options;
  options.threads = 2;
  return assess(worlds::study(input, paths, 9), options);
}

/// Calls visit(outcome of a, outcome of b) for the first strategy of both on the same paths.
template <class Visit>
void path_by_path(const ScenarioInput& a, const ScenarioInput& b, int paths, Visit visit) {
  const Scenario scenario_a(a), scenario_b(b);
  const Simulation simulation_a(scenario_a, 4), simulation_b(scenario_b, 4);
  World world_a, world_b;
  Outcome outcome_a, outcome_b;
  for (int path = 0; path < paths; ++path) {
    simulation_a.sample(static_cast<std::uint64_t>(path), world_a);
    simulation_b.sample(static_cast<std::uint64_t>(path), world_b);
    simulation_a.evaluate(world_a, StrategyId(0), outcome_a);
    simulation_b.evaluate(world_b, StrategyId(0), outcome_b);
    visit(outcome_a, outcome_b);
  }
}

ScenarioInput scaled(ScenarioInput input, double scale) {
  for (auto& [name, provider] : input.providers) {
    provider.list_price.initial *= scale;
    provider.divergence->rival_cost *= scale;
    provider.divergence->severed_cost *= scale;
  }
  for (auto& [name, workload] : input.workloads) {
    workload.revenue_at_risk *= scale;
    if (workload.reputation && workload.reputation->cap) *workload.reputation->cap *= scale;
  }
  for (auto& [name, strategy] : input.strategies)
    for (auto& [provider, contract] : strategy.contracts) {
      for (double& commitment : contract.commitment) commitment *= scale;
      for (auto& [spend, discount] : contract.volume_tiers) spend *= scale;
      contract.migration_cost *= scale;
      contract.egress.price *= scale;
      if (contract.switching_cost) *contract.switching_cost *= scale;
    }
  return input;
}

}  // namespace

TEST_CASE("M1: all money scales with the unit of money, and nothing else does") {
  ScenarioInput input = worlds::rich();
  input.strategies[0].second.contracts["A"].switching_cost = 20e6;
  check_scaled(assessed(input), assessed(scaled(input, 1000.0)), 1000.0, 1e-11, 1e6);
}

TEST_CASE("M6: a workload in two parts with the same placement") {
  for (const bool reputation : {false, true}) {
    ScenarioInput whole = worlds::rich();
    if (reputation) {
      // Two small incidents hurt less than a large one, unless the exponent is 1; and a shared pool serves
      // one part before the other, which makes other incidents of them.
      whole.workloads["load"].reputation->exponent = 1.0;
      whole.workloads["load"].reputation->cap.reset();
      for (auto& [name, strategy] : whole.strategies) strategy.pooled_headroom = false;
    } else {
      whole.workloads["load"].reputation.reset();
    }
    ScenarioInput split = whole;
    split.workloads["load"].demand = 2'500.0;
    split.workloads["load"].revenue_at_risk = 12'500.0;
    split.workloads["load again"] = split.workloads["load"];
    split.workloads["load again"].demand = 7'500.0;
    split.workloads["load again"].revenue_at_risk = 37'500.0;
    for (auto& [name, strategy] : split.strategies)
      strategy.workloads["load again"] = strategy.workloads["load"];
    check_scaled(assessed(whole), assessed(split), 1.0, 1e-11, 1e6);
  }
}

TEST_CASE("M7: without rates nothing happens and the loss is exactly 0") {
  ScenarioInput input = worlds::rich();
  input.market.scarcity.reset();
  for (auto& [name, provider] : input.providers) {
    provider.list_price.volatility = 0.0;
    provider.list_price.jumps->rate = PerYear(0.0);
    provider.divergence.reset();
    provider.outages->rate = provider.regions["r"].outages->rate = PerYear(0.0);
  }
  input.shared_dependencies["dns"].outages.rate = PerYear(0.0);
  input.workloads["other"].demand_volatility = 0.0;
  for (const bool jumps : {true, false}) {
    if (!jumps)
      for (auto& [name, provider] : input.providers) provider.list_price.jumps.reset();
    const Assessment still = assessed(input);
    for (const StrategySummary& strategy : still.strategies) {
      CHECK(strategy.plan_total_cost > 0.0);
      for (const char* name :
           {"loss", "outage", "reputation", "sla_credit", "capacity_shortage", "migration", "regime"}) {
        const MeasureSummary& measure = strategy.measure(name);
        CHECK(measure.mean.value == 0.0);
        for (const Percentile& percentile : measure.percentiles) CHECK(percentile.value == 0.0);
        for (const TailMean& tail : measure.expected_shortfall) CHECK(tail.estimate.value == 0.0);
        for (const YearSummary& year : measure.years) CHECK(year.mean.value == 0.0);
      }
    }
  }
}

TEST_CASE("scarcity and regimes without rates are the same as none") {
  ScenarioInput none = worlds::rich();
  none.market.scarcity.reset();
  ScenarioInput zero = none;
  zero.market.scarcity = Scarcity{PerYear(0.0), PerYear(0.0)};
  check_same_bits(assessed(none), assessed(zero));
  zero.market.scarcity = Scarcity{PerYear(0.0), PerYear(3.0)};
  check_same_bits(assessed(none), assessed(zero));
}

TEST_CASE("scarcity that never ends is scarce to the end") {
  ScenarioInput input = worlds::rich();
  input.market.scarcity = Scarcity{PerYear(1e9), PerYear(0.0)};
  for (const measure::Estimate& scarce : assessed(input).scarcity_by_year) CHECK(scarce.value == 1.0);
}

TEST_CASE("M9: providers that fail together are one provider, however demand is split") {
  ScenarioInput input = worlds::plain({{"A", 1.0}, {"B", 0.0}}, 1.0, 1000.0);
  input.shared_dependencies["grid"] = {worlds::outages(20.0, worlds::lognormal(5.0, 1.0)),
                                       {{"A.r", 0.7}, {"B.r", 0.7}}};
  input.workloads["load"].reputation = Reputation{0.5, Hours(24), 1.5, {}};
  for (const double share : {0.0, 0.3, 0.5}) {
    Failover& failover = input.strategies[0].second.workloads["load"].failover;
    failover.policy = share == 0.3 ? FailoverPolicy::warm : FailoverPolicy::none;
    failover.headroom = Fraction(share == 0.5 ? 0.0 : 0.2);
    ScenarioInput split = input;
    split.strategies[0].second.workloads["load"].placement = {{"A.r", share}, {"B.r", 1.0 - share}};
    path_by_path(input, split, 200, [](const Outcome& whole, const Outcome& parts) {
      CHECK(relative_error(parts.ledger.sum(Component::outage).present,
                           whole.ledger.sum(Component::outage).present) < 1e-12);
      CHECK(relative_error(parts.ledger.sum(Component::reputation).present,
                           whole.ledger.sum(Component::reputation).present) < 1e-11);
      for (std::size_t y = 0; y < 7; ++y)
        CHECK(std::abs(parts.largest_incident[y] - whole.largest_incident[y]) <=
              1e-9 * whole.largest_incident[y]);
    });
  }
}

TEST_CASE("M10: more, longer, worse or dearer outages cost more on every path") {
  ScenarioInput base = worlds::rich();
  base.providers["B"].outages->overlap = Overlap::merge;
  // With a recovery time a longer outage can keep a failover in place for the next one.
  for (auto& [name, choice] : base.strategies[0].second.workloads)
    choice.failover.policy = FailoverPolicy::none;
  const auto each_process = [](ScenarioInput input, auto change) {
    for (auto& [name, provider] : input.providers)
      change(*provider.outages), change(*provider.regions["r"].outages);
    change(input.shared_dependencies["dns"].outages);
    return input;
  };
  std::map<std::string, ScenarioInput> worse;
  worse["rate"] = each_process(base, [](OutageProcess& p) { p.rate.value *= 1.3; });
  worse["duration"] = base;
  for (auto& [name, provider] : worse["duration"].providers) {
    provider.outages->duration = WeibullDuration{0.8, Hours(7.0)};
    provider.regions["r"].outages->duration = worlds::lognormal(5.0, 1.2);
  }
  worse["severity, the mean of partial ones"] =
      each_process(base, [](OutageProcess& p) { p.severity.mean.value = 0.55; });
  worse["severity, the share of total ones"] = each_process(
      base, [](OutageProcess& p) { p.severity.total.value = std::min(1.0, p.severity.total.value + 0.3); });
  worse["revenue"] = base;
  worse["revenue"].workloads["load"].revenue_at_risk *= 1.5;
  worse["impact"] = base;
  worse["impact"].shared_dependencies["dns"].impact["B.r"] = 0.9;
  for (const auto& [name, input] : worse) {
    CAPTURE(name);
    int more = 0;
    path_by_path(base, input, 300, [&](const Outcome& less, const Outcome& worse_off) {
      const double a = less.ledger.sum(Component::outage).present,
                   b = worse_off.ledger.sum(Component::outage).present;
      CHECK(b >= a * (1.0 - 1e-12));
      more += b > a * (1.0 + 1e-12);
    });
    CHECK(more > 150);
  }
}

TEST_CASE("M12, M15: discounting") {
  ScenarioInput none = worlds::rich();
  none.horizon.discount_rate = PerYear(0.0);
  path_by_path(none, worlds::rich(), 100, [](const Outcome& nominal, const Outcome& discounted) {
    for (const Component c : all_components)
      for (std::size_t p = 0; p < 3; ++p) {
        for (std::size_t y = 0; y < 4; ++y) {
          const Money cell = nominal.ledger.at(c, ProviderId(p), y);
          CHECK(cell.nominal == cell.present);
          CHECK(discounted.ledger.at(c, ProviderId(p), y).nominal == cell.nominal);
        }
        CHECK(std::abs(discounted.ledger.sum(c, ProviderId(p)).present) <=
              std::abs(nominal.ledger.sum(c, ProviderId(p)).present));
      }
  });
  const Assessment flat = assessed(none);
  for (const MeasureSummary& measure : flat.strategies[0].measures) {
    double years = 0.0, scale = 1.0;
    for (const YearSummary& year : measure.years)
      years += year.mean.value, scale += std::abs(year.mean.value);
    if (measure.name != "loss") CHECK(std::abs(years - measure.mean.value) <= 1e-11 * scale);
  }
}

TEST_CASE("M13: components, providers and years add up; the loss is the total less the plan") {
  const Assessment rich = assessed(worlds::rich());
  for (const StrategySummary& strategy : rich.strategies) {
    const MeasureSummary& total = strategy.measure("total_cost");
    double components = 0.0;
    for (const Component c : all_components) {
      const MeasureSummary& measure = strategy.measure(component_names[static_cast<std::size_t>(c)]);
      CHECK(measure.mean.value != 0.0);  // nothing is tested on zeros
      components += measure.mean.value;
      double providers = 0.0;
      for (const Contribution& part : strategy.attribution.contributions)
        if (part.component == c) providers += part.mean.value;
      CHECK(relative_error(providers, measure.mean.value) < 1e-11);
    }
    CHECK(relative_error(components, total.mean.value) < 1e-11);
    for (std::size_t y = 0; y < 4; ++y) {
      double year = 0.0;
      for (const std::string_view name : component_names) year += strategy.measure(name).years[y].mean.value;
      CHECK(relative_error(year, total.years[y].mean.value) < 1e-11);
    }
    const MeasureSummary& loss = strategy.measure("loss");
    CHECK(loss.mean.value == total.mean.value - strategy.plan_total_cost);
    CHECK(loss.mean.standard_error == total.mean.standard_error);
    for (std::size_t i = 0; i < loss.percentiles.size(); ++i)
      CHECK(loss.percentiles[i].value == total.percentiles[i].value - strategy.plan_total_cost);
    for (std::size_t i = 0; i < loss.expected_shortfall.size(); ++i)
      CHECK(loss.expected_shortfall[i].estimate.value ==
            total.expected_shortfall[i].estimate.value - strategy.plan_total_cost);
  }
}

TEST_CASE("M11: expected shortfall is beyond the percentile, both rise with the level") {
  const Assessment rich = assessed(worlds::rich());
  for (const StrategySummary& strategy : rich.strategies)
    for (const MeasureSummary& measure : strategy.measures) {
      for (std::size_t i = 1; i < measure.percentiles.size(); ++i)
        CHECK(measure.percentiles[i - 1].value <= measure.percentiles[i].value);
      CHECK(measure.percentiles[2].level == 0.95);
      CHECK(measure.expected_shortfall[0].estimate.value >= measure.percentiles[2].value);
      CHECK(measure.expected_shortfall[1].estimate.value >= measure.expected_shortfall[0].estimate.value);
    }
}

TEST_CASE("probabilities of regimes sum to 1, years in them to the horizon") {
  const Assessment rich = assessed(worlds::rich());
  for (const StrategySummary& strategy : rich.strategies) {
    double any = 0.0;
    for (const measure::Estimate& count : strategy.severed_providers) any += count.value;
    CHECK(any == doctest::Approx(1.0).epsilon(1e-12));
    for (const ProviderSummary& provider : strategy.providers) {
      double years = 0.0;
      for (const measure::Estimate& time : provider.years_in_regime) years += time.value;
      CHECK(years == doctest::Approx(40.0 / 12.0).epsilon(1e-12));
      REQUIRE(provider.regime_by_year.size() == 3);
      for (const auto& year : provider.regime_by_year)
        CHECK(year[0].value + year[1].value + year[2].value + year[3].value == doctest::Approx(1.0));
    }
  }
}

}  // namespace invariance_test
