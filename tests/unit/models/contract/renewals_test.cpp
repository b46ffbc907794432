// Renewals by bargaining within a path: who sits at the table, with what (docs/model/bargaining.md).

#include <doctest/doctest.h>

#include <cmath>
#include <utility>

#include "tests/support/answers.hpp"
#include "tests/support/given_path.hpp"

namespace renewals_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

/// The numbers of O16 at every renewal of A: S = 2, c = .8, psi = .2, alternative B at 1.5, K/V = .1,
/// beta = .5. A has 600 of 1000 units, B 300, C 100; C takes no part until a test says so.
ScenarioInput o16() {
  ScenarioInput input = worlds::plain({{"A", 0.6}, {"B", 0.3}, {"C", 0.1}}, 1000.0);
  input.horizon.months = 36;
  input.bargaining.switching_cost = 0.05;
  input.bargaining.share_effect = 0.0;
  input.bargaining.credible_exit = false;
  input.providers["A"].list_price.initial = 2.0;
  input.providers["B"].list_price.initial = 1.5 / 0.9 / 1.1;
  input.providers["C"].alternative = false;
  for (auto& [name, provider] : input.providers) provider.divergence = Divergence{};
  Contract& contract = input.strategies[0].second.contracts["A"];
  contract.mode = PriceMode::fixed;
  contract.term_months = 12;
  contract.discount = 0.25;
  contract.renewal = Renewal::bargain;
  return input;
}

std::vector<Sojourn> rival_over(double from, double to) {
  return {{Regime::aligned, 0.0, from}, {Regime::rival, from, to}, {Regime::strained, to, 3.0}};
}

double a(const GivenPath& path, std::size_t month) { return path.prices.at(ProviderId(0), month); }

/// The price of A's renewal in month 12.
double renewed(const ScenarioInput& input) {
  GivenPath path(input);
  path.price();
  return a(path, 12);
}

void check_close(double found, double expected) { CHECK(found == doctest::Approx(expected).epsilon(1e-12)); }

}  // namespace

TEST_CASE("the configured discount for the first term, the bargain for those after it, none at the horizon") {
  GivenPath path(o16());
  for (std::size_t k = 20; k <= 36; ++k) path.list_prices.at(ProviderId(0), k) = 3.0;
  path.price();
  for (const std::size_t k : {0u, 11u}) check_close(a(path, k), 1.5);
  for (const std::size_t k : {12u, 20u, 23u}) check_close(a(path, k), 1.32);
  // S = 3: floor 1.2 + .36, ceiling 1.5 + .15.
  for (const std::size_t k : {24u, 35u}) check_close(a(path, k), 0.5 * 1.56 + 0.5 * 1.65);
  REQUIRE(path.prices.renewals.size() == 2);
  CHECK(path.prices.renewals[0].month == 12);
  CHECK(path.prices.renewals[1].list_price == 3.0);
  CHECK(path.prices.renewals[0].agreement.leverage == doctest::Approx(0.5666667).epsilon(1e-7));
}

TEST_CASE("the bargained discount lives on under a capped or floating price") {
  ScenarioInput input = o16();
  for (const PriceMode mode : {PriceMode::cap, PriceMode::floating}) {
    input.strategies[0].second.contracts["A"].mode = mode;
    GivenPath path(input);
    path.list_prices.at(ProviderId(0), 14) = 1.0;
    path.list_prices.at(ProviderId(0), 15) = 4.0;
    path.price();
    check_close(a(path, 12), 1.32);
    check_close(a(path, 14), 0.66);
    check_close(a(path, 15), mode == PriceMode::cap ? 1.32 : 2.64);
  }
}

TEST_CASE("a contract of the past renews in its own months") {
  ScenarioInput input = o16();
  input.strategies[0].second.contracts["A"].start_month = -7;
  GivenPath path(input);
  path.price();
  check_close(a(path, 4), 1.5);
  check_close(a(path, 5), 1.32);
  CHECK(path.prices.renewals.size() == 3);
}

TEST_CASE("nobody bargains with a provider under notice") {
  GivenPath path(o16());
  path.severed(0, 11.5 / 12.0);  // under notice from month 12
  path.price();
  CHECK(path.prices.renewals.empty());
  check_close(a(path, 17), 1.5);
  GivenPath later(o16());
  later.severed(0, 12.0 / 12.0 + 1e-6);  // from month 13
  later.price();
  CHECK(later.prices.renewals.size() == 1);
  check_close(a(later, 18), 1.32);
}

TEST_CASE("a rival asks more only while it is a rival") {
  GivenPath path(o16());
  path.relation(0, rival_over(1.0, 1.5));
  path.price();
  check_close(a(path, 12), 0.5 * (1.04 + 0.2 * 0.3 * 2.0) + 0.5 * 1.6);
  check_close(a(path, 24), 1.32);
  GivenPath before(o16());
  before.relation(0, rival_over(0.5, 1.0));
  before.price();
  check_close(a(before, 12), 1.32);
}

