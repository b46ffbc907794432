#include "models/contract/price.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "models/contract/billing.hpp"
#include "tests/support/worlds.hpp"

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

/// The prices that a contract makes of list prices; under notice from month `notice` on.
std::vector<double> prices(const Contract& contract, const std::vector<double>& list, int notice = 1000) {
  ContractPrice price(contract);
  std::vector<double> found;
  for (int k = 0; k < static_cast<int>(list.size()); ++k)
    found.push_back(price.month(k, list[static_cast<std::size_t>(k)], k >= notice));
  return found;
}

Contract contract(PriceMode mode, int term, double discount = 0.0) {
  Contract terms;
  terms.mode = mode;
  terms.term_months = term;
  terms.discount = discount;
  return terms;
}

const std::vector<double> list{8, 4, 12, 16, 2, 6, 10};
using Prices = std::vector<double>;

}  // namespace

TEST_CASE("fixed: the list price of the last signing, at the discount") {
  CHECK(prices(contract(PriceMode::fixed, 3), list) == Prices{8, 8, 8, 16, 16, 16, 10});
  CHECK(prices(contract(PriceMode::fixed, 3, .25), list) == Prices{6, 6, 6, 12, 12, 12, 7.5});
  CHECK(prices(contract(PriceMode::fixed, 100), list) == Prices(7, 8));
  CHECK(prices(contract(PriceMode::fixed, 1), list) == list);
}

TEST_CASE("cap: cuts pass through, rises do not") {
  CHECK(prices(contract(PriceMode::cap, 3), list) == Prices{8, 4, 8, 16, 2, 6, 10});
  CHECK(prices(contract(PriceMode::cap, 3, .5), list) == Prices{4, 2, 4, 8, 1, 3, 5});
}

TEST_CASE("float: the list price of the day, whatever the term") {
  CHECK(prices(contract(PriceMode::floating, 0), list) == list);
  CHECK(prices(contract(PriceMode::floating, 3, .5), list) == Prices{4, 2, 6, 8, 1, 3, 5});
}

TEST_CASE("a contract that expires under notice is not signed again") {
  CHECK(prices(contract(PriceMode::fixed, 3), list, 3) == Prices(7, 8));
  CHECK(prices(contract(PriceMode::fixed, 3), list, 4) == Prices{8, 8, 8, 16, 16, 16, 16});
  CHECK(prices(contract(PriceMode::cap, 3), list, 2) == Prices{8, 4, 8, 8, 2, 6, 8});
  CHECK(prices(contract(PriceMode::fixed, 3), list, 0) == Prices(7, 8));  // signed all the same
}

TEST_CASE("bills: 730 h a month at the month's start, until the cut-off, in the right year") {
  ScenarioInput input = worlds::plain({{"A", 1.0}, {"B", 0.0}}, 3.0);
  input.horizon.months = 18;
  const Scenario scenario(input);
  const Strategy& strategy = scenario.strategies[StrategyId(0)];
  PricePath path;
  path.resize(2, 18);
  for (std::size_t k = 0; k <= 18; ++k)
    path.at(ProviderId(0), k) = path.at(ProviderId(1), k) = 1.0 + static_cast<double>(k);
  std::vector<double> discount;
  for (int k = 0; k < 18; ++k) discount.push_back(std::pow(0.5, k));
  IdVector<ProviderId, Delivery> deliveries(2, Delivery{{}, 18, 18});
  deliveries[ProviderId(0)] = {{}, 12, 14};
  Ledger ledger;
  ledger.reset(2, 2);
  bill_capacity(scenario, strategy, exposure_of(scenario, strategy), path, deliveries, discount, ledger);
  const Money first = ledger.at(Component::spend, ProviderId(0), 0),
              second = ledger.at(Component::spend, ProviderId(0), 1);
  CHECK(first.nominal == 730.0 * 3.0 * 78.0);            // 1 + ... + 12
  CHECK(second.nominal == 730.0 * 3.0 * (13.0 + 14.0));  // cut off at month 14
  CHECK(second.present == doctest::Approx(730.0 * 3.0 * (13.0 * std::pow(.5, 12) + 14.0 * std::pow(.5, 13))));
  CHECK(ledger.sum(Component::spend, ProviderId(1)).nominal == 0.0);
  CHECK(ledger.total().nominal == first.nominal + second.nominal);
}
