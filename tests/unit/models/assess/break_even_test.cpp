// The discount that a new contract must have (docs/model/answers.md).

#include "models/assess/what_if/break_even.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "models/assess/assess.hpp"
#include "models/simulate.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/worlds.hpp"

namespace break_even_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

/// A list price of `a` at A and `c` at C, for ever; the first strategy is all at A, the second half at C.
ScenarioInput constant(double a, double c) {
  ScenarioInput input = worlds::plain({{"A", 1.0}, {"C", 0.0}}, 100.0);
  input.providers["A"].list_price.initial = a;
  input.providers["C"].list_price.initial = c;
  input.strategies.emplace_back("half", input.strategies[0].second);
  input.strategies[1].second.workloads["load"].placement = {{"A.r", 0.5}, {"C.r", 0.5}};
  return input;
}

BreakEven only(const ScenarioInput& input, std::uint64_t paths) {
  const auto all = break_evens(worlds::study(input, paths), paths, 2);
  REQUIRE(all.size() == 1);
  return all.front();
}

/// W-3 with everything floating at list; C is new to the second strategy.
ScenarioInput floating() {
  ScenarioInput input = worlds::w3();
  for (auto& [name, strategy] : input.strategies)
    for (auto& [provider, contract] : strategy.contracts) {
      contract.mode = PriceMode::floating;
      contract.term_months = 0;
      contract.renewal = Renewal::list;
    }
  return input;
}

}  // namespace

TEST_CASE("prices that never move: the discount that makes them equal") {
  const BreakEven twice = only(constant(1.0, 2.0), 8);
  CHECK(twice.verdict == BreakEvenVerdict::found);
  CHECK(twice.provider == "C");
  CHECK(std::abs(twice.break_even->value - 0.5) <= 1e-12);
  CHECK(*twice.break_even->standard_error <= 1e-12);
  CHECK(std::abs(*twice.gap + 0.5) <= 1e-12);  // the contract has no discount

  const BreakEven cheap = only(constant(3.0, 1.0), 8);  // worth it up to three times the list price
  CHECK(std::abs(cheap.break_even->value + 2.0) <= 1e-12);
  const BreakEven slightly = only(constant(1.001, 1.0), 8);
  CHECK(std::abs(slightly.break_even->value + 0.001) <= 1e-12);
}

TEST_CASE("dearer even for nothing, and cheaper at a hundred times the list price") {
  ScenarioInput input = constant(1.0, 2.0);
  input.strategies[1].second.contracts["A"].commitment = {1e9};  // due in full, whatever C costs
  input.strategies[1].second.contracts["A"].term_months = 84;
  const BreakEven dear = only(input, 8);
  CHECK(dear.verdict == BreakEvenVerdict::dearer_even_if_free);
  CHECK_FALSE(dear.break_even.has_value());
  CHECK_FALSE(dear.gap.has_value());
  CHECK(only(constant(1000.0, 1.0), 8).verdict == BreakEvenVerdict::cheaper_at_any_price);
  CHECK(only(constant(90.0, 1.0), 8).verdict == BreakEvenVerdict::found);
}

TEST_CASE("floating contracts: (E_b at list - E_a) / E[PV gross spend], to 1e-9") {
  const ScenarioInput input = floating();
  constexpr std::uint64_t paths = 1100;
  ScenarioInput undiscounted = input;
  undiscounted.strategies[1].second.contracts["C"].discount = 0.0;
  const Scenario scenario(undiscounted);
  const Simulation simulation(scenario, 1);
  World world;
  Outcome outcome;
  double difference = 0.0, gross = 0.0;
  for (std::uint64_t path = 0; path < paths; ++path) {
    simulation.sample(path, world);
    simulation.evaluate(world, StrategyId(0), outcome);
    difference -= outcome.ledger.total().present;
    simulation.evaluate(world, StrategyId(1), outcome);
    difference += outcome.ledger.total().present;
    const std::vector<double>& bills = outcome.bills[ProviderId(2)].gross;
    for (std::size_t k = 0; k < bills.size(); ++k)
      gross += bills[k] * std::exp(-0.08 * static_cast<double>(k) / 12.0);
  }
  const BreakEven found = only(input, paths);
  CHECK(found.verdict == BreakEvenVerdict::found);
  CHECK(std::abs(found.break_even->value - difference / gross) <= 1e-9);
  CHECK(found.discount == 0.10);
  CHECK(*found.gap == 0.10 - found.break_even->value);
}

TEST_CASE("commitments, tiers and credits bend the cost: at the break-even a plain run finds no difference") {
  ScenarioInput input = worlds::rich();
  StrategyInput& reference = input.strategies[0].second;
  reference.workloads["load"].placement = {{"A.r", 0.7}, {"C.r", 0.3}};
  reference.workloads["other"].placement = {{"C.r", 1.0}};
  input.providers["B"].list_price.initial = 10.0;
  input.strategies[1].second.contracts["B"].volume_tiers = {{10e6, 0.3}};
  input.strategies[1].second.contracts["B"].commitment = {20e6};
  constexpr std::uint64_t paths = 300;
  const BreakEven found = only(input, paths);  // B
  REQUIRE(found.verdict == BreakEvenVerdict::found);
  const double discount = found.break_even->value;
  CAPTURE(discount);
  AssessOptions options;
  options.threads = 2;
  const auto difference = [&](double at) {
    ScenarioInput there = input;
    there.strategies[1].second.contracts["B"].discount = at;
    return assess(worlds::study(there, paths), options).comparisons.front().mean;
  };
  const double step = 1e-4;  // discounts below 0 are no input: the rest of this case needs one above it
  REQUIRE(discount > step);
  REQUIRE(discount < 1.0);
  const measure::Estimate at = difference(discount);
  CHECK(std::abs(at.value) <= 0.011 * *at.standard_error);
  const double slope = (difference(discount - step).value - at.value) / step;
  CHECK(slope > 0.0);
  CHECK(relative_error(*found.break_even->standard_error, *at.standard_error / slope) <= 1e-6);
}

TEST_CASE("which contracts are asked about") {
  ScenarioInput input = constant(1.0, 2.0);
  input.strategies[1].second.workloads["load"].placement = {{"A.r", 1.0}};
  CHECK(break_evens(worlds::study(input, 8), 8, 1).empty());  // nothing differs
  input.strategies[1].second.contracts["A"].discount = 0.25;
  const BreakEven same = only(input, 8);  // no new provider, but another discount
  CHECK(same.provider == "A");
  CHECK(std::abs(same.break_even->value) <= 1e-12);
  CHECK(std::abs(*same.gap - 0.25) <= 1e-12);
  CHECK_THROWS_AS(break_evens(worlds::study(input, 8), 0, 1), InvalidInput);
}

TEST_CASE("the same bits for any number of threads; stopped, there is no answer") {
  const Study study = worlds::study(floating(), 1100);
  const auto one = break_evens(study, 1100, 1), three = break_evens(study, 1100, 3);
  REQUIRE(one.size() == 1);
  CHECK(one[0].break_even->value == three[0].break_even->value);
  CHECK(*one[0].break_even->standard_error == *three[0].break_even->standard_error);
  run::Cancellation cancellation;
  cancellation.request();
  CHECK_THROWS_AS(break_evens(study, 1100, 1, &cancellation), Stopped);
}

}  // namespace break_even_test
