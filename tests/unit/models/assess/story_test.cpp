// Stories of paths: cases worked by hand, and random paths whose events add up (docs/model/causes.md).

#include "models/assess/story/story.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "models/assess/story/story_parts.hpp"
#include "models/divergence/cost.hpp"
#include "tests/support/given_path.hpp"

namespace story_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

void check_money(double found, double expected) { CHECK(found == doctest::Approx(expected).epsilon(1e-9)); }

/// A path given by hand, told.
struct ToldPath : GivenPath {
  explicit ToldPath(const ScenarioInput& input, double rate = 0.0)
      : GivenPath(with_rate(input, rate), rate) {}
  static ScenarioInput with_rate(ScenarioInput input, double rate) {
    input.horizon.discount_rate = PerYear(rate);
    return input;
  }

  Story tell() {
    migrate();
    bill();
    commit();
    credit();
    charge_regimes(scenario, regimes, discounting, ledger, &journal);
    serve();
    World world;
    world.outages = outages;
    world.list_prices = list_prices;
    world.scarcity = scarcity;
    world.demand = demand;
    Outcome outcome;
    outcome.regimes = regimes;
    outcome.deliveries = deliveries;
    outcome.occupancy = occupancy;
    outcome.prices = prices;
    outcome.bills = bills;
    outcome.ledger = ledger;
    const Simulation simulation(scenario, 1);
    const Story story = StoryTeller(simulation, StrategyId(0)).tell(world, outcome, journal);
    double sum = story.plan;
    for (const StoryEvent& event : story.events) sum += event.amount;
    check_money(sum, ledger.total().present);
    return story;
  }
};

std::vector<StoryEvent> of_kind(const Story& story, EventKind kind) {
  std::vector<StoryEvent> found;
  for (const StoryEvent& event : story.events)
    if (event.kind == kind) found.push_back(event);
  return found;
}

/// The only event of a kind.
StoryEvent only(const Story& story, EventKind kind) {
  const std::vector<StoryEvent> found = of_kind(story, kind);
  REQUIRE(found.size() == 1);
  return found.front();
}

/// Everything at A, 100 units, with B to turn to; 1 money/h at risk.
ScenarioInput at_one_place() {
  ScenarioInput input = worlds::plain({{"A", 1.0}, {"B", 0.0}}, 100.0, 1.0);
  input.horizon.months = 36;
  for (auto& [name, provider] : input.providers) {
    provider.provisioning = Provisioning{UnitsPerYear(1200), UnitsPerYear(600)};
    provider.divergence = Divergence{};
    provider.regions["r"].outages = worlds::outages(0.0, FixedDuration{Hours(1)});
  }
  input.strategies[0].second.workloads["load"].placement = {{"A.r", 1.0}};
  return input;
}

Contract& contract(ScenarioInput& input) { return input.strategies[0].second.contracts["A"]; }

ScenarioInput under_contract(PriceMode mode, int term = 12) {
  ScenarioInput input = at_one_place();
  contract(input) = {mode, term, 0.2};
  return input;
}

}  // namespace

TEST_CASE("a path that goes as planned has no events") {
  ToldPath path(under_contract(PriceMode::fixed));
  const Story story = path.tell();
  CHECK(story.total == story.plan);
  for (const StoryEvent& event : story.events) {  // contracts are signed again, as planned
    CHECK(event.kind == EventKind::renewal);
    CHECK(event.amount == 0.0);
    CHECK(event.price == event.plan_price);
  }
  CHECK(story.events.size() == 2);
}

TEST_CASE("a renewal stands at its date, with its price against the plan's until the next signature") {
  ToldPath path(under_contract(PriceMode::fixed), 0.08);
  for (std::size_t k = 10; k <= 36; ++k) path.list_prices.at(ProviderId(0), k) = 1.5;
  const Story story = path.tell();
  const std::vector<StoryEvent> renewals = of_kind(story, EventKind::renewal);
  REQUIRE(renewals.size() == 2);
  CHECK(renewals[0].from == 1.0);
  CHECK(renewals[0].until == 2.0);
  check_money(renewals[0].price, 1.2);
  check_money(renewals[0].plan_price, 0.8);
  check_money(renewals[0].list_price, 1.5);
  double discounted = 0.0;
  for (int k = 12; k < 24; ++k) discounted += path.discounting.factor(k / 12.0);
  check_money(renewals[0].amount, 0.4 * 100 * 730 * discounted);
}

