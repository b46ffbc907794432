// What was committed to and not spent (docs/model/contracts.md; G8).

#include "models/contract/commitment.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/given_path.hpp"

namespace commitment_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

Contract committed(std::vector<double> commitment, double rollover = 0.0, int start = 0, int term = 12) {
  Contract contract;
  contract.term_months = term;
  contract.start_month = start;
  contract.commitment = std::move(commitment);
  contract.rollover = Fraction(rollover);
  return contract;
}

/// Gross bills by month: each of `years` spread evenly over twelve months.
std::vector<double> spent(const std::vector<double>& years) {
  std::vector<double> months;
  for (const double year : years) months.insert(months.end(), 12, year / 12.0);
  return months;
}

double sum(const std::vector<Shortfall>& all) {
  double total = 0.0;
  for (const Shortfall& each : all) total += each.amount;
  return total;
}

}  // namespace

TEST_CASE("G8: 100 a year, 80, 130 and 90 spent; a surplus carried forward or not") {
  const std::vector<double> gross = spent({80, 130, 90});
  const auto none = commitment_shortfalls(committed({100}), gross, 0, 36);
  REQUIRE(none.size() == 2);
  CHECK(none[0].last_month == 11);
  CHECK(none[0].amount == doctest::Approx(20.0));
  CHECK(none[1].last_month == 35);
  CHECK(none[1].amount == doctest::Approx(10.0));
  CHECK(sum(commitment_shortfalls(committed({100}, 1.0), gross, 0, 36)) == doctest::Approx(20.0));
  CHECK(sum(commitment_shortfalls(committed({100}, 0.2), gross, 0, 36)) == doctest::Approx(24.0));
}

TEST_CASE("a surplus is carried forward one year only") {
  CHECK(sum(commitment_shortfalls(committed({100}, 1.0), spent({200, 100, 0}), 0, 36)) ==
        doctest::Approx(100.0));
  CHECK(sum(commitment_shortfalls(committed({100}, 1.0), spent({200, 0, 100}), 0, 36)) < 1e-9);
}

TEST_CASE("a list of commitments: the last one stands on") {
  const auto all = commitment_shortfalls(committed({50, 100}), spent({40, 40, 40}), 0, 36);
  REQUIRE(all.size() == 3);
  CHECK(all[0].amount == doctest::Approx(10.0));
  CHECK(all[1].amount == doctest::Approx(60.0));
  CHECK(all[2].amount == doctest::Approx(60.0));
}

TEST_CASE("contract years run from the contract's start; parts of one are due pro rata") {
  const std::vector<double> nothing(30, 0.0);
  const auto old = commitment_shortfalls(committed({120, 240}, 0.0, -9), nothing, 0, 30);
  REQUIRE(old.size() == 4);  // 3, 12, 12 and 3 months
  CHECK(old[0].last_month == 2);
  CHECK(old[0].amount == doctest::Approx(30.0));
  CHECK(old[1].last_month == 14);
  CHECK(old[1].amount == doctest::Approx(240.0));
  CHECK(old[3].last_month == 29);
  CHECK(old[3].amount == doctest::Approx(60.0));
  const auto late = commitment_shortfalls(committed({120, 240}, 0.0, 5), nothing, 5, 30);
  REQUIRE(late.size() == 3);  // 12, 12 and 1 months
  CHECK(late[0].last_month == 16);
  CHECK(late[0].amount == doctest::Approx(120.0));
  CHECK(late[2].amount == doctest::Approx(20.0));
}

TEST_CASE("a contract that has run for years owes the commitment of its age") {
  const auto all = commitment_shortfalls(committed({10, 20, 70}, 0.0, -24), std::vector<double>(12), 0, 12);
  REQUIRE(all.size() == 1);
  CHECK(all[0].amount == doctest::Approx(70.0));
}

TEST_CASE("a commitment ends with the term that is running, or is released at the cut-off") {
  Horizon horizon;
  horizon.months = 60;
  const auto end = [&](Contract contract, int notice, int cut_off, bool release) {
    contract.release_on_vendor_termination = release;
    return commitment_end(contract, Delivery{{}, notice, cut_off}, horizon);
  };
  CHECK(end(committed({1}), 60, 60, true) == 60);  // nobody leaves
  CHECK(end(committed({1}, 0, 0, 36), 20, 26, true) == 26);
  CHECK(end(committed({1}, 0, 0, 36), 20, 26, false) == 36);
  CHECK(end(committed({1}, 0, 0, 12), 20, 26, true) == 24);  // the term ends before the cut-off
  CHECK(end(committed({1}, 0, 0, 12), 24, 30, true) == 24);  // and is not signed again
  CHECK(end(committed({1}, 0, 0, 12), 25, 31, false) == 36);
  CHECK(end(committed({1}, 0, -6, 12), 5, 11, false) == 6);
  CHECK(end(committed({1}, 0, -6, 12), 7, 8, true) == 8);
  CHECK(end(committed({1}, 0, 50, 36), 55, 60, false) == 60);  // the horizon cuts the term
  CHECK(end(committed({1}, 0, 30, 12), 20, 26, false) == 0);   // never signed
  CHECK(end(committed({1}, 0, 30, 12), 30, 36, false) == 0);
  CHECK(end(committed({1}, 0, 0, 12), 0, 6, false) == 0);
}

