// The independence corridor (docs/model/answers.md).

#include "models/assess/what_if/corridor.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/answers.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/worlds.hpp"

namespace corridor_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

/// O16 at A: S = 2, c = .8, psi = .2, P_alt = 1.5, K/V = .1. The share does not matter, nor how credible the
/// exit is; half of the demand is at B, where nobody leaves for want of provisioning, unless it is given.
ScenarioInput o16(double share = 0.5) {
  ScenarioInput input = worlds::plain({{"A", share}, {"B", 1.0 - share}}, 10'000.0, 1.0);
  input.providers["A"].list_price.initial = 2.0;
  input.providers["B"].list_price.initial = 1.5 / (0.9 * 1.1);
  input.bargaining.credible_exit = false;
  input.bargaining.share_effect = 0.0;
  input.bargaining.switching_cost = 0.15;
  Contract& contract = input.strategies[0].second.contracts["A"];
  contract.mode = PriceMode::fixed;
  contract.term_months = 36;
  return input;
}

Study with(const ScenarioInput& input, CorridorSettings settings = {}) {
  Study study = worlds::study(input, 1);
  study.outputs.corridor = settings;
  return study;
}
CorridorSettings needs(double discount, double leverage, double hours = 168.0) {
  return {Fraction(discount), Fraction(leverage), Hours(hours)};
}

/// Of A, in the first strategy.
Corridor at_a(const Study& study) {
  const auto all = corridors(study, 1);
  REQUIRE(all.front().provider == "A");
  return all.front();
}

/// B takes 8000 units a year: by a notice of six months 4000 of 10 000 are out.
ScenarioInput leaving() {
  ScenarioInput input = o16();
  input.providers["B"].provisioning = Provisioning{UnitsPerYear(8000), {}};
  return input;
}

/// An end of an interval is the last share that passes, and at most 0.1 % from the first that fails.
void check_end(double found, double exact) {
  CHECK(found <= exact + 1e-12);
  CHECK(found >= exact - 0.001 - 1e-12);
}

}  // namespace

TEST_CASE("O16 is what today's bargain says") {
  const CorridorPoint today = at_a(with(o16())).today;
  CHECK(today.share == 0.5);
  CHECK(std::abs(today.discount - 0.34) <= 1e-12);
  CHECK(agrees_to_decimals(today.leverage, 0.5666667, 7));

  ScenarioInput credible = o16(0.48);  // 4000 units can leave within the notice of 4800: 5/6
  credible.bargaining.credible_exit = true;
  credible.providers["B"].provisioning = Provisioning{UnitsPerYear(8000), {}};
  CHECK(agrees_to_decimals(2.0 * (1.0 - at_a(with(credible)).today.discount), 1.3533333, 7));

  ScenarioInput floats = o16();  // no term: as if bargained for a year, K/V = .15 * 2
  floats.strategies[0].second.contracts["A"] = {};
  CHECK(std::abs(at_a(with(floats)).today.discount - (1.0 - 0.5 * (1.04 + 1.8) / 2.0)) <= 1e-12);

  ScenarioInput new_there = o16(1.0);  // B is not in use: porting costs 20 %
  CHECK(std::abs(at_a(with(new_there)).today.discount - (1.0 - 0.5 * (1.04 + 1.5 * 1.2 / 1.1 + 0.1) / 2.0)) <=
        1e-12);
}

TEST_CASE("the benefit ends where dependence has eaten the discount: closed form") {
  // P* = beta 1.04 + (1 - beta) 1.6 = 1.4 at beta = .2 / .56, and logit beta = 2 (.02 - s).
  ScenarioInput input = leaving();
  input.bargaining.share_effect = 2.0;
  input.providers["B"].provisioning = Provisioning{UnitsPerYear(1e6), {}};
  const double beta = 0.2 / 0.56;
  const double end = 0.02 - 0.5 * std::log(beta / (1.0 - beta));
  for (const bool by_leverage : {false, true}) {
    const Corridor corridor =
        at_a(with(input, by_leverage ? needs(1.0, 0.6 / 1.2) : needs(0.30, 1.0)));  // (2 - 1.4) / 1.2
    REQUIRE(corridor.intervals.size() == 1);
    check_end(corridor.corridor->to, end);
    CHECK(corridor.corridor->above == CorridorTest::benefit);
    CHECK(corridor.corridor->from == 0.001);
    CHECK_FALSE(corridor.corridor->below.has_value());
    CHECK_FALSE(corridor.today.passes[0]);  // at .5
    CHECK_FALSE(corridor.binding.has_value());
  }
}