TEST_CASE("floating prices are told by plan year, capped ones with their contract") {
  ToldPath floating(under_contract(PriceMode::floating));
  for (std::size_t k = 18; k <= 36; ++k) floating.list_prices.at(ProviderId(0), k) = 2.0;
  const std::vector<StoryEvent> years = of_kind(floating.tell(), EventKind::floating_price);
  REQUIRE(years.size() == 2);
  CHECK(years[0].from == 1.0);
  check_money(years[0].amount, 0.8 * 100 * 730 * 6);
  check_money(years[0].price, 1.2);
  check_money(years[1].amount, 0.8 * 100 * 730 * 12);

  ToldPath capped(under_contract(PriceMode::cap));
  for (std::size_t k = 6; k < 12; ++k) capped.list_prices.at(ProviderId(0), k) = 0.5;
  const StoryEvent signing = only(capped.tell(), EventKind::signing);
  CHECK(signing.from == 0.0);
  check_money(signing.amount, -0.4 * 100 * 730 * 6);
}

TEST_CASE("before a contract begins the price floats") {
  ScenarioInput input = under_contract(PriceMode::fixed, 24);
  contract(input).start_month = 12;
  ToldPath path(input);
  for (std::size_t k = 0; k <= 36; ++k) path.list_prices.at(ProviderId(0), k) = 1.1;
  const Story story = path.tell();
  check_money(only(story, EventKind::floating_price).amount, 0.1 * 100 * 730 * 12);
  const StoryEvent signing = only(story, EventKind::signing);
  CHECK(signing.from == 1.0);
  check_money(signing.amount, 0.08 * 100 * 730 * 24);
}

TEST_CASE("signing months: those of the pricing") {
  Contract terms{PriceMode::fixed, 12, 0.0};
  const auto months = [&](int start, int notice) {
    terms.start_month = start;
    return signing_months(terms, Delivery{{}, notice, 84});
  };
  CHECK(months(0, 36) == std::vector<int>{0, 12, 24});
  CHECK(months(-5, 30) == std::vector<int>{0, 7, 19});
  CHECK(months(6, 30) == std::vector<int>{6, 18});
  CHECK(months(-24, 20) == std::vector<int>{0, 12});
  CHECK(months(6, 6).empty());
}

TEST_CASE("demand other than planned, at the path's price") {
  ToldPath path(at_one_place());
  for (std::size_t k = 12; k < 24; ++k) path.demand.at(WorkloadId(0), k) = 1.25;
  for (std::size_t k = 0; k <= 36; ++k) path.list_prices.at(ProviderId(0), k) = 2.0;
  const Story story = path.tell();
  const StoryEvent more = only(story, EventKind::demand);
  CHECK(more.from == 1.0);
  check_money(more.amount, 2.0 * 25 * 730 * 12);
  check_money(more.units, 125.0);
  check_money(more.plan_units, 100.0);
  CHECK(of_kind(story, EventKind::floating_price).size() == 3);
}

