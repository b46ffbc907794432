// The price of a renewal against the numbers of O16, and what moves it which way (docs/model/bargaining.md).

#include "models/contract/bargaining.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "tests/support/answers.hpp"
#include "tests/support/numbers.hpp"

namespace bargaining_test {

using namespace hedgerow;
using namespace hedgerow::models;
using hedgerow::test::agrees_to_decimals;

namespace {

/// S = 2, c = .8, psi = .2, an alternative at 1.5 (porting included), K/V = .1, beta = .5.
BargainingPosition o16() {
  BargainingPosition position{2.0, 0.8, 0.2};
  position.alternative = 1.5;
  position.switching_cost = 0.1;
  return position;
}

}  // namespace

TEST_CASE("O16: floor, ceiling, price, discount and leverage") {
  const Agreement base = bargain(o16());
  CHECK(agrees_to_decimals(base.floor, 1.04, 12));
  CHECK(agrees_to_decimals(base.ceiling, 1.6, 12));
  CHECK(agrees_to_decimals(base.price, 1.32, 12));
  CHECK(agrees_to_decimals(1.0 - base.price / 2.0, 0.34, 12));
  CHECK(agrees_to_decimals(base.leverage, 0.5666667, 7));
  CHECK(base.deal);
}

TEST_CASE("O16: captive, or with a switching cost that makes the alternative no better than list") {
  BargainingPosition captive = o16();
  captive.alternative = std::numeric_limits<double>::infinity();
  CHECK(agrees_to_decimals(bargain(captive).price, 1.52, 12));
  CHECK(agrees_to_decimals(bargain(captive).leverage, 0.40, 12));
  BargainingPosition stuck = o16();
  stuck.switching_cost = 0.6;
  CHECK(agrees_to_decimals(bargain(stuck).price, 1.52, 12));
}

TEST_CASE("O16: scarcity raises the floor, and leverage shows it") {
  BargainingPosition scarce{2.5, 0.8, 0.7};
  scarce.alternative = 1.9;
  scarce.switching_cost = 0.1;
  CHECK(agrees_to_decimals(bargain(scarce).floor, 1.99, 12));
  CHECK(agrees_to_decimals(bargain(scarce).price, 1.995, 12));
  CHECK(agrees_to_decimals(bargain(scarce).leverage, 0.2970588, 7));
}

TEST_CASE("O16: a vendor with a stake in the buyer asks less, a rival more") {
  BargainingPosition owner = o16();
  owner.equity_stake = 0.27;
  CHECK(agrees_to_decimals(bargain(owner).floor, 0.8328767123, 10));
  CHECK(agrees_to_decimals(bargain(owner).price, 1.2164383562, 10));
  BargainingPosition rival = o16();
  rival.wedge = 0.2 * 0.6;
  CHECK(agrees_to_decimals(bargain(rival).floor, 1.28, 12));
  CHECK(agrees_to_decimals(bargain(rival).price, 1.44, 12));
}

TEST_CASE("O16: power follows mutual dependence") {
  const auto price_at = [](double share) {
    BargainingPosition position = o16();
    position.power = bargaining_power(Bargaining{}, 0.05, share);
    return bargain(position).price;
  };
  CHECK(agrees_to_decimals(bargaining_power(Bargaining{}, 0.05, 0.7), 0.2141650170, 10));
  CHECK(agrees_to_decimals(bargaining_power(Bargaining{}, 0.05, 0.2), 0.4255574832, 10));
  CHECK(agrees_to_decimals(price_at(0.7), 1.4800675905, 10));
  CHECK(agrees_to_decimals(price_at(0.2), 1.3616878094, 10));
  Bargaining tough;
  tough.power = Fraction(0.8);
  CHECK(agrees_to_decimals(bargaining_power(tough, 0.3, 0.3), 0.8, 12));
}

TEST_CASE("O16: an exit that is credible in part, and the outside option as a constraint") {
  BargainingPosition position = o16();
  position.credible_exit = 5.0 / 6.0;
  CHECK(agrees_to_decimals(bargain(position).ceiling, 1.6666667, 7));
  CHECK(agrees_to_decimals(bargain(position).price, 1.3533333, 7));
  BargainingPosition constraint = o16();
  constraint.outside_option = OutsideOption::constraint;
  CHECK(agrees_to_decimals(bargain(constraint).price, 1.52, 12));
  constraint.alternative = 1.3;  // now it binds
  CHECK(agrees_to_decimals(bargain(constraint).price, 1.4, 12));
}

TEST_CASE("no deal: the floor is above the ceiling, and the buyer pays it, or list") {
  BargainingPosition position = o16();
  position.resale = 0.9;  // floor 1.88, ceiling 1.6
  CHECK_FALSE(bargain(position).deal);
  CHECK(agrees_to_decimals(bargain(position).price, 1.88, 12));
  position.wedge = 0.3;  // floor 2.48
  CHECK(bargain(position).price == 2.0);
  CHECK(bargain(position).leverage == 0.0);
}

TEST_CASE("a stake so large that the vendor would pay: the floor is 0") {
  BargainingPosition position = o16();
  position.equity_stake = 0.9;
  CHECK(bargain(position).floor == 0.0);
  CHECK(agrees_to_decimals(bargain(position).price, 0.8, 12));
}

namespace {

BargainingPosition random_position(test::Dice& dice) {
  BargainingPosition position{dice.between(1.0, 3.0), 0.0, dice.between(0.0, 0.9)};
  position.unit_cost = position.list_price * dice.between(0.2, 0.7);
  position.wedge = dice.between(0.0, 0.2);
  position.alternative = position.list_price * dice.between(0.6, 1.2);
  position.switching_cost = position.list_price * dice.between(0.0, 0.3);
  position.credible_exit = dice.between(0.0, 1.0);
  position.power = dice.between(0.05, 0.95);
  position.outside_option = dice.among(0, 1) == 0 ? OutsideOption::split : OutsideOption::constraint;
  return position;
}

/// Something that must not lower the price.
struct Push {
  std::string name;
  void (*apply)(BargainingPosition&, double strength);
};
const Push pushes[] = {
    {"list price", [](BargainingPosition& p, double x) { p.list_price *= 1.0 + x; }},
    {"switching cost", [](BargainingPosition& p, double x) { p.switching_cost += x; }},
    {"resale", [](BargainingPosition& p, double x) { p.resale += (1.0 - p.resale) * x; }},
    {"wedge", [](BargainingPosition& p, double x) { p.wedge += x; }},
    {"less power", [](BargainingPosition& p, double x) { p.power *= 1.0 - x; }},
    {"less of a stake", [](BargainingPosition& p, double x) { p.equity_stake *= 1.0 - x; }},
    {"less credible exit", [](BargainingPosition& p, double x) { p.credible_exit *= 1.0 - x; }},
    {"dearer alternative", [](BargainingPosition& p, double x) { p.alternative *= 1.0 + x; }},
};

}  // namespace

TEST_CASE("M19: what raises the price and what lowers it") {
  test::Dice dice(61);
  for (const Push& push : pushes) {
    CAPTURE(push.name);
    int moved = 0;
    for (int round = 0; round < 2'000; ++round) {
      BargainingPosition before = random_position(dice);
      // A stake turns the sign only where it is larger than the vendor's power; see the next case.
      if (before.outside_option == OutsideOption::split)
        before.equity_stake = (1.0 - before.power) * dice.between(0.0, 1.0);
      BargainingPosition after = before;
      push.apply(after, dice.between(0.0, 0.5));
      if (before.equity_stake > 0.0 && !(bargain(before).deal && bargain(after).deal)) continue;
      CHECK(bargain(after).price >= bargain(before).price - 1e-12);
      moved += bargain(after).price > bargain(before).price;
    }
    CHECK(moved > 200);
  }
}

TEST_CASE(
    "M19 ends where a stake exceeds the vendor's power: what the buyer could save is the vendor's too") {
  BargainingPosition owner = o16();
  owner.equity_stake = 0.45;
  owner.power = 0.7;
  BargainingPosition better = owner;
  better.alternative = 1.4;
  CHECK(bargain(better).price > bargain(owner).price);
}

}  // namespace bargaining_test
