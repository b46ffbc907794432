// Who is blamed for what: cases worked by hand (docs/model/causes.md).

#include "models/ledger/journal.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "models/divergence/cost.hpp"
#include "tests/support/given_path.hpp"

namespace journal_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

constexpr double hour = GivenPath::hour;

/// x = (.6, .4) at A and B, 1 money/h at risk; every kind of entity, nothing of which fails by itself.
ScenarioInput two_places() {
  ScenarioInput input = worlds::plain({{"A", 0.6}, {"B", 0.4}}, 1.0, 1.0);
  for (auto& [name, provider] : input.providers) {
    provider.outages = provider.regions["r"].outages =
        worlds::outages(0.0, FixedDuration{Hours(1)}, {{"own", 0.5}, {"industry", 0.3}, {name, 0.2}});
    provider.divergence = Divergence{};
    provider.divergence->withhold = Fraction(0.25);
  }
  input.shared_dependencies["D"] = {worlds::outages(0.0, FixedDuration{Hours(1)}),
                                    {{"A.r", 1.0}, {"B.r", 0.5}}};
  return input;
}

Failover& failover(ScenarioInput& input) { return input.strategies[0].second.workloads["load"].failover; }

void check_money(double found, double expected) { CHECK(found == doctest::Approx(expected).epsilon(1e-9)); }

/// Nominal money of one entity's outages in a component.
double of_entity(const GivenPath& path, Component component, const std::string& name) {
  double sum = 0.0;
  for (const JournalEntry& entry : path.journal.entries)
    if (entry.component == component && entry.entity() == EntityId(path.entity(name)))
      sum += entry.money.nominal;
  return sum;
}

double quantity(const GivenPath& path, Component component) {
  double sum = 0.0;
  for (const JournalEntry& entry : path.journal.entries)
    if (entry.component == component) sum += entry.quantity;
  return sum;
}

}  // namespace

TEST_CASE("one outage: its entity, its kind, its hours") {
  GivenPath path(two_places());
  path.fails(path.entity("region:A.r"), 100, 110);
  path.serve();
  check_money(path.blamed(Component::outage, Cause::region_outage), 6.0);
  check_money(of_entity(path, Component::outage, "region:A.r"), 6.0);
  check_money(quantity(path, Component::outage), 6.0);
  REQUIRE(path.journal.entries.size() == 1);
  CHECK(path.journal.entries[0].from == doctest::Approx(100 * hour));
  CHECK(path.journal.entries[0].to == doctest::Approx(110 * hour));
  CHECK(path.journal.entries[0].outage->began == doctest::Approx(100 * hour));
  CHECK(path.journal.entries[0].workload == WorkloadId(0));
}

TEST_CASE("entities that are down at one place share the loss by what each would take alone") {
  GivenPath path(two_places());
  path.fails(path.entity("region:A.r"), 100, 110, 0.5);
  path.fails(path.entity("provider:A"), 104, 110, 1.0);
  path.serve();  // 4 h of .5 by the region; 6 h of 1 in the ratio 1 : 2
  check_money(path.blamed(Component::outage, Cause::region_outage), 0.6 * (4 * 0.5 + 6 / 3.0));
  check_money(path.blamed(Component::outage, Cause::provider_outage), 0.6 * 6 * 2 / 3.0);
}

TEST_CASE("a shared dependency is blamed at every place that it reaches") {
  GivenPath path(two_places());
  path.fails(path.entity("shared:D"), 100, 110);
  path.fails(path.entity("region:B.r"), 100, 110);
  path.serve();  // at A all of it; at B 1 - 0 is lost, in the ratio .5 : 1
  check_money(path.blamed(Component::outage, Cause::shared_outage), 6.0 + 4.0 / 3.0);
  check_money(path.blamed(Component::outage, Cause::region_outage), 4.0 * 2 / 3.0);
}

TEST_CASE("spare capacity that fails elsewhere is blamed where nothing is down at the place itself") {
  ScenarioInput input = two_places();
  failover(input).policy = FailoverPolicy::active_active;
  failover(input).headroom = std::map<std::string, double>{{"B.r", 1.5}};
  GivenPath path(input);
  path.deliveries[ProviderId(0)] = {{{0.0, 7.0, 0.0}}, 0, 0};  // A is cut off: B's spare .6 carries all of it
  path.fails(path.entity("region:B.r"), 100, 110, 0.5);        // leaves .5 at B, of which .1 is spare
  path.serve();
  check_money(path.nominal(Component::outage, 0), 5.0);
  check_money(path.blamed(Component::outage, Cause::region_outage), 5.0);
  check_money(of_entity(path, Component::outage, "region:B.r"), 5.0);
  CHECK(path.blamed(Component::capacity_shortage, Cause::divergence) == 0.0);
}