TEST_CASE("a stated switching cost weighs on small shares: the corridor begins above them") {
  // K / V = 3e6 / (8760 h * 10 000 s * 3 yr); P_max = 1.5 + K/V <= 1.76 for 30 % off; P* = .5 (1.04 + P_max).
  ScenarioInput input = leaving();
  input.providers["B"].provisioning = Provisioning{UnitsPerYear(1e6), {}};
  input.strategies[0].second.contracts["A"].switching_cost = 3e6;
  const Corridor corridor = at_a(with(input, needs(0.30, 1.0)));
  REQUIRE(corridor.intervals.size() == 1);
  const double begin = 3e6 / (8760.0 * 10'000.0 * 3.0) / 0.26;
  CHECK(corridor.corridor->from >= begin);
  CHECK(corridor.corridor->from <= begin + 0.001);
  CHECK(corridor.corridor->below == CorridorTest::benefit);
  CHECK(corridor.corridor->to == 1.0);
  CHECK_FALSE(corridor.corridor->above.has_value());
}

TEST_CASE("exit time: 4000 units leave within the notice") {
  const Corridor corridor = at_a(with(leaving()));
  CHECK(corridor.notice_months == 6.0);
  CHECK(corridor.today.exit_months == 8);  // 5000 units at 666.7 a month
  CHECK(corridor.today.passes == std::array{true, true, false});
  REQUIRE(corridor.intervals.size() == 1);
  check_end(corridor.corridor->to, 0.4);
  CHECK(corridor.corridor->above == CorridorTest::exit_time);

  ScenarioInput spare = leaving();  // B has .2 (1 - s) idle: s - .2 (1 - s) = .4
  spare.strategies[0].second.workloads["load"].failover.headroom = Fraction(0.2);
  check_end(at_a(with(spare)).corridor->to, 0.5);
}

TEST_CASE("unserved hours bind in a market that is soon scarce") {
  // Scarce from month 1 on: 333.3 units a month. What is left of 10 000 s from month 6 on, over 10 000, times
  // 730 h: at s = 3075.35 / 10 000 it is 1075.35 + 742.01 + 408.68 + 75.35 = 2301.4 units, 168 hours.
  ScenarioInput input = leaving();
  input.market.scarcity = Scarcity{PerYear(1e9), PerYear(0.0)};
  const Corridor corridor = at_a(with(input));
  REQUIRE(corridor.intervals.size() == 1);
  check_end(corridor.corridor->to, (168.0 / 730.0 * 10'000.0 + 4000.0 * (6 + 7 + 8 + 9) / 12.0) / 40'000.0);
  CHECK(corridor.corridor->above == CorridorTest::unserved_hours);
  CHECK(*corridor.today.unserved_hours.standard_error == 0.0);
  double hours = 0.0;  // today, at 5000
  for (int k = 6; k < 84; ++k) hours += std::max(0.0, 5000.0 - 4000.0 * k / 12.0) / 10'000.0 * 730.0;
  CHECK(relative_error(corridor.today.unserved_hours.value, hours) <= 1e-12);
}

TEST_CASE("an empty corridor names the test in the way and how near it comes") {
  const Corridor costly = at_a(with(leaving(), needs(0.5, 0.9)));
  CHECK(costly.intervals.empty());
  CHECK_FALSE(costly.corridor.has_value());
  CHECK(costly.binding == CorridorTest::benefit);
  CHECK(std::abs(costly.closest->discount - 0.34) <= 1e-12);

  const Corridor captive = at_a(with(o16()));  // nobody takes anything
  CHECK(captive.binding == CorridorTest::exit_time);
  CHECK_FALSE(captive.closest->exit_months.has_value());

  ScenarioInput slow = leaving();  // the move begins after the cut-off
  slow.strategies[0].second.workloads["load"].exit_lead_months = 8;
  const Corridor late = at_a(with(slow));
  CHECK(late.binding == CorridorTest::exit_time);
  CHECK(late.closest->exit_months == 9);
  CHECK(late.closest->share == 0.001);

  ScenarioInput scarce = leaving();
  scarce.market.scarcity = Scarcity{PerYear(1e9), PerYear(0.0)};
  scarce.providers["B"].provisioning->scarce = UnitsPerYear(0.0);
  const Corridor stuck = at_a(with(scarce, needs(0.1, 0.3, 0.0)));
  CHECK(stuck.binding == CorridorTest::unserved_hours);
  CHECK(stuck.closest->share == 0.001);
  CHECK(relative_error(stuck.closest->unserved_hours.value, 0.001 * (84 - 6) * 730.0) <= 1e-9);
}

TEST_CASE("the more of a provider, the less it yields and the longer and costlier the exit") {
  Dice dice(11);
  for (int round = 0; round < 4; ++round) {
    ScenarioInput input = leaving();
    input.bargaining.credible_exit = true;
    input.bargaining.share_effect = dice.between(0.0, 4.0);
    input.market.scarcity = Scarcity{PerYear(dice.between(0.2, 3.0)), PerYear(dice.between(0.5, 3.0))};
    input.providers["B"].provisioning = Provisioning{UnitsPerYear(dice.between(3000, 20'000)), {}};
    input.providers["A"].provisioning = Provisioning{UnitsPerYear(1e6), {}};  // B's own corridor is quick
    input.strategies[0].second.workloads["load"].failover.headroom = Fraction(dice.between(0.0, 0.3));
    input.strategies[0].second.workloads["load"].exit_lead_months = dice.among(0, 2);
    CorridorPoint before{};
    for (const double share : {0.15, 0.35, 0.55, 0.75, 0.95}) {
      input.strategies[0].second.workloads["load"].placement = {{"A.r", share}, {"B.r", 1.0 - share}};
      const CorridorPoint now = at_a(with(input)).today;
      if (share > 0.15) {
        CHECK(now.discount <= before.discount + 1e-12);
        CHECK(now.leverage <= before.leverage + 1e-12);
        CHECK(now.unserved_hours.value >= before.unserved_hours.value - 1e-9);
        CHECK(now.exit_months.value_or(1000) >= before.exit_months.value_or(1000));
      }
      before = now;
    }
  }
}

TEST_CASE("one by strategy and provider with a location, the same bits for any number of threads") {
  ScenarioInput input = worlds::rich();
  input.providers["nowhere"] = {};
  input.providers["nowhere"].list_price = worlds::constant_price();
  const auto one = corridors(worlds::study(input, 1), 1), three = corridors(worlds::study(input, 1), 3);
  REQUIRE(one.size() == 6);
  REQUIRE(three.size() == 6);
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK(one[i].strategy == three[i].strategy);
    CHECK(one[i].provider == three[i].provider);
    CHECK(one[i].today.unserved_hours.value == three[i].today.unserved_hours.value);
    CHECK(one[i].today.discount == three[i].today.discount);
    CHECK(one[i].intervals.size() == three[i].intervals.size());
    if (one[i].corridor) CHECK(one[i].corridor->to == three[i].corridor->to);
  }
}

TEST_CASE("a single provider can only be all or nothing") {
  ScenarioInput input = worlds::plain({{"A", 1.0}}, 1.0, 1.0);
  input.bargaining.share_effect = 0.0;  // 24 % off without an alternative
  const Corridor corridor = at_a(with(input));
  CHECK(corridor.today.share == 1.0);
  CHECK(corridor.intervals.empty());
  CHECK(corridor.binding == CorridorTest::exit_time);
  CHECK(corridor.closest->share == 1.0);
}

}  // namespace corridor_test
