#include <doctest/doctest.h>

#include "tests/support/given_path.hpp"

namespace unserved_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

constexpr double hour = GivenPath::hour;

/// x = (.6, .4) at two providers, 1 money/h at risk (goldens of docs/oracles.md).
ScenarioInput golden(FailoverPolicy policy = FailoverPolicy::none, double recovery_hours = 0.0,
                     double headroom_a = 0.0, double headroom_b = 0.0) {
  ScenarioInput input = worlds::plain({{"A", 0.6}, {"B", 0.4}}, 1.0, 1.0);
  for (auto& [name, provider] : input.providers) {
    provider.regions["r"].outages = worlds::outages(0.0, FixedDuration{Hours(1)});
    provider.divergence = Divergence{};
  }
  Failover& failover = input.strategies[0].second.workloads["load"].failover;
  failover.policy = policy;
  if (policy != FailoverPolicy::none) failover.recovery_time = Hours(recovery_hours);
  failover.headroom = std::map<std::string, double>{{"A.r", headroom_a}, {"B.r", headroom_b}};
  return input;
}

/// A golden case with its answers by provider.
struct Golden : GivenPath {
  explicit Golden(const ScenarioInput& input = golden(), double rate = 0.0) : GivenPath(input, rate) {}
  void run() { serve(); }
  double outage(std::size_t provider) const { return nominal(Component::outage, provider); }
  double shortage(std::size_t provider) const { return nominal(Component::capacity_shortage, provider); }
};

void check_money(double found, double expected) { CHECK(found == doctest::Approx(expected).epsilon(1e-9)); }

}  // namespace

TEST_CASE("G1, G3 without failover or headroom") {
  Golden g;
  g.fails(0, 100, 110);
  g.run();
  check_money(g.outage(0), 6.0);
  CHECK(g.outage(1) == 0.0);
  check_money(g.largest_incident[0], 6.0);
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
  check_money(g.largest_incident[0], 7.2);
}

TEST_CASE("incidents: those that touch join, those apart do not, the largest of a year counts") {
  Golden g;
  g.fails(0, 100, 110);
  g.fails(1, 110, 120);    // joins the first: 6 + 4
  g.fails(0, 130, 145);    // apart: 9
  g.fails(1, 8760, 8800);  // 16 in the second year
  g.run();
  check_money(g.largest_incident[0], 10.0);
  check_money(g.largest_incident[1], 16.0);
  CHECK(g.largest_incident[2] == 0.0);
}

TEST_CASE("an incident over the year's end belongs to the year of its beginning, its loss to both years") {
  Golden g;
  g.fails(0, 8755, 8765);
  g.run();
  check_money(g.largest_incident[0], 6.0);
  CHECK(g.largest_incident[1] == 0.0);
  check_money(g.ledger.at(Component::outage, ProviderId(0), 0).nominal, 3.0);
  check_money(g.ledger.at(Component::outage, ProviderId(0), 1).nominal, 3.0);
}

TEST_CASE("an outage where nothing is placed costs nothing and joins no incidents") {
  ScenarioInput input = golden();
  input.strategies[0].second.workloads["load"].placement = {{"A.r", 1.0}};
  input.strategies[0].second.workloads["load"].failover = {};
  Golden g(input);
  g.fails(0, 100, 101);
  g.fails(1, 100.5, 200);
  g.fails(0, 150, 151);
  g.run();
  check_money(g.outage(0), 2.0);
  CHECK(g.outage(1) == 0.0);
  check_money(g.largest_incident[0], 1.0);
}

TEST_CASE("G6: a cut-off provider serves nothing, and its outages add nothing to that") {
  Golden g;
  g.deliveries[ProviderId(0)] = {{{2.5, 7.0, 0.0}}, 24, 30};
  g.fails(0, 3.0 * 8760, 3.0 * 8760 + 100);
  g.run();
  check_money(g.shortage(0), 0.6 * 4.5 * 8760);
  CHECK(g.outage(0) == 0.0);
  for (const double largest : g.largest_incident) CHECK(largest == 0.0);
}

TEST_CASE("an outage that is running when capacity is cut off counts until then") {
  Golden g;
  g.deliveries[ProviderId(0)] = {{{100 * hour, 7.0, 0.0}}, 0, 0};
  g.fails(0, 90, 120);
  g.run();
  check_money(g.outage(0), 6.0);
  check_money(g.largest_incident[0], 6.0);
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
  Golden g(golden(), 0.08);
  for (Delivery& delivery : g.deliveries) delivery = {{{0.0, 7.0, 0.0}}, 0, 0};
  g.fails(0, 0, 8760 * 7);
  g.fails(1, 10, 20);
  g.run();
  CHECK(g.outage(0) + g.outage(1) == 0.0);
  check_money(g.shortage(0) + g.shortage(1), 7 * 8760);
  check_money(g.ledger.total().present, 8760 * 5.3598867019);
}

TEST_CASE("discounting happens at the time of the loss") {
  Golden g(golden(), 0.08);
  g.fails(0, 3.5 * 8760, 3.5 * 8760 + 10);
  g.run();
  CHECK(g.ledger.total().present == doctest::Approx(6.0 * std::exp(-0.08 * (3.5 + 5 * hour))).epsilon(1e-8));
}

TEST_CASE("G1: a cold standby takes over after its recovery time what its headroom holds") {
  Golden g(golden(FailoverPolicy::cold, 4, .25, .25));
  g.fails(0, 100, 110);
  g.run();
  check_money(g.outage(0), 5.4);  // .6 * 4 + .5 * 6
  CHECK(g.outage(1) == 0.0);
}