TEST_CASE("volume discounts are an event of their own") {
  ScenarioInput input = at_one_place();
  contract(input).volume_tiers = {{876'000.0, 0.5}};  // exactly what the plan spends in a year
  ToldPath path(input);
  for (std::size_t k = 0; k < 12; ++k) path.list_prices.at(ProviderId(0), k) = 1.25;
  const Story story = path.tell();
  check_money(only(story, EventKind::floating_price).amount, 0.25 * 876'000);
  check_money(only(story, EventKind::volume_discount).amount, -0.5 * 0.25 * 876'000);
}

TEST_CASE("a severance: notice, exit, cut-off, shortage and the bills that change") {
  ScenarioInput input = at_one_place();
  input.providers["A"].divergence->severed_cost = 1000.0;
  input.providers["A"].product_overlap = 0.5;
  input.providers["B"].list_price.initial = 3.0;
  input.providers["B"].provisioning = Provisioning{UnitsPerYear(120), UnitsPerYear(60)};
  contract(input).migration_cost = 7.0;
  contract(input).notice = Years(0.5);
  ToldPath path(input);
  path.severed(0, 1.0);
  const Story story = path.tell();
  const StoryEvent severed = only(story, EventKind::severed);
  CHECK(severed.from == 1.0);
  check_money(severed.amount, 0.5 * 1000 * 2.0);
  const StoryEvent cut_off = only(story, EventKind::cut_off);
  CHECK(cut_off.from == 1.5);
  check_money(cut_off.share, 0.4);  // 10 units a month from month 13 on: 60 have left by month 18
  const StoryEvent migration = only(story, EventKind::migration);
  check_money(migration.units, 100.0);
  check_money(migration.amount, 700.0);
  check_money(migration.from, 13.0 / 12.0);
  check_money(migration.until, 22.0 / 12.0);
  const StoryEvent shortage = only(story, EventKind::shortage);
  CHECK(shortage.from == 1.5);
  check_money(shortage.unserved_hours, (0.4 + 0.3 + 0.2 + 0.1) * 730);
  check_money(shortage.amount, shortage.unserved_hours);
  CHECK(shortage.share == 1.0);
  // B at 3: from 10 units in month 13 to 100 in month 22; A's 100 units at 1 are billed until month 18.
  const double at_b = 3.0 * 730 * (450 + 100 + 13 * 100), saved = 730.0 * 100 * 18;
  const StoryEvent bills = only(story, EventKind::exit_bills);
  CHECK(bills.from == 1.0);
  CHECK(bills.provider == ProviderId(0));
  check_money(bills.amount, at_b - saved);
  CHECK(of_kind(story, EventKind::demand).empty());
}

TEST_CASE("a rival: what it withholds and what it costs") {
  ScenarioInput input = at_one_place();
  input.providers["A"].divergence->withhold = Fraction(0.1);
  input.providers["A"].divergence->rival_cost = 1000.0;
  input.providers["A"].product_overlap = 1.0;
  ToldPath path(input);
  path.relation(0, {{Regime::aligned, 0.0, 0.25},
                    {Regime::strained, 0.25, 0.5},
                    {Regime::rival, 0.5, 1.5},
                    {Regime::strained, 1.5, 3.0}});
  const Story story = path.tell();
  CHECK(only(story, EventKind::strained).amount == 0.0);
  const StoryEvent rival = only(story, EventKind::rival);
  check_money(rival.amount, 1000.0);
  check_money(rival.share, 0.1);
  CHECK(only(story, EventKind::improves).regime == Regime::strained);
  const StoryEvent shortage = only(story, EventKind::shortage);
  check_money(shortage.share, 0.1);
  check_money(shortage.amount, 0.1 * 8760);
}

TEST_CASE("an outage is told whole: pieces, reputation, credits beside it") {
  ScenarioInput input = at_one_place();
  input.workloads["load"].reputation = Reputation{0.5, Hours(24), 1.5, {}};
  input.strategies[0].second.workloads["load"].failover.on_demand_headroom["B.r"] = {Fraction(0.25), {}};
  input.strategies[0].second.workloads["load"].failover.policy = FailoverPolicy::warm;
  input.strategies[0].second.workloads["load"].failover.recovery_time = Hours(2);
  ServiceLevel terms{{{0.999, 0.10}}};
  terms.qualification = Fraction(1.0);
  contract(input).sla = terms;
  ToldPath path(input);
  path.fails(path.entity("region:A.r"), 8756, 8766);  // over the end of the first year
  path.fails(path.entity("region:B.r"), 8764, 8765);
  const Story story = path.tell();
  const double unserved = 2 + 0.75 * 7 + 1;  // two hours until B takes a quarter, one hour without B
  const StoryEvent outage = only(story, EventKind::outage);
  check_money(outage.hours, 10.0);
  check_money(outage.unserved_hours, unserved);
  check_money(outage.amount, unserved + 0.5 * 24 * std::pow(unserved / 24, 1.5));
  CHECK(outage.entity == EntityId(path.entity("region:A.r")));
  CHECK(outage.provider == ProviderId(0));
  CHECK(outage.workload == WorkloadId(0));
  const std::vector<StoryEvent> bought = of_kind(story, EventKind::on_demand);
  REQUIRE(bought.size() == 2);
  check_money(bought[0].units + bought[1].units, 25.0 * 7);
  const std::vector<StoryEvent> credits = of_kind(story, EventKind::sla_credit);
  REQUIRE(credits.size() == 2);
  CHECK(credits[1].from == 1.0);
  CHECK(credits[1].amount < 0.0);
}

TEST_CASE("unserved hours are of all revenue at risk") {
  ScenarioInput input = at_one_place();
  input.workloads["other"] = {10.0, 3.0};
  input.strategies[0].second.workloads["other"].placement = {{"B.r", 1.0}};
  ToldPath path(input);
  path.fails(path.entity("region:A.r"), 100, 110);
  check_money(only(path.tell(), EventKind::outage).unserved_hours, 2.5);
}

TEST_CASE("a shortfall is told against the planned one, by contract year") {
  ScenarioInput input = under_contract(PriceMode::fixed);
  contract(input).commitment = {876'000.0};  // .8 of it is planned to be spent
  ToldPath path(input);
  for (std::size_t k = 12; k < 24; ++k) path.demand.at(WorkloadId(0), k) = 0.5;
  for (std::size_t k = 24; k < 36; ++k) path.demand.at(WorkloadId(0), k) = 2.0;
  const Story story = path.tell();
  std::vector<double> amounts;
  for (const StoryEvent& event : of_kind(story, EventKind::commitment_shortfall))
    amounts.push_back(event.amount);
  REQUIRE(amounts.size() == 3);
  CHECK(amounts[0] == 0.0);
  check_money(amounts[1], 0.4 * 876'000);
  check_money(amounts[2], -0.2 * 876'000);
}

TEST_CASE("scarcity and jumps are told without money") {
  ScenarioInput input = at_one_place();
  input.market.scarcity = Scarcity{};
  input.providers["A"].list_price = worlds::list_price(1.0, 0.0, 0.1, PriceJumps{}, 0.5);
  ToldPath path(input);
  for (std::size_t k = 0; k <= 36; ++k) path.list_prices.at(ProviderId(0), k) = k < 20 ? 1.0 : 0.8;
  for (std::size_t k = 6; k < 15; ++k) {
    path.scarcity[k] = true;
    path.list_prices.at(ProviderId(0), k) = 1.5;
  }
  const Story story = path.tell();
  CHECK(only(story, EventKind::scarcity_begins).from == 0.5);
  CHECK(only(story, EventKind::scarcity_ends).from == 1.25);
  const StoryEvent jump = only(story, EventKind::price_jump);
  check_money(jump.from, 20.0 / 12.0);
  check_money(jump.price, 1.0);
  check_money(jump.list_price, 0.8);
  CHECK(jump.amount == 0.0);
}

TEST_CASE("every random path adds up from the plan to the total, whole and condensed") {
  for (const ScenarioInput& input :
       {worlds::w0(), worlds::w1(), worlds::w2(), worlds::w3(), worlds::rich()}) {
    const Scenario scenario(input);
    const Simulation simulation(scenario, 3);
    for (const StrategyId strategy : scenario.strategies.keys()) {
      const StoryTeller teller(simulation, strategy);
      for (std::uint64_t path = 0; path < 100; ++path) {
        const Story story = teller.tell(path);
        for (const Story& told : {story, condense(story, 8)}) {
          double sum = told.plan, size = std::abs(told.plan);
          for (const StoryEvent& event : told.events) {
            sum += event.amount;
            size += std::abs(event.amount);
          }
          CHECK(std::abs(sum - story.total) <= 1e-12 * size);
        }
        for (std::size_t i = 1; i < story.events.size(); ++i)
          CHECK(story.events[i - 1].from <= story.events[i].from);
      }
    }
  }
}

TEST_CASE("condensing keeps the largest events and the relations, and counts the rest") {
  const Scenario scenario(worlds::rich());
  const Simulation simulation(scenario, 3);
  const Story story = StoryTeller(simulation, StrategyId(0)).tell(4);
  const Story told = condense(story, 5);
  const auto anyway = [](const StoryEvent& event) {
    return event.kind <= EventKind::scarcity_ends ||
           (event.kind >= EventKind::strained && event.kind <= EventKind::cut_off);
  };
  std::vector<double> sizes;
  std::size_t relations = 0;
  for (const StoryEvent& event : story.events)
    if (anyway(event))
      ++relations;
    else
      sizes.push_back(std::abs(event.amount));
  std::sort(sizes.rbegin(), sizes.rend());
  REQUIRE(sizes.size() > 30);
  REQUIRE(relations > 2);
  std::size_t count = 0, large = 0, told_relations = 0;
  for (std::size_t i = 0; i < told.events.size(); ++i) {
    const StoryEvent& event = told.events[i];
    count += event.count;
    if (event.count > 1) {
      CHECK(!anyway(event));
      continue;
    }
    if (anyway(event))
      ++told_relations;
    else
      large += std::abs(event.amount) >= sizes[4];
    if (i > 0 && told.events[i - 1].count == 1) CHECK(told.events[i - 1].from <= event.from);
  }
  CHECK(count == story.events.size());
  CHECK(large == 5);
  CHECK(told_relations == relations);
  CHECK(condense(story, 1000).events.size() == story.events.size());
}

}  // namespace story_test
