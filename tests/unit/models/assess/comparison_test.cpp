// Strategies on the same paths: differences agree with the sides, errors are paired, prices are compared
// where both renewed.

#include "models/assess/comparison.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "engine/measure/moments.hpp"
#include "models/assess/assess.hpp"
#include "models/simulate.hpp"
#include "tests/support/worlds.hpp"

namespace comparison_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

Assessment run_of(const ScenarioInput& input) { return assess(worlds::study(input, 1000, 3), {}); }

/// Nothing but bills, at two prices without chance but for the second strategy's provider.
ScenarioInput bills(double risky_price, double volatility) {
  ScenarioInput input = worlds::plain({{"A", 1.0}, {"B", 0.0}}, 10.0, 0.0);
  input.providers.at("A").list_price.initial = 1.0;
  input.providers.at("B").list_price.initial = risky_price;
  input.providers.at("B").list_price.volatility = volatility;
  StrategyInput other = input.strategies[0].second;
  for (auto& [name, workload] : other.workloads) workload.placement = {{"A.r", 0.0}, {"B.r", 1.0}};
  input.strategies.emplace_back("other", other);
  return input;
}

Trade trade(const ScenarioInput& input) { return run_of(input).comparisons[0].hedge.back().trade; }

}  // namespace

TEST_CASE("differences are those of the two sides, with smaller errors") {
  const Assessment run = run_of(worlds::w3());
  const Comparison& of = run.comparisons[0];
  const MeasureSummary &b = run.strategies[1].measure("total_cost"),
                       &a = run.strategies[0].measure("total_cost");
  CHECK(of.mean.value == doctest::Approx(b.mean.value - a.mean.value).epsilon(1e-9));
  const double apart = std::hypot(*a.mean.standard_error, *b.mean.standard_error);
  CHECK(*of.mean.standard_error < apart);
  for (std::size_t i = 0; i < a.percentiles.size(); ++i)
    CHECK(of.percentiles[i].difference.value ==
          doctest::Approx(b.percentiles[i].value - a.percentiles[i].value).epsilon(1e-12));
  for (std::size_t i = 0; i < a.expected_shortfall.size(); ++i) {
    const measure::Estimate& tail = of.expected_shortfall[i].difference;
    const auto &tail_b = b.expected_shortfall[i].estimate, &tail_a = a.expected_shortfall[i].estimate;
    CHECK(tail.value == doctest::Approx(tail_b.value - tail_a.value).epsilon(1e-12));
    if (tail.standard_error)
      CHECK(*tail.standard_error < std::hypot(*tail_a.standard_error, *tail_b.standard_error));
  }
}

TEST_CASE("cheaper or dearer, safer or riskier: the word for each") {
  // Bills at B are a martingale around the price, so their worst futures rise with the volatility.
  CHECK(trade(bills(0.5, 0.1)) == Trade::cheaper_and_safer);  // half the price: the worst are cheaper too
  CHECK(trade(bills(0.9, 0.4)) == Trade::gamble);
  CHECK(trade(bills(1.5, 0.4)) == Trade::dearer_and_riskier);
  CHECK(trade(bills(1.0, 0.05)) == Trade::undecided);  // the same in the mean
  ScenarioInput swapped = bills(0.9, 0.4);
  std::swap(swapped.strategies[0], swapped.strategies[1]);
  CHECK(trade(swapped) == Trade::hedge);
}

TEST_CASE("a hedge's efficiency is tail removed by money spent") {
  ScenarioInput input = bills(0.9, 0.4);
  std::swap(input.strategies[0], input.strategies[1]);
  const Assessment run = run_of(input);
  const Comparison& of = run.comparisons[0];
  const HedgeSummary& hedge = of.hedge.front();
  REQUIRE(hedge.efficiency);
  CHECK(hedge.efficiency->value ==
        doctest::Approx(-of.expected_shortfall.front().difference.value / of.mean.value).epsilon(1e-12));
  CHECK(*hedge.efficiency->standard_error > 0.0);
  CHECK(*hedge.efficiency->standard_error < hedge.efficiency->value);
  CHECK_FALSE(run_of(bills(0.5, 0.1)).comparisons[0].hedge.front().efficiency);
}

TEST_CASE("dominance: half the price on every path is better at every level, in the right direction") {
  const Comparison better = run_of(bills(0.5, 0.1)).comparisons[0];
  CHECK(better.first_order.holds);
  CHECK(better.second_order.holds);
  const Comparison worse = run_of(bills(1.5, 0.1)).comparisons[0];
  CHECK_FALSE(worse.first_order.holds);
  REQUIRE(worse.first_order.violation);
  CHECK(worse.first_order.violation->ratio > 2.0);
}

TEST_CASE("a vendor's renewal is compared on the paths on which both renewed") {
  const Study study = worlds::study(worlds::w3(), 1500, 3);
  const Assessment run = assess(study, {});
  const Scenario scenario(study.scenario);
  const Simulation simulation(scenario, 3);
  measure::Moments price;
  World world;
  Outcome ours, theirs;
  for (std::uint64_t path = 0; path < 1500; ++path) {
    simulation.sample(path, world);
    simulation.evaluate(world, StrategyId(1), ours);
    simulation.evaluate(world, StrategyId(0), theirs);
    const auto first_of_a = [](const Outcome& outcome) -> const RenewalEvent* {
      for (const RenewalEvent& event : outcome.prices.renewals)
        if (event.provider == ProviderId(0) && event.month == 36) return &event;
      return nullptr;
    };
    const RenewalEvent *b = first_of_a(ours), *a = first_of_a(theirs);
    if (a && b) price.add(b->agreement.price - a->agreement.price);
  }
  const RenewalChange& change = run.comparisons[0].renewals.front();
  CHECK(change.provider == "A");
  CHECK(change.month == 36);
  CHECK(change.both.value == doctest::Approx(static_cast<double>(price.count) / 1500.0));
  CHECK(change.price.value == doctest::Approx(price.mean));
  CHECK(*change.price.standard_error == doctest::Approx(*price.standard_error()));
  CHECK(change.price.value < 0.0);  // W-3: spread wider, A's renewal is cheaper
}

}  // namespace comparison_test