TEST_CASE("G2: two down at once, one incident, attributed exactly") {
  Golden g(golden(FailoverPolicy::cold, 4, .25, .25));
  g.fails(0, 100, 110);
  g.fails(1, 106, 109);
  g.run();
  check_money(g.outage(0), 5.7);
  check_money(g.outage(1), 1.2);
  check_money(g.largest_incident[0], 6.9);
}

TEST_CASE("G3: half of a location; without failover its own headroom still serves it") {
  Golden cold(golden(FailoverPolicy::cold, 4, .25, .25));
  cold.fails(0, 100, 110, 0.5);
  cold.run();
  check_money(cold.outage(0), 1.65);
  Golden none(golden(FailoverPolicy::none, 0, .25, .25));
  none.fails(0, 100, 110, 0.5);
  none.run();
  check_money(none.outage(0), 2.25);
}

TEST_CASE("G5: active-active loses only what both lose") {
  Golden g(golden(FailoverPolicy::active_active, 0, 1, 2));
  g.fails(0, 100, 110);
  g.fails(1, 106, 109);
  g.run();
  check_money(g.outage(0), 1.8);
  check_money(g.outage(1), 1.2);
}

TEST_CASE("G10: a partial outage that turns total starts a new clock for the increment only") {
  ScenarioInput input = golden(FailoverPolicy::cold, 4, .25, .25);
  input.providers["A"].outages = worlds::outages(0.0, FixedDuration{Hours(1)});
  Golden g(input);
  g.fails(g.entity("region:A.r"), 100, 106, 0.5);
  g.fails(g.entity("provider:A"), 106, 112);
  g.run();
  check_money(g.outage(0), 4.15);
}

TEST_CASE("G10 with spare for everything: the increment waits for itself") {
  ScenarioInput input = golden(FailoverPolicy::cold, 4, .25, 2.0);
  input.providers["A"].outages = worlds::outages(0.0, FixedDuration{Hours(1)});
  Golden g(input);
  g.fails(g.entity("region:A.r"), 100, 106, 0.5);
  g.fails(g.entity("provider:A"), 106, 112);
  g.run();
  check_money(g.outage(0), 0.225 * 4 + 0.375 * 4);
}

TEST_CASE("G1, G2: reputation by equivalent full-outage hours of the incident, in proportion to the loss") {
  ScenarioInput input = golden(FailoverPolicy::cold, 4, .25, .25);
  input.workloads["load"].reputation = Reputation{0.5, Hours(24), 1.5, {}};
  Golden one(input);
  one.fails(0, 100, 110);
  one.run();
  CHECK(one.nominal(Component::reputation) == doctest::Approx(12.0 * std::pow(5.4 / 24, 1.5)).epsilon(1e-9));
  Golden two(input);
  two.fails(0, 100, 110);
  two.fails(1, 106, 109);
  two.run();
  CHECK(two.nominal(Component::reputation) == doctest::Approx(1.8498564).epsilon(1e-7));
  CHECK(two.nominal(Component::reputation, 1) ==
        doctest::Approx(two.nominal(Component::reputation) * 1.2 / 6.9).epsilon(1e-9));
  input.workloads["load"].reputation->cap = 1.0;
  Golden capped(input);
  capped.fails(0, 100, 110);
  capped.fails(0, 200, 210);
  capped.run();
  check_money(capped.nominal(Component::reputation), 2.0);  // two incidents, each at the cap
}

TEST_CASE("G6: leaving within the ramp, and what is unserved after the cut-off") {
  const auto unserved = [](double headroom, bool scarce) {
    ScenarioInput input = golden(FailoverPolicy::none, 0, 0, headroom);
    input.workloads["load"].demand = 10'000.0;
    input.providers["B"].provisioning = Provisioning{UnitsPerYear(8000), UnitsPerYear(4000)};
    Golden g(input);
    g.scarcity.assign(g.scarcity.size(), scarce);
    g.severed(0, 2.0);
    g.migrate();
    g.serve();
    check_money(g.occupancy.at(30).at(WorkloadId(0), LocationId(1)).placed, scarce ? 0.6 : 0.8);
    return g.shortage(0);
  };
  CHECK(unserved(0.0, false) == doctest::Approx(292.0).epsilon(1e-9));
  CHECK(unserved(0.25, false) == doctest::Approx(0.4 / 3 * 730).epsilon(1e-9));  // spare .1: 97.333 h
  CHECK(unserved(0.0, true) == doctest::Approx(1898.0).epsilon(1e-9));
  CHECK(unserved(0.25, true) == doctest::Approx(1095.0).epsilon(1e-9));
}

TEST_CASE("an outage counts while there is demand where it is: before it leaves, after it comes back") {
  Golden g;
  g.occupancy.change(15).at(WorkloadId(0), LocationId(1)) = {};
  Stage& back = g.occupancy.change(27);
  back.at(WorkloadId(0), LocationId(1)) = g.initial.at(WorkloadId(0), LocationId(1));
  g.fails(1, 15 * 730 - 10, 15 * 730 + 10);
  g.fails(1, 1.5 * 8760, 1.5 * 8760 + 100);
  g.fails(1, 27 * 730 - 50, 27 * 730 + 50);
  g.run();
  check_money(g.outage(1), 0.4 * (10 + 50));
  CHECK(g.outage(0) == 0.0);
}

}  // namespace unserved_test
