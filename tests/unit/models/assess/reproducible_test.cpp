// The same bits whenever, wherever, with whatever threads, and next to whatever else (M3, M5, M14, M17, M20).

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "models/assess/assess.hpp"
#include "models/simulate.hpp"
#include "tests/support/assessment_numbers.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/worlds.hpp"

namespace reproducible_test {

using namespace hedgerow;
using namespace hedgerow::models;
using hedgerow::test::AssessmentNumbers;
using hedgerow::test::check_same_bits;

namespace {

constexpr std::uint64_t block_and_a_bit = 1'100;
constexpr std::uint64_t usual = hedgerow::test::paths_or(300, 150);

Assessment assessed(const ScenarioInput& input, unsigned threads = 2, std::uint64_t seed = 7,
                    std::uint64_t paths = usual) {
  AssessOptions options;
  options.threads = threads;
  return assess(worlds::study(input, paths, seed), options);
}

/// Every number of `part` that is not called by one of `except` stands in `whole` with the same bits.
void check_contained(const Assessment& part, const Assessment& whole, const std::string& except) {
  std::map<std::string, std::optional<double>> all;
  for (const auto& number : AssessmentNumbers(whole).all()) all[number.name] = number.value;
  for (const auto& number : AssessmentNumbers(part).all()) {
    if (number.name.find(except) != std::string::npos) continue;
    CAPTURE(number.name);
    REQUIRE(all.contains(number.name));
    CHECK(hedgerow::test::same_bits(all.at(number.name), number.value));
  }
}

}  // namespace

TEST_CASE("M14: thread counts and repetition change no bit; the seed changes them") {
  const Assessment once = assessed(worlds::rich(), 1, 7, block_and_a_bit);
  check_same_bits(once, assessed(worlds::rich(), 2, 7, block_and_a_bit));
  if (!hedgerow::test::sanitized) check_same_bits(once, assessed(worlds::rich(), 8, 7, block_and_a_bit));
  CHECK(assessed(worlds::rich(), 1, 8).strategies[0].measures[0].mean.value !=
        assessed(worlds::rich(), 1, 7).strategies[0].measures[0].mean.value);
}

TEST_CASE("M3, M20: strategies alone or together, in either order" * doctest::skip(test::thread_sanitized)) {
  const ScenarioInput both = worlds::rich();
  const Assessment together = assessed(both);
  ScenarioInput swapped = both;
  std::swap(swapped.strategies[0], swapped.strategies[1]);
  const Assessment other_way = assessed(swapped);
  for (std::size_t s = 0; s < 2; ++s) {
    ScenarioInput alone = both;
    alone.strategies = {both.strategies[s]};
    check_same_bits(together.strategies[s], assessed(alone).strategies[0]);
    check_same_bits(together.strategies[s], other_way.strategies[1 - s]);
  }
}

TEST_CASE("M3: an input put together in another order" * doctest::skip(test::thread_sanitized)) {
  const ScenarioInput input = worlds::rich();
  ScenarioInput backwards = input;
  backwards.providers.clear();
  for (auto p = input.providers.rbegin(); p != input.providers.rend(); ++p) backwards.providers.insert(*p);
  backwards.workloads.clear();
  for (auto w = input.workloads.rbegin(); w != input.workloads.rend(); ++w) backwards.workloads.insert(*w);
  check_same_bits(assessed(input), assessed(backwards));
}

TEST_CASE("M5: a provider that plays no part moves nothing, wherever its name falls" *
          doctest::skip(test::thread_sanitized)) {
  ScenarioInput input = worlds::rich();
  for (auto& [name, provider] : input.providers) provider.divergence->contagion = 0.0;
  const Assessment before = assessed(input);
  for (const char* name : {"0", "AA", "Z"}) {
    ScenarioInput more = input;
    more.providers[name] = more.providers["A"];
    more.providers[name].list_price.initial = 0.5;  // cheap, but nobody's alternative
    more.providers[name].alternative = false;
    more.providers[name].divergence->rival_cost = more.providers[name].divergence->severed_cost = 0.0;
    check_contained(before, assessed(more), "severed_providers");
  }
}

TEST_CASE("a shared dependency that reaches nobody's capacity moves nothing" *
          doctest::skip(test::thread_sanitized)) {
  ScenarioInput more = worlds::rich();
  more.shared_dependencies["aaa"] = {worlds::outages(50.0, worlds::lognormal(9.0, 1.0)), {{"A.r", 0.0}}};
  check_same_bits(assessed(worlds::rich()), assessed(more));
}

TEST_CASE("M17: a longer horizon leaves the first years as they were" *
          doctest::skip(test::thread_sanitized)) {
  ScenarioInput shorter = worlds::rich(), longer = worlds::rich();
  shorter.horizon.months = 36;
  longer.horizon.months = 59;
  const Scenario scenario_3(shorter), scenario_5(longer);
  const Simulation simulation_3(scenario_3, 3), simulation_5(scenario_5, 3);
  World world_3, world_5;
  Outcome outcome_3, outcome_5;
  for (std::uint64_t path = 0; path < 200; ++path) {
    simulation_3.sample(path, world_3);
    simulation_5.sample(path, world_5);
    // An outage that the shorter horizon cuts short is summed up in other pieces: equal up to rounding.
    const auto& down = world_5.outages.downtimes;
    const bool cut = std::any_of(down.begin(), down.end(), [](const Downtime& d) { return d.start == 3.0; });
    const auto same = [cut](double a, double b) {
      return cut ? std::abs(a - b) <= 1e-12 * std::abs(b) : a == b;
    };
    for (const StrategyId s : scenario_3.strategies.keys()) {
      simulation_3.evaluate(world_3, s, outcome_3);
      simulation_5.evaluate(world_5, s, outcome_5);
      for (const Component c : all_components)
        for (const ProviderId p : scenario_3.providers.keys())
          for (std::size_t y = 0; y < 3; ++y) {
            const Money a = outcome_3.ledger.at(c, p, y), b = outcome_5.ledger.at(c, p, y);
            if (c == Component::reputation) continue;  // of incidents that cross the end of the shorter one
            CHECK(same(a.nominal, b.nominal));
            CHECK(same(a.present, b.present));
          }
    }
  }
}

TEST_CASE("a path can be replayed from its number alone, into used memory" *
          doctest::skip(test::thread_sanitized)) {
  const Scenario scenario(worlds::rich());
  const Simulation simulation(scenario, 3);
  World used, fresh;
  Outcome used_outcome, fresh_outcome;
  for (std::uint64_t path = 0; path < 20; ++path) {
    simulation.sample(path, used);
    simulation.evaluate(used, StrategyId(path % 2), used_outcome);
  }
  simulation.plan(used);
  simulation.sample(5, used);
  simulation.evaluate(used, StrategyId(1), used_outcome);
  simulation.sample(5, fresh);
  simulation.evaluate(fresh, StrategyId(1), fresh_outcome);
  CHECK(used_outcome.ledger.total().present == fresh_outcome.ledger.total().present);
  CHECK(used_outcome.ledger.total().nominal == fresh_outcome.ledger.total().nominal);
  CHECK(used_outcome.largest_incident == fresh_outcome.largest_incident);
}

TEST_CASE("a cancelled run answers as a shorter one would; progress only grows") {
  for (const unsigned threads : {1u, 2u}) {
    hedgerow::run::Cancellation cancellation;
    std::vector<std::uint64_t> progress;
    AssessOptions options;
    options.threads = threads;
    options.cancellation = &cancellation;
    options.progress = [&](std::uint64_t done, std::uint64_t) {
      progress.push_back(done);
      cancellation.request();
    };
    Assessment stopped = assess(worlds::study(worlds::w0(), 60'000, 7), options);
    CHECK_FALSE(stopped.complete);
    CHECK(stopped.paths % 1024 == 0);
    CHECK(stopped.paths < 60'000);
    CHECK(progress.back() == stopped.paths);
    CHECK(std::set<std::uint64_t>(progress.begin(), progress.end()).size() == progress.size());
    CHECK(std::is_sorted(progress.begin(), progress.end()));
    stopped.complete = true;
    check_same_bits(stopped, assess(worlds::study(worlds::w0(), stopped.paths, 7), {}));
  }
}

}  // namespace reproducible_test