namespace {

/// 1000 units at 1 money/unit-hour: 730 000 a month, 8.76 million a year.
ScenarioInput buyer(const Contract& contract) {
  ScenarioInput input = worlds::plain({{"A", 1.0}, {"B", 0.0}}, 1000.0);
  input.horizon.months = 30;
  input.strategies[0].second.contracts["A"] = contract;
  return input;
}

}  // namespace

TEST_CASE("a shortfall is paid at the end of the contract year's last month, in that month's plan year") {
  GivenPath path(buyer(committed({9e6}, 0.0, 5)), 0.08);
  path.bill();
  path.commit();
  CHECK(path.nominal(Component::commitment_shortfall, 0, 0) == 0.0);
  CHECK(path.nominal(Component::commitment_shortfall, 0, 1) == doctest::Approx(240'000.0));  // month 16
  CHECK(path.nominal(Component::commitment_shortfall, 0, 2) ==
        doctest::Approx(240'000.0 + 9e6 / 12 - 730'000.0));  // months 28 and 29
  CHECK(path.nominal(Component::commitment_shortfall, 1) == 0.0);
  CHECK(path.ledger.at(Component::commitment_shortfall, ProviderId(0), 1).present ==
        doctest::Approx(240'000.0 * std::exp(-0.08 * 17.0 / 12.0)));
  GivenPath whole(buyer(committed({9e6})), 0.08);
  whole.bill();
  whole.commit();
  CHECK(whole.ledger.at(Component::commitment_shortfall, ProviderId(0), 0).present ==
        doctest::Approx(240'000.0 * std::exp(-0.08)));
}

TEST_CASE("gross bills count towards a commitment: neither volume discounts nor credits lower them") {
  Contract contract = committed({8.76e6});
  contract.volume_tiers = {{1e6, 0.5}};
  GivenPath path(buyer(contract));
  path.bill();
  path.commit();
  CHECK(path.nominal(Component::spend, 0, 0) == doctest::Approx(1e6 + 0.5 * 7.76e6));
  CHECK(path.nominal(Component::commitment_shortfall) == doctest::Approx(0.0));
}

TEST_CASE("what is bought in a crisis does not count towards a commitment") {
  ScenarioInput input = buyer(committed({9e6}));
  input.strategies[0].second.contracts["B"] = committed({9e6});
  input.providers["A"].regions["r"].outages = worlds::outages(0.0, FixedDuration{Hours(1)});
  Failover& failover = input.strategies[0].second.workloads["load"].failover;
  failover.policy = FailoverPolicy::active_active;
  failover.on_demand_headroom["B.r"] = {Fraction(1.0), Fraction(1.0)};
  GivenPath path(input);
  path.fails(0, 100, 200);
  path.bill();
  path.serve();
  path.commit();
  CHECK(path.nominal(Component::spend, 1) == doctest::Approx(100'000.0));
  CHECK(path.nominal(Component::commitment_shortfall, 1, 0) == doctest::Approx(9e6));
}

TEST_CASE(
    "a vendor that leaves: nothing is billed after the cut-off, the commitment goes on if it is not "
    "released") {
  for (const bool release : {true, false}) {
    Contract contract = committed({9e6}, 0.0, 0, 24);
    contract.release_on_vendor_termination = release;
    GivenPath path(buyer(contract));
    path.severed(0, 1.0);
    path.bill();
    path.commit();
    CHECK(path.nominal(Component::commitment_shortfall, 0, 0) == doctest::Approx(240'000.0));
    CHECK(path.nominal(Component::commitment_shortfall, 0, 1) ==
          doctest::Approx(release ? 4.5e6 - 6 * 730'000.0 : 9e6 - 6 * 730'000.0));
    CHECK(path.nominal(Component::commitment_shortfall, 0, 2) == 0.0);
  }
}

}  // namespace commitment_test