TEST_CASE("of several that are down elsewhere each is blamed for the capacity that it takes") {
  ScenarioInput input = worlds::plain({{"A", 0.5}, {"B", 0.3}, {"C", 0.2}}, 1.0, 1.0);
  for (auto& [name, provider] : input.providers)
    provider.regions["r"].outages = worlds::outages(0.0, FixedDuration{Hours(1)});
  failover(input).policy = FailoverPolicy::active_active;
  failover(input).headroom = std::map<std::string, double>{{"B.r", 1.0}, {"C.r", 1.0}};
  GivenPath path(input);
  path.deliveries[ProviderId(0)] = {{{0.0, 7.0, 0.0}}, 0, 0};
  path.fails(path.entity("region:B.r"), 100, 110, 0.5);  // takes .3 of the .6 at B
  path.fails(path.entity("region:C.r"), 100, 110, 0.5);  // takes .2 of the .4 at C
  path.serve();  // spare .5 is gone: all .5 of A is unserved by outage
  check_money(path.nominal(Component::outage, 0), 5.0);
  check_money(of_entity(path, Component::outage, "region:B.r"), 3.0);
  check_money(of_entity(path, Component::outage, "region:C.r"), 2.0);
}

TEST_CASE("industry frailty gets what its year adds, and gives in a good year") {
  for (const double gamma : {3.0, 0.2}) {
    GivenPath path(two_places());
    for (const FactorId factor : path.scenario.factors.keys())
      if (path.scenario.factors[factor].name == "industry")
        path.outages.frailty.values[factor.value * path.outages.frailty.years + 1] = gamma;
    path.fails(path.entity("region:A.r"), 100, 110);
    path.fails(path.entity("region:A.r"), 8760 + 100, 8760 + 110);
    path.serve();
    const double part = 0.3 * (gamma - 1.0) / (0.7 + 0.3 * gamma);
    check_money(path.blamed(Component::outage, Cause::industry_frailty), 6.0 * part);
    check_money(path.blamed(Component::outage, Cause::region_outage), 6.0 + 6.0 * (1.0 - part));
    check_money(of_entity(path, Component::outage, "region:A.r"), 12.0);
  }
}

TEST_CASE("reputation is blamed by the hours of its incident") {
  ScenarioInput input = two_places();
  input.workloads["load"].reputation = Reputation{0.5, Hours(24), 1.5, {}};
  GivenPath path(input, 0.08);
  path.fails(path.entity("region:A.r"), 100, 110);  // 6 h
  path.fails(path.entity("provider:B"), 106, 109);  // 1.2 h
  path.serve();
  const double cost = 0.5 * 24 * std::pow(7.2 / 24, 1.5);
  check_money(path.blamed(Component::reputation, Cause::region_outage), cost * 6.0 / 7.2);
  check_money(path.blamed(Component::reputation, Cause::provider_outage), cost * 1.2 / 7.2);
  double present = 0.0;
  for (const JournalEntry& entry : path.journal.entries)
    if (entry.component == Component::reputation) present += entry.money.present;
  check_money(present, path.present(Component::reputation));
}

TEST_CASE("a credit is owed to the outages of its month, by their hours") {
  ScenarioInput input = two_places();
  ServiceLevel terms{{{0.99, 0.30}}};
  terms.qualification = Fraction(1.0);
  input.strategies[0].second.contracts["A"].sla = terms;
  GivenPath path(input);
  path.fails(path.entity("region:A.r"), 100, 120);  // 20 h, of which 5 are the provider's too
  path.fails(path.entity("provider:A"), 115, 145);  // 30 h
  path.fails(path.entity("provider:A"), 725, 735);  // 5 h in this month, 5 in the next: below its tier
  path.fails(path.entity("shared:D"), 200, 300);    // not covered
  path.bill();
  path.credit();
  const double credit = path.nominal(Component::sla_credit, 0);
  CHECK(credit < 0.0);
  check_money(path.blamed(Component::sla_credit, Cause::region_outage), credit * 20 / 55);
  check_money(path.blamed(Component::sla_credit, Cause::provider_outage), credit * 35 / 55);
}

