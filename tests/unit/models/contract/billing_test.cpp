// Bills: volume discounts (G9), the hedge premium, growing demand (docs/model/contracts.md).

#include "models/contract/billing.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/given_path.hpp"

namespace billing_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

using Tiers = std::vector<std::pair<double, double>>;
const Tiers g9{{0.5e6, 0.05}, {1e6, 0.10}};

/// 1000 units at 1 money/unit-hour: 730 000 a month.
ScenarioInput buyer(const Contract& contract, int months = 30) {
  ScenarioInput input = worlds::plain({{"A", 0.6}, {"B", 0.4}}, 1000.0);
  input.horizon.months = months;
  input.strategies[0].second.contracts["A"] = contract;
  return input;
}

}  // namespace

TEST_CASE("G9: marginal discounts, so that more is never cheaper") {
  CHECK(tiered_bill(g9, 1.5e6) == doctest::Approx(1'425'000.0).epsilon(1e-14));
  CHECK(tiered_bill(g9, 0.5e6) == 0.5e6);
  CHECK(tiered_bill(g9, 1e6) == doctest::Approx(975'000.0));
  CHECK(tiered_bill({}, 1e6) == 1e6);
  CHECK(tiered_bill({{0.0, 0.2}}, 1e6) == doctest::Approx(8e5));
  for (double spend = 0.0; spend < 2e6; spend += 1e4)
    CHECK(tiered_bill(g9, spend + 1e4) > tiered_bill(g9, spend));
}

TEST_CASE("volume discounts begin anew with each contract year, and not before the contract") {
  Contract contract;
  contract.volume_tiers = {{1e6, 0.25}, {2e6, 0.5}};
  contract.start_month = 2;
  GivenPath path(buyer(contract));  // 438 000 a month
  path.bill();
  const auto& bills = path.bills[ProviderId(0)];
  CHECK(bills.net[0] == doctest::Approx(438'000.0));
  CHECK(bills.net[1] == doctest::Approx(438'000.0));
  for (const std::size_t start : {2u, 14u}) {
    CHECK(bills.net[start] == doctest::Approx(438'000.0));
    CHECK(bills.net[start + 1] == doctest::Approx(438'000.0));
    CHECK(bills.net[start + 2] == doctest::Approx(438'000.0 - 0.25 * 314'000.0));
    CHECK(bills.net[start + 3] == doctest::Approx(0.75 * 438'000.0));
    CHECK(bills.net[start + 11] == doctest::Approx(0.5 * 438'000.0));
    double year = 0.0;
    for (std::size_t k = 0; k < 12; ++k) year += bills.net[start + k];
    CHECK(year == doctest::Approx(tiered_bill(contract.volume_tiers, 12 * 438'000.0)));
  }
  for (const double gross : bills.gross) CHECK(gross == doctest::Approx(438'000.0));
  CHECK(path.nominal(Component::spend, 0, 0) ==
        doctest::Approx(2 * 438'000.0 + tiered_bill(contract.volume_tiers, 10 * 438'000.0)));
}

TEST_CASE("a contract that is never signed gives no volume discount") {
  Contract contract;
  contract.volume_tiers = {{0.0, 0.5}};
  contract.start_month = 14;
  GivenPath path(buyer(contract));
  path.severed(0, 1.0);  // notice from month 12, cut-off at 18
  path.bill();
  CHECK(path.nominal(Component::spend, 0, 1) == doctest::Approx(6 * 438'000.0));
}

TEST_CASE("the hedge premium is the part of the bills that goes to headroom, after volume discounts") {
  Contract contract;
  contract.volume_tiers = {{0.0, 0.5}};
  ScenarioInput input = buyer(contract, 12);
  input.strategies[0].second.workloads["load"].failover.headroom =
      std::map<std::string, double>{{"A.r", 0.25}, {"B.r", 1.0}};
  GivenPath path(input, 0.08);
  path.bill();
  CHECK(path.nominal(Component::spend, 0) == doctest::Approx(0.5 * 12 * 750 * 730.0));
  CHECK(path.nominal(Component::spend, 1) == doctest::Approx(12 * 800 * 730.0));
  CHECK(path.hedge_premium.nominal == doctest::Approx(0.5 * 12 * 150 * 730.0 + 12 * 400 * 730.0));
  CHECK(path.hedge_premium.present ==
        doctest::Approx(path.hedge_premium.nominal * path.present(Component::spend) /
                        path.nominal(Component::spend)));
}

TEST_CASE("demand grows from plan year to plan year, and bills and losses with it") {
  ScenarioInput input = buyer({}, 30);
  input.workloads["load"] = {1000.0, 50.0, 0.1};
  input.providers["A"].regions["r"].outages = worlds::outages(0.0, FixedDuration{Hours(1)});
  GivenPath path(input);
  DemandSampler(path.scenario, 1).plan(path.demand);
  path.fails(0, 11.5 * 730, 12.5 * 730);
  path.bill();
  path.serve();
  CHECK(path.nominal(Component::spend, 0, 0) == doctest::Approx(12 * 438'000.0));
  CHECK(path.nominal(Component::spend, 0, 1) == doctest::Approx(1.1 * 12 * 438'000.0));
  CHECK(path.nominal(Component::spend, 0, 2) == doctest::Approx(1.21 * 6 * 438'000.0));
  CHECK(path.nominal(Component::outage, 0, 0) == doctest::Approx(0.6 * 50 * 365));
  CHECK(path.nominal(Component::outage, 0, 1) == doctest::Approx(1.1 * 0.6 * 50 * 365));
}

}  // namespace billing_test