TEST_CASE("scarcity lifts the resale value; unit cost follows the price without its premium") {
  ScenarioInput input = o16();
  input.providers["A"].list_price.scarcity_premium = 0.25;
  GivenPath path(input);
  path.scarcity[12] = true;
  path.list_prices.at(ProviderId(0), 12) = 2.5;
  path.list_prices.at(ProviderId(1), 12) = 1.9 / 0.9 / 1.1;
  path.price();
  const BargainingPosition& position = path.prices.renewals[0].position;
  check_close(position.unit_cost, 0.8);
  check_close(position.resale, 0.7);
  check_close(position.alternative, 1.9);
  check_close(position.switching_cost, 0.125);
}

TEST_CASE("no alternative: of the same regime group, under notice, or not to be turned to") {
  constexpr double captive = 1.52;
  ScenarioInput same_group = o16();
  same_group.providers["A"].regime_group = same_group.providers["B"].regime_group = "both";
  check_close(renewed(same_group), captive);
  ScenarioInput never = o16();
  never.providers["B"].alternative = false;
  check_close(renewed(never), captive);
  GivenPath leaving(o16());
  leaving.severed(1, 0.99);
  leaving.price();
  check_close(a(leaving, 12), captive);
  GivenPath in_time(o16());
  in_time.severed(1, 1.01);  // gives notice after the renewal
  in_time.price();
  check_close(a(in_time, 12), 1.32);
  check_close(a(in_time, 24), captive);
}

TEST_CASE("porting costs more where nothing runs yet") {
  ScenarioInput input = o16();
  input.providers["B"].alternative = false;
  input.providers["C"].alternative = true;
  const auto alternative = [&](double share_of_c) {
    input.strategies[0].second.workloads["load"].placement = {
        {"A.r", 0.6}, {"B.r", 0.4 - share_of_c}, {"C.r", share_of_c}};
    GivenPath path(input);
    path.price();
    return path.prices.renewals[0].position.alternative;
  };
  check_close(alternative(0.1), 0.9 * 1.1);
  check_close(alternative(0.0), 0.9 * 1.2);
}

