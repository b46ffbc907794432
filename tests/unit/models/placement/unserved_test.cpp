#include "models/placement/unserved.hpp"

#include <doctest/doctest.h>
#include <algorithm>

#include "tests/support/worlds.hpp"

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

constexpr double hour = 1.0 / 8760.0;

/// x = (.6, .4) at two providers, 1 money/h at risk, no discounting (model.md H.2).
struct Golden {
  Scenario scenario{input()};
  Exposure exposure = exposure_of(scenario, scenario.strategies[StrategyId(0)]);
  IdVector<ProviderId, Delivery> deliveries{2, Delivery{{}, 84, 84}};
  std::vector<std::vector<Outage>> outages{2};
  Ledger ledger;
  std::vector<double> largest;

  static ScenarioInput input() { return worlds::plain({{"A", 0.6}, {"B", 0.4}}, 1.0, 1.0); }

  void fails(std::size_t provider, double from_hour, double to_hour, double severity = 1.0) {
    outages[provider].push_back({from_hour * hour, to_hour * hour, severity});
  }
  void run(double rate = 0.0) {
    const Discounting discounting(rate);
    std::vector<Downtime> down;
    for (std::size_t p = 0; p < 2; ++p)
      append_downtimes(LocationId(p), {{&outages[p], 1.0}}, discounting, down);
    std::stable_sort(down.begin(), down.end(),
                     [](const auto& a, const auto& b) { return a.start < b.start; });
    ledger.reset(2, 7);
    charge_shortage(exposure, deliveries, discounting, ledger);
    charge_outages(scenario, exposure, deliveries, down, discounting, ledger, largest);
  }
  double outage(std::size_t provider) const {
    return ledger.sum(Component::outage, ProviderId(provider)).nominal;
  }
  double shortage(std::size_t provider) const {
    return ledger.sum(Component::capacity_shortage, ProviderId(provider)).nominal;
  }
};

void check_money(double found, double expected) { CHECK(found == doctest::Approx(expected).epsilon(1e-9)); }

}  // namespace

TEST_CASE("G1, G3 without failover or headroom") {
  Golden g;
  g.fails(0, 100, 110);
  g.run();
  check_money(g.outage(0), 6.0);
  CHECK(g.outage(1) == 0.0);
  check_money(g.largest[0], 6.0);
  Golden half;
  half.fails(0, 100, 110, 0.5);
  half.run();
  check_money(half.outage(0), 3.0);
}

TEST_CASE("G2: two providers down at once are one incident") {
  Golden g;
  g.fails(0, 100, 110);
  g.fails(1, 106, 109);
  g.run();
  check_money(g.outage(0), 6.0);
  check_money(g.outage(1), 1.2);
  check_money(g.largest[0], 7.2);
}

TEST_CASE("incidents: those that touch join, those apart do not, the largest of a year counts") {
  Golden g;
  g.fails(0, 100, 110);
  g.fails(1, 110, 120);    // joins the first: 6 + 4
  g.fails(0, 130, 145);    // apart: 9
  g.fails(1, 8760, 8800);  // 16 in the second year
  g.run();
  check_money(g.largest[0], 10.0);
  check_money(g.largest[1], 16.0);
  CHECK(g.largest[2] == 0.0);
}

TEST_CASE("an incident over the year's end belongs to the year of its beginning, its loss to both years") {
  Golden g;
  g.fails(0, 8755, 8765);
  g.run();
  check_money(g.largest[0], 6.0);
  CHECK(g.largest[1] == 0.0);
  check_money(g.ledger.at(Component::outage, ProviderId(0), 0).nominal, 3.0);
  check_money(g.ledger.at(Component::outage, ProviderId(0), 1).nominal, 3.0);
}

TEST_CASE("an outage where nothing is placed costs nothing and joins no incidents") {
  ScenarioInput input = Golden::input();
  input.strategies[0].second.workloads["load"].placement = {{"A.r", 1.0}};
  Golden g;
  g.scenario.strategies = Scenario(input).strategies;
  g.exposure = exposure_of(g.scenario, g.scenario.strategies[StrategyId(0)]);
  g.fails(0, 100, 101);
  g.fails(1, 100.5, 200);
  g.fails(0, 150, 151);
  g.run();
  check_money(g.outage(0), 2.0);
  CHECK(g.outage(1) == 0.0);
  check_money(g.largest[0], 1.0);
}

TEST_CASE("G6: a cut-off provider serves nothing, and its outages add nothing to that") {
  Golden g;
  g.deliveries[ProviderId(0)] = {{{2.5, 7.0, 0.0}}, 24, 30};
  g.fails(0, 3.0 * 8760, 3.0 * 8760 + 100);
  g.run();
  check_money(g.shortage(0), 0.6 * 4.5 * 8760);
  CHECK(g.outage(0) == 0.0);
  for (const double largest : g.largest) CHECK(largest == 0.0);
}

TEST_CASE("an outage that is running when capacity is cut off counts until then") {
  Golden g;
  g.deliveries[ProviderId(0)] = {{{100 * hour, 7.0, 0.0}}, 0, 0};
  g.fails(0, 90, 120);
  g.run();
  check_money(g.outage(0), 6.0);
  check_money(g.largest[0], 6.0);
}

TEST_CASE("an outage takes from a rival what it still delivers: strategic loss first") {
  Golden g;
  g.deliveries[ProviderId(0)] = {{{100 * hour, 200 * hour, 0.75}}, 84, 84};
  g.fails(0, 90, 110, 0.5);
  g.run();
  check_money(g.shortage(0), 0.6 * 0.25 * 100);
  check_money(g.outage(0), 0.6 * 0.5 * (10 + 0.75 * 10));
}

TEST_CASE("everything cut off at once: all revenue is lost, once") {
  Golden g;
  for (Delivery& delivery : g.deliveries) delivery = {{{0.0, 7.0, 0.0}}, 0, 0};
  g.fails(0, 0, 8760 * 7);
  g.fails(1, 10, 20);
  g.run(0.08);
  CHECK(g.outage(0) + g.outage(1) == 0.0);
  check_money(g.shortage(0) + g.shortage(1), 7 * 8760);
  check_money(g.ledger.total().present, 8760 * 5.3598867019);
}

TEST_CASE("discounting happens at the time of the loss") {
  Golden g;
  g.fails(0, 3.5 * 8760, 3.5 * 8760 + 10);
  g.run(0.08);
  CHECK(g.ledger.total().present == doctest::Approx(6.0 * std::exp(-0.08 * (3.5 + 5 * hour))).epsilon(1e-8));
}
