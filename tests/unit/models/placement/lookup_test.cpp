// What is looked up is what would be worked out, to the last bit, with a journal and without.

#include <doctest/doctest.h>

#include "models/simulate.hpp"
#include "tests/support/worlds.hpp"

namespace lookup_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

/// Every provider and region fails `times` as often: outages meet, and recovery clocks are interrupted.
ScenarioInput crowded(ScenarioInput input, double times) {
  for (auto& [name, provider] : input.providers) {
    if (provider.outages) provider.outages->rate.value *= times;
    for (auto& [region_name, region] : provider.regions)
      if (region.outages) region.outages->rate.value *= times;
  }
  return input;
}

/// Whoever severs delivers nothing from the next month on, before anything has moved.
ScenarioInput without_notice(ScenarioInput input) {
  for (auto& [name, strategy] : input.strategies)
    for (auto& [provider, contract] : strategy.contracts) contract.notice = Years(0.0);
  return input;
}

bool same(const Money& a, const Money& b) { return a.nominal == b.nominal && a.present == b.present; }

bool same(const Ledger& a, const Ledger& b) {
  for (const Component c : all_components)
    for (std::size_t p = 0; p < a.providers(); ++p)
      for (std::size_t y = 0; y < a.years(); ++y)
        if (!same(a.at(c, ProviderId(p), y), b.at(c, ProviderId(p), y))) return false;
  return true;
}

bool same(const JournalEntry& a, const JournalEntry& b) {
  return a.component == b.component && a.provider == b.provider && a.from == b.from && a.to == b.to &&
         same(a.money, b.money) && a.cause == b.cause && a.outage == b.outage && a.workload == b.workload &&
         a.quantity == b.quantity;
}

bool same(const Journal& a, const Journal& b) {
  return std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(),
                    [](const JournalEntry& x, const JournalEntry& y) { return same(x, y); });
}

/// Plays the first paths both ways.
void compare(const ScenarioInput& input, std::uint64_t paths) {
  const Scenario scenario(input);
  const Simulation simulation(scenario, 7);
  World world;
  Outcome fast, slow;
  Journal looked_up, worked_out;
  slow.unserved_room.step_by_step = true;
  for (std::uint64_t path = 0; path < paths; ++path) {
    simulation.sample(path, world);
    for (const StrategyId strategy : scenario.strategies.keys()) {
      simulation.evaluate(world, strategy, slow, &worked_out);
      simulation.evaluate(world, strategy, fast, &looked_up);
      CHECK(same(fast.ledger, slow.ledger));
      CHECK(fast.largest_incident == slow.largest_incident);
      CHECK(same(looked_up, worked_out));
      simulation.evaluate(world, strategy, fast);
      CHECK(same(fast.ledger, slow.ledger));
    }
  }
}

}  // namespace

TEST_CASE("what is lacked is looked up: severances, rivals, several regions") {
  for (const ScenarioInput& input : {worlds::w0(), worlds::w2(), worlds::w3()}) compare(input, 100);
}

TEST_CASE("what is lacked is looked up: partial outages, on-demand capacity, demand that wanders") {
  compare(worlds::rich(), 100);
}

TEST_CASE("what is lacked is looked up: outages that meet") {
  compare(crowded(worlds::w2(), 40.0), 20);
  compare(crowded(worlds::w3(), 40.0), 20);
  compare(crowded(worlds::rich(), 20.0), 20);
}

TEST_CASE("what is lacked is looked up: a cut-off before anything has moved is no rivalry") {
  compare(without_notice(worlds::w3()), 100);
}

}  // namespace lookup_test
