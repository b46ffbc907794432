// What is looked up, cluster by cluster, is what the sweep works out piece by piece; a journal changes no
// bit.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "models/simulate.hpp"
#include "tests/support/paths.hpp"
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

/// Where an outage begins and ends is rounded to 1e-15 years, and a cell may hold a single one of a minute.
constexpr double outage_tolerance = 1e-9;

bool near(double a, double b, double tolerance = outage_tolerance) {
  return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}
bool near(const Money& a, const Money& b, double tolerance = outage_tolerance) {
  return near(a.nominal, b.nominal, tolerance) && near(a.present, b.present, tolerance);
}

template <class Alike>
bool alike(const Ledger& a, const Ledger& b, Alike alike) {
  for (const Component c : all_components)
    for (std::size_t p = 0; p < a.providers(); ++p)
      for (std::size_t y = 0; y < a.years(); ++y)
        if (!alike(a.at(c, ProviderId(p), y), b.at(c, ProviderId(p), y))) return false;
  return true;
}

/// What an outage, or nobody's outage, has cost a workload by component, provider and cause.
struct Sum {
  Money money;
  double quantity = 0.0;
};
std::map<std::vector<double>, Sum> sums(const Journal& journal) {
  std::map<std::vector<double>, Sum> all;
  for (const JournalEntry& entry : journal.entries) {
    const auto number = [](auto value) { return static_cast<double>(value); };
    Sum& sum = all[{number(entry.component), number(entry.provider.value), number(entry.cause),
                    entry.workload ? number(entry.workload->value) : -1.0,
                    entry.outage ? number(entry.outage->entity.value) : -1.0,
                    entry.outage ? entry.outage->began : -1.0}];
    sum.money += entry.money;
    sum.quantity += entry.quantity;
  }
  return all;
}

bool near(const Journal& a, const Journal& b) {
  const auto ours = sums(a), theirs = sums(b);
  return std::equal(ours.begin(), ours.end(), theirs.begin(), theirs.end(), [](auto& x, auto& y) {
    return x.first == y.first && near(x.second.money, y.second.money) &&
           near(x.second.quantity, y.second.quantity);
  });
}

constexpr std::uint64_t many = test::paths_or(100, 12), few = test::paths_or(20, 1);

/// Plays the first paths both ways.
void compare(const ScenarioInput& input, std::uint64_t paths) {
  const Scenario scenario(input);
  const Simulation simulation(scenario, 7);
  World world;
  Outcome fast, slow;
  Journal looked_up, worked_out;
  slow.unserved_room.step_by_step = true;
  const auto same_money = [](const Money& a, const Money& b) { return same(a, b); };
  const auto near_money = [](const Money& a, const Money& b) { return near(a, b); };
  for (std::uint64_t path = 0; path < paths; ++path) {
    simulation.sample(path, world);
    for (const StrategyId strategy : scenario.strategies.keys()) {
      CAPTURE(path);
      CAPTURE(strategy.value);
      simulation.evaluate(world, strategy, slow, &worked_out);
      simulation.evaluate(world, strategy, fast, &looked_up);
      const Ledger with_journal = fast.ledger;
      CHECK(alike(fast.ledger, slow.ledger, near_money));
      CHECK(near(fast.ledger.total(), slow.ledger.total(), 1e-11));
      CHECK(std::equal(fast.largest_incident.begin(), fast.largest_incident.end(),
                       slow.largest_incident.begin(), slow.largest_incident.end(),
                       [](double a, double b) { return near(a, b); }));
      CHECK(near(looked_up, worked_out));
      simulation.evaluate(world, strategy, fast);
      CHECK(alike(fast.ledger, with_journal, same_money));
    }
  }
}

}  // namespace

TEST_CASE("what is lacked is looked up: severances, rivals, several regions") {
  for (const ScenarioInput& input : {worlds::w0(), worlds::w2(), worlds::w3()}) compare(input, many);
}

TEST_CASE("what is lacked is looked up: partial outages, on-demand capacity, demand that wanders") {
  compare(worlds::rich(), many);
}

TEST_CASE("what is lacked is looked up: outages that meet") {
  compare(crowded(worlds::w2(), 40.0), few);
  compare(crowded(worlds::w3(), 40.0), few);
  compare(crowded(worlds::rich(), 20.0), few);
}

TEST_CASE("what is lacked is looked up: among more locations than a word has bits") {
  ScenarioInput input = crowded(worlds::w2(), 5.0);
  ProviderInput& first = input.providers.begin()->second;
  // The first region of the next provider comes 64 behind the first of this one.
  for (std::size_t i = first.regions.size(); i < 64; ++i) first.regions["z-" + std::to_string(i)] = {};
  compare(input, few);
}

TEST_CASE("what is lacked is looked up: a cut-off before anything has moved is no rivalry") {
  compare(without_notice(worlds::w3()), many);
}

}  // namespace lookup_test
