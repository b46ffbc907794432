// The path at a quantile, its neighbours, and what they share.

#include "models/assess/story/locate.hpp"

#include <doctest/doctest.h>

#include "models/assess/story/neighbourhood.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/worlds.hpp"

namespace locate_test {

using namespace hedgerow;
using namespace hedgerow::models;

TEST_CASE("the path at a quantile: its order statistic, of equal ones the first; neighbours by rank") {
  const std::vector<double> cost{5, 1, 4, 4, 2, 9, 4, 3, 8, 7};  // ranks: 1 4 7 2 3 6 0 9 8 5
  const Located half = locate(cost, 0.5, 4);
  CHECK(half.path == 2);
  CHECK(half.total_cost == 4.0);
  CHECK(half.neighbours == std::vector<std::uint64_t>{4, 7, 2, 3});
  CHECK(locate(cost, 0.99, 3).path == 5);
  CHECK(locate(cost, 0.99, 3).neighbours == std::vector<std::uint64_t>{9, 8, 5});
  CHECK(locate(cost, 0.05, 3).neighbours == std::vector<std::uint64_t>{1, 4, 7});
  CHECK(locate(cost, 0.9).neighbours.size() == 10);
  CHECK(locate(std::vector<double>{3.0}, 0.5).neighbours == std::vector<std::uint64_t>{0});
  CHECK_THROWS_AS(locate(cost, 1.0), InvalidInput);
}

TEST_CASE("total costs are those of a run, for any number of threads") {
  const Scenario scenario(worlds::rich());
  const Simulation simulation(scenario, 3);
  AssessOptions one, four;
  one.threads = 1;
  four.threads = 4;
  one.replay_tails = false;
  constexpr std::uint64_t paths = test::paths_or(3'000, 150);
  const std::vector<double> costs = total_costs(simulation, StrategyId(1), paths, one);
  CHECK(costs == total_costs(simulation, StrategyId(1), paths, four));
  const Assessment run = assess(worlds::study(worlds::rich(), paths, 3), one);
  for (const Percentile& percentile : run.strategies[1].measure(MeasureName::total_cost).percentiles) {
    const Located located = locate(costs, percentile.level);
    CHECK(located.total_cost == percentile.value);
    CHECK(costs[located.path] == percentile.value);
  }
}

TEST_CASE("a neighbourhood counts causes that matter, relations, and signatures under scarcity") {
  const Scenario scenario(worlds::rich());
  const Simulation simulation(scenario, 3);
  const std::vector<std::uint64_t> paths{3, 8, 21, 40, 77, 81, 90, 95};
  const double n = static_cast<double>(paths.size());
  const StrategyId strategy(0);
  const Neighbourhood around = neighbourhood(simulation, strategy, paths);
  CHECK(around.paths == paths.size());
  const StoryTeller teller(simulation, strategy);
  const CauseLedger plan = causes(scenario, teller.plan().ledger, teller.plan_journal());
  const std::size_t providers = scenario.providers.size();
  std::vector<double> amount(cause_count * providers), matters = amount, severed(providers), rival(providers);
  double total = 0.0;
  for (const std::uint64_t path : paths) {  // by the stories and causes of the same paths
    const Story story = teller.tell(path);
    total += story.total / n;
    World world;
    Outcome outcome;
    Journal journal;
    simulation.sample(path, world);
    simulation.evaluate(world, strategy, outcome, &journal);
    const CauseLedger by_cause = causes(scenario, outcome.ledger, journal);
    for (const ProviderId p : scenario.providers.keys()) {
      bool ever_severed = false, ever_rival = false;
      for (const StoryEvent& event : story.events) {
        ever_severed = ever_severed || (event.provider == p && event.kind == EventKind::severed);
        ever_rival = ever_rival || (event.provider == p && event.kind == EventKind::rival);
      }
      severed[p.value] += ever_severed / n;
      rival[p.value] += (ever_rival || ever_severed) / n;
      for (const Cause cause : all_causes) {
        const std::size_t cell = static_cast<std::size_t>(cause) * providers + p.value;
        const double more = by_cause.at(cause, p) - plan.at(cause, p);
        amount[cell] += more / n;
        matters[cell] += (story.total > story.plan && more >= 0.1 * (story.total - story.plan)) / n;
      }
    }
  }
  CHECK(around.mean_total == doctest::Approx(total).epsilon(1e-12));
  REQUIRE(around.providers.size() == providers);  // `other` is placed at B and C
  for (const RelationFrequency& relation : around.providers) {
    CHECK(relation.severed == doctest::Approx(severed[relation.provider.value]));
    CHECK(relation.rival == doctest::Approx(rival[relation.provider.value]));
  }
  CHECK(severed[0] > 0.0);
  std::size_t expected = 0;
  for (const double fraction : matters) expected += fraction > 0.0;
  CHECK(around.causes.size() == expected);
  bool bills = false;
  for (const CauseFrequency& cause : around.causes) {
    const std::size_t cell = static_cast<std::size_t>(cause.cause) * providers + cause.provider.value;
    CHECK(cause.fraction == doctest::Approx(matters[cell]));
    CHECK(cause.mean_amount == doctest::Approx(amount[cell]).epsilon(1e-9));
    bills = bills || cause.cause == Cause::commercial;
  }
  CHECK(bills);
}

TEST_CASE("tallies of consecutive paths merge") {
  const Scenario scenario(worlds::rich());
  const Simulation simulation(scenario, 3);
  const StoryTeller teller(simulation, StrategyId(0));
  NeighbourhoodTally first(simulation, StrategyId(0), teller), second = first, all = first;
  World world;
  Outcome outcome;
  Journal journal;
  for (std::uint64_t path = 0; path < 40; ++path) {
    simulation.sample(path, world);
    simulation.evaluate(world, StrategyId(0), outcome, &journal);
    (path < 20 ? first : second).add(world, outcome, journal);
    all.add(world, outcome, journal);
  }
  first.merge(second);
  const Neighbourhood merged = first.result(), direct = all.result();
  CHECK(merged.paths == 40);
  CHECK(merged.mean_total == doctest::Approx(direct.mean_total).epsilon(1e-12));
  REQUIRE(merged.causes.size() == direct.causes.size());
  for (std::size_t i = 0; i < merged.causes.size(); ++i)
    CHECK(merged.causes[i].fraction == direct.causes[i].fraction);
  for (std::size_t i = 0; i < merged.providers.size(); ++i)
    CHECK(merged.providers[i].scarce_signing == direct.providers[i].scarce_signing);
}

}  // namespace locate_test