TEST_CASE("shortage, regime cost and migration are blamed on divergence and, by its part, on contagion") {
  ScenarioInput input = two_places();
  input.providers["A"].divergence->rival_cost = 1000.0;
  input.providers["A"].divergence->severed_cost = 2000.0;
  input.providers["A"].product_overlap = 1.0;
  input.providers["B"].provisioning = Provisioning{UnitsPerYear(0.6), UnitsPerYear(0.6)};
  input.strategies[0].second.contracts["A"].migration_cost = 100.0;
  GivenPath path(input);
  path.relation(0, {{Regime::aligned, 0.0, 1.0},
                    {Regime::rival, 1.0, 1.5, 0.25},
                    {Regime::severed, 1.5, path.scenario.horizon.length(), 0.4}});
  path.migrate();
  charge_regimes(path.scenario, path.regimes, path.discounting, path.ledger, &path.journal);
  path.serve();
  check_money(path.blamed(Component::migration, Cause::divergence), 0.6 * 0.6 * 100.0);
  check_money(path.blamed(Component::migration, Cause::contagion), 0.4 * 0.6 * 100.0);
  check_money(quantity(path, Component::migration), 0.6);
  check_money(path.blamed(Component::regime, Cause::contagion), 0.25 * 500.0 + 0.4 * 5.5 * 2000.0);
  check_money(path.blamed(Component::regime, Cause::divergence), 0.75 * 500.0 + 0.6 * 5.5 * 2000.0);
  // Withheld: .25 of .6 for half a year. Cut off at 2.0, with .3 still there: .05 leaves each month from 1.5
  // on.
  const double withheld = 0.15 * 4380;
  const double cut_off = (0.3 + 0.25 + 0.2 + 0.15 + 0.1 + 0.05) * 730;
  check_money(path.nominal(Component::capacity_shortage, 0), withheld + cut_off);
  check_money(path.blamed(Component::capacity_shortage, Cause::contagion), 0.25 * withheld + 0.4 * cut_off);
  check_money(quantity(path, Component::capacity_shortage), withheld + cut_off);
}

TEST_CASE("capacity bought in a crisis is owed to what it rescues") {
  ScenarioInput input = two_places();
  failover(input).policy = FailoverPolicy::active_active;
  failover(input).on_demand_headroom["B.r"] = {Fraction(0.3), Fraction(0.0)};
  GivenPath path(input);
  path.relation(0, {{Regime::aligned, 0.0, 1.0}, {Regime::rival, 1.0, path.scenario.horizon.length(), 0.2}});
  const double start = 1.5 * 8760;
  path.fails(path.entity("region:A.r"), start, start + 10, 0.5);
  path.price();
  path.serve();
  // .15 is withheld all the time and bought. Half of the other .45 fails for 10 h: .375 needed, .3 on offer.
  const double alone = 0.15 * (6 * 8760 - 10), both = 0.3 * 10;
  check_money(path.blamed(Component::spend, Cause::region_outage), both * 0.225 / 0.375);
  check_money(path.blamed(Component::spend, Cause::divergence), 0.8 * (alone + both * 0.15 / 0.375));
  check_money(path.blamed(Component::spend, Cause::contagion), 0.2 * (alone + both * 0.15 / 0.375));
  check_money(quantity(path, Component::spend), alone + both);
  const CauseLedger by_cause = causes(path.scenario, path.ledger, path.journal);
  CHECK(std::abs(by_cause.at(Component::spend, Cause::commercial)) < 1e-9);
  check_money(by_cause.at(Cause::region_outage, ProviderId(1)), both * 0.225 / 0.375);
}

TEST_CASE("what was committed to is commercial, and dated when it is due") {
  ScenarioInput input = two_places();
  Contract& contract = input.strategies[0].second.contracts["A"];
  contract.mode = PriceMode::fixed;
  contract.term_months = 12;
  contract.commitment = {10'000.0};
  GivenPath path(input);
  path.bill();
  path.commit();
  REQUIRE(path.journal.entries.size() == 7);
  CHECK(path.journal.entries[2].to == 3.0);
  check_money(path.journal.entries[2].money.nominal, 10'000.0 - 0.6 * 8760);
  const CauseLedger by_cause = causes(path.scenario, path.ledger, path.journal);
  check_money(by_cause.at(Cause::commercial, ProviderId(0)),
              path.nominal(Component::spend, 0) + path.nominal(Component::commitment_shortfall, 0));
}

}  // namespace journal_test