TEST_CASE("porting is cheap from the month in which something has arrived") {
  ScenarioInput input = o16();
  input.providers["C"].alternative = true;
  input.providers["C"].provisioning = Provisioning{UnitsPerYear(12'000), {}};
  WorkloadChoice& load = input.strategies[0].second.workloads["load"];
  load.placement = {{"A.r", 0.7}, {"B.r", 0.3}};
  load.exit_plan["B"] = {{"C.r", 1.0}};
  GivenPath path(input);
  path.severed(1, 1.0);  // everything moves to C in month 13
  path.migrate();
  path.price();
  check_close(path.prices.renewals[0].position.alternative, 0.9 * 1.2);
  check_close(path.prices.renewals[1].position.alternative, 0.9 * 1.1);
}

TEST_CASE("the switching cost is spread over the new term") {
  ScenarioInput input = o16();
  input.strategies[0].second.contracts["A"].term_months = 18;
  GivenPath path(input);
  path.price();
  check_close(path.prices.renewals[0].position.switching_cost, 0.05 * 2.0 / 1.5);
}

TEST_CASE("an explicit switching cost is spread over the units of the day and the new term") {
  ScenarioInput input = o16();
  input.strategies[0].second.contracts["A"].switching_cost = 0.1 * 8760 * 600;
  check_close(renewed(input), 1.32);
  GivenPath grown(input);
  grown.demand.at(WorkloadId(0), 12) = 2.0;
  grown.price();
  check_close(grown.prices.renewals[0].position.switching_cost, 0.05);
  input.strategies[0].second.contracts["A"].term_months = 6;
  GivenPath shorter(input);
  shorter.price();
  check_close(shorter.prices.renewals[0].position.switching_cost, 0.2);
  input.strategies[0].second.workloads["load"].placement = {
      {"B.r", 1.0}};  // nothing is at A: it cannot leave
  check_close(renewed(input), 1.52);
}

TEST_CASE("O16: what could be provisioned within the notice, and spare capacity, make an exit credible") {
  ScenarioInput input = o16();
  input.bargaining.credible_exit = true;
  input.providers["B"].provisioning = Provisioning{UnitsPerYear(800), {}};
  input.strategies[0].second.workloads["load"].failover.headroom =
      std::map<std::string, double>{{"A.r", 0.5}, {"B.r", 1.0 / 3.0}};  // 100 units of spare at B
  GivenPath path(input);
  path.scarcity[24] = true;
  path.price();
  check_close(path.prices.renewals[0].position.credible_exit, 5.0 / 6.0);  // (400 + 100) / 600
  check_close(a(path, 12), 1.04 / 2 + (5.0 / 6.0 * 1.6 + 2.0 / 6.0) / 2);
  check_close(path.prices.renewals[1].position.credible_exit, 0.5);  // half the rate in scarcity

  GivenPath grown(input);
  grown.demand.at(WorkloadId(0), 12) = 2.0;
  grown.price();
  check_close(grown.prices.renewals[0].position.credible_exit, (400.0 + 200.0) / 1200.0);

  GivenPath gone(input);
  gone.severed(1, 0.5);
  gone.price();
  CHECK(gone.prices.renewals[0].position.credible_exit == 0.0);

  // The exit plan decides who provisions; whose headroom is spare, it does not.
  input.providers["C"].provisioning = Provisioning{UnitsPerYear(200), {}};
  input.strategies[0].second.workloads["load"].exit_plan["A"] = {{"C.r", 1.0}};
  GivenPath planned(input);
  planned.price();
  check_close(planned.prices.renewals[0].position.credible_exit, (100.0 + 100.0) / 600.0);
  input.strategies[0].second.workloads["load"].exit_plan.clear();
  GivenPath both(input);
  both.price();
  // By their shares 3/4 of it would go to B and 1/4 to C: half a year of (600 + 50) a year, and 100 of spare.
  check_close(both.prices.renewals[0].position.credible_exit, (325.0 + 100.0) / 600.0);
}

TEST_CASE("an exit counts each taker once, however many workloads would go there") {
  ScenarioInput input = o16();
  input.bargaining.credible_exit = true;
  input.providers["B"].provisioning = Provisioning{UnitsPerYear(600), {}};
  input.workloads["load"].demand = 500.0;
  input.workloads["more"] = input.workloads["load"];
  input.strategies[0].second.workloads["more"] = input.strategies[0].second.workloads["load"];
  GivenPath path(input);
  path.price();
  check_close(path.prices.renewals[0].position.credible_exit, 0.5);  // 300 of 600
}

TEST_CASE("who renews on the same day looks at the other's list price, whatever their names") {
  ScenarioInput input = o16();
  input.strategies[0].second.contracts["B"] = input.strategies[0].second.contracts["A"];
  const double b = input.providers["B"].list_price.initial;
  GivenPath path(input);
  path.price();
  REQUIRE(path.prices.renewals.size() == 4);
  check_close(path.prices.renewals[0].position.alternative, 1.5);
  check_close(path.prices.renewals[2].position.alternative, 0.9 * 1.1 * 2.0);
  std::swap(input.providers["A"], input.providers["B"]);
  input.strategies[0].second.workloads["load"].placement = {{"A.r", 0.3}, {"B.r", 0.6}, {"C.r", 0.1}};
  GivenPath swapped(input);
  swapped.price();
  for (std::size_t k = 0; k < 36; ++k) {
    CHECK(swapped.prices.at(ProviderId(0), k) == path.prices.at(ProviderId(1), k));
    CHECK(swapped.prices.at(ProviderId(1), k) == path.prices.at(ProviderId(0), k));
  }
  check_close(path.prices.at(ProviderId(1), 12), 0.5 * (0.4 + 0.2 * 0.6) * b + 0.5 * b);
}

TEST_CASE("power follows the planned share of the buyer's demand") {
  ScenarioInput input = o16();
  input.bargaining.share_effect = 2.0;
  input.providers["A"].buyer_share_of_vendor = Fraction(0.05);
  const double power = 1.0 / (1.0 + std::exp(2.0 * 0.55));
  check_close(renewed(input), power * 1.04 + (1.0 - power) * 1.6);
}

TEST_CASE("M19: another provider to turn to never raises a renewal") {
  test::Dice dice(62);
  ScenarioInput input = o16();
  input.bargaining.credible_exit = true;
  input.providers["B"].provisioning = Provisioning{UnitsPerYear(700), {}};
  input.strategies[0].second.contracts["B"] = input.strategies[0].second.contracts["A"];
  ScenarioInput more = input;
  more.providers["C"].alternative = true;
  int lower = 0;
  for (int round = 0; round < 300; ++round) {
    GivenPath without(input), with(more);
    for (std::size_t p = 0; p < 3; ++p)
      for (std::size_t k = 0; k <= 36; ++k)
        without.list_prices.at(ProviderId(p), k) = with.list_prices.at(ProviderId(p), k) =
            dice.between(1.0, 3.0);
    without.price();
    with.price();
    for (std::size_t i = 0; i < without.prices.renewals.size(); ++i) {
      const double before = without.prices.renewals[i].agreement.price,
                   after = with.prices.renewals[i].agreement.price;
      CHECK(after <= before + 1e-12);
      lower += after < before - 1e-12;
    }
  }
  CHECK(lower > 100);
}

TEST_CASE("another provider of the vendor's own company makes no exit credible") {
  ScenarioInput input = o16();
  input.bargaining.credible_exit = true;
  input.providers["B"].provisioning = Provisioning{UnitsPerYear(800), {}};
  input.strategies[0].second.workloads["load"].failover.headroom = Fraction(0.5);
  GivenPath apart(input);
  apart.price();
  CHECK(apart.prices.renewals[0].position.credible_exit > 0.5);
  for (auto& [name, provider] : input.providers) provider.regime_group = "one";
  GivenPath together(input);
  together.price();
  CHECK(together.prices.renewals[0].position.credible_exit == 0.0);
}

}  // namespace renewals_test
