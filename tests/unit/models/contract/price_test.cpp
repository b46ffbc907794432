#include <doctest/doctest.h>

#include <vector>

#include "tests/support/given_path.hpp"

namespace price_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

/// The prices that a contract makes of list prices; under notice from month `notice` on, never cut off.
std::vector<double> prices(const Contract& contract, const std::vector<double>& list, int notice = 1000) {
  ScenarioInput input = worlds::plain({{"A", 1.0}});
  input.horizon.months = static_cast<int>(list.size());
  input.strategies[0].second.contracts["A"] = contract;
  GivenPath path(input);
  for (std::size_t k = 0; k < list.size(); ++k) path.list_prices.at(ProviderId(0), k) = list[k];
  path.deliveries[ProviderId(0)].notice_month = notice;
  path.price();
  std::vector<double> found;
  for (std::size_t k = 0; k < list.size(); ++k) found.push_back(path.prices.at(ProviderId(0), k));
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
}

TEST_CASE(
    "a contract that starts later leaves the list price until then; one that runs already expires earlier") {
  Contract late = contract(PriceMode::fixed, 3, .5);
  late.start_month = 2;
  CHECK(prices(late, list) == Prices{8, 4, 6, 6, 6, 3, 3});
  CHECK(prices(late, list, 2) == list);  // under notice by then: never signed
  Contract old = contract(PriceMode::fixed, 3, .5);
  old.start_month = -1;
  CHECK(prices(old, list) == Prices{4, 4, 6, 6, 6, 3, 3});
}

TEST_CASE("bills: 730 h a month at the month's start, until the cut-off, in the right year") {
  ScenarioInput input = worlds::plain({{"A", 1.0}, {"B", 0.0}}, 3.0);
  input.horizon.months = 18;
  GivenPath path(input);
  for (std::size_t k = 0; k <= 18; ++k) {
    path.list_prices.at(ProviderId(0), k) = path.list_prices.at(ProviderId(1), k) =
        1.0 + static_cast<double>(k);
    path.month_discount[k] = std::pow(0.5, k);
  }
  path.deliveries[ProviderId(0)] = {{}, 12, 14};
  path.bill();
  const Money first = path.ledger.at(Component::spend, ProviderId(0), 0),
              second = path.ledger.at(Component::spend, ProviderId(0), 1);
  CHECK(first.nominal == 730.0 * 3.0 * 78.0);            // 1 + ... + 12
  CHECK(second.nominal == 730.0 * 3.0 * (13.0 + 14.0));  // cut off at month 14
  CHECK(second.present == doctest::Approx(730.0 * 3.0 * (13.0 * std::pow(.5, 12) + 14.0 * std::pow(.5, 13))));
  CHECK(path.nominal(Component::spend, 1) == 0.0);
  CHECK(path.ledger.total().nominal == first.nominal + second.nominal);
}

}  // namespace price_test
