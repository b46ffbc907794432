// Random paths: a journal changes nothing, and what it says adds up to the ledger (docs/model/causes.md).

#include <doctest/doctest.h>

#include <cmath>
#include <functional>

#include "models/simulate.hpp"
#include "tests/support/worlds.hpp"

namespace causes_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

constexpr std::uint64_t paths = 200;

/// Runs `check(scenario, outcome, journal)` for every strategy on the first paths of a world.
void on_every_path(const ScenarioInput& input,
                   const std::function<void(const Scenario&, const Outcome&, const Journal&)>& check) {
  const Scenario scenario(input);
  const Simulation simulation(scenario, 7);
  World world;
  Outcome outcome;
  Journal journal;
  for (std::uint64_t path = 0; path < paths; ++path) {
    simulation.sample(path, world);
    for (const StrategyId strategy : scenario.strategies.keys()) {
      simulation.evaluate(world, strategy, outcome, &journal);
      check(scenario, outcome, journal);
    }
  }
}

const auto worlds_to_check = {worlds::w0(), worlds::w1(), worlds::w2(), worlds::w3(), worlds::rich()};

void check_sum(double found, double expected, double size) {
  CHECK(std::abs(found - expected) <= 1e-12 * size);
}

bool has_cell(Component component) {
  return component != Component::spend && component != Component::commitment_shortfall;
}

}  // namespace

TEST_CASE("a journal changes no bit of the ledger") {
  const Scenario scenario(worlds::rich());
  const Simulation simulation(scenario, 7);
  World world;
  Outcome with, without;
  Journal journal;
  for (std::uint64_t path = 0; path < paths; ++path) {
    simulation.sample(path, world);
    for (const StrategyId strategy : scenario.strategies.keys()) {
      simulation.evaluate(world, strategy, without);
      simulation.evaluate(world, strategy, with, &journal);
      for (const Component c : all_components)
        for (const ProviderId p : scenario.providers.keys())
          for (std::size_t y = 0; y < with.ledger.years(); ++y) {
            CHECK(with.ledger.at(c, p, y).present == without.ledger.at(c, p, y).present);
            CHECK(with.ledger.at(c, p, y).nominal == without.ledger.at(c, p, y).nominal);
          }
      CHECK(with.largest_incident == without.largest_incident);
    }
  }
}

TEST_CASE("every cell of the ledger but bills is in the journal, nominal and present") {
  for (const ScenarioInput& input : worlds_to_check)
    on_every_path(input, [](const Scenario& scenario, const Outcome& outcome, const Journal& journal) {
      const double size = std::abs(outcome.ledger.total().nominal) + 1.0;
      for (const Component component : all_components)
        for (const ProviderId p : scenario.providers.keys()) {
          Money sum;
          for (const JournalEntry& entry : journal.entries)
            if (entry.component == component && entry.provider == p) sum += entry.money;
          if (component == Component::spend) continue;
          const Money cell = outcome.ledger.sum(component, p);
          check_sum(sum.present, cell.present, size);
          check_sum(sum.nominal, cell.nominal, size);
        }
    });
}

TEST_CASE("causes add up to the total, by provider, by component, by entity (M13)") {
  for (const ScenarioInput& input : worlds_to_check)
    on_every_path(input, [](const Scenario& scenario, const Outcome& outcome, const Journal& journal) {
      const CauseLedger by_cause = causes(scenario, outcome.ledger, journal);
      const double total = outcome.ledger.total().present, size = std::abs(total);
      check_sum(by_cause.total(), total, size);
      double entities = 0.0, outages = 0.0;
      for (const EntityId e : scenario.entities.keys()) entities += by_cause.at(e);
      for (const Component c : {Component::outage, Component::reputation, Component::sla_credit})
        outages += outcome.ledger.sum(c).present;
      check_sum(entities, outages, size);
      for (const Component c : all_components) {
        double sum = 0.0;
        for (const Cause cause : all_causes) sum += by_cause.at(c, cause);
        check_sum(sum, outcome.ledger.sum(c).present, size);
        if (has_cell(c)) CHECK(by_cause.at(c, Cause::commercial) == 0.0);
      }
      for (const ProviderId p : scenario.providers.keys()) {
        double sum = 0.0, ledger = 0.0;
        for (const Cause cause : all_causes) sum += by_cause.at(cause, p);
        for (const Component c : all_components) ledger += outcome.ledger.sum(c, p).present;
        check_sum(sum, ledger, size);
      }
    });
}

TEST_CASE("what does not exist in a world has no money, to the bit") {
  ScenarioInput calm = worlds::rich();
  for (auto& [name, provider] : calm.providers) provider.divergence->contagion = 0.0;
  calm.frailty["industry"].variance = 0.0;
  on_every_path(calm, [](const Scenario& scenario, const Outcome& outcome, const Journal& journal) {
    const CauseLedger by_cause = causes(scenario, outcome.ledger, journal);
    CHECK(by_cause.sum(Cause::contagion) == 0.0);
    CHECK(by_cause.sum(Cause::industry_frailty) == 0.0);
  });
  double contagion = 0.0, industry = 0.0;  // while the world that has both has both
  on_every_path(worlds::rich(),
                [&](const Scenario& scenario, const Outcome& outcome, const Journal& journal) {
                  const CauseLedger by_cause = causes(scenario, outcome.ledger, journal);
                  contagion += by_cause.sum(Cause::contagion);
                  industry += std::abs(by_cause.sum(Cause::industry_frailty));
                });
  CHECK(contagion > 1e6);
  CHECK(industry > 1e6);
}

}  // namespace causes_test
