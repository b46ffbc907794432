#include "models/divergence/history.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "models/divergence/cost.hpp"
#include "tests/support/worlds.hpp"

namespace history_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

/// A provider whose regime goes straight from aligned over strained to rival and severed.
Divergence straight_on(double rate) {
  Divergence terms = worlds::base_regimes();
  terms.aligned_to_strained = terms.strained_to_rival = terms.rival_to_severed = PerYear(rate);
  terms.aligned_to_rival = terms.strained_to_aligned = terms.strained_to_severed = terms.rival_to_strained =
      PerYear(0.0);
  return terms;
}

struct Runner {
  Scenario scenario;
  RegimeClocks clocks;
  RegimeProcess process;
  RegimeHistory history;

  explicit Runner(const ScenarioInput& input)
      : scenario(input), clocks(scenario, 5), process(scenario, scenario.strategies[StrategyId(0)]) {}
  const RegimeHistory& run(std::uint64_t path) {
    RegimeProcess::State state;
    process.start(state, history);
    process.advance(state, clocks, path, scenario.horizon.length(), history);
    return history;
  }
  /// Entry time into the regime on the path; infinite if never.
  double entry(std::uint64_t path, std::size_t provider, Regime regime) {
    for (const Sojourn& sojourn : run(path)[ProviderId(provider)])
      if (sojourn.regime == regime) return sojourn.from;
    return INFINITY;
  }
};

void check_covers_horizon(const std::vector<Sojourn>& sojourns, double horizon) {
  REQUIRE_FALSE(sojourns.empty());
  CHECK(sojourns.front().from == 0.0);
  CHECK(sojourns.front().regime == Regime::aligned);
  CHECK(sojourns.back().to == horizon);
  for (std::size_t i = 0; i < sojourns.size(); ++i) {
    CHECK(sojourns[i].from < sojourns[i].to);
    if (i == 0) continue;
    CHECK(sojourns[i].from == sojourns[i - 1].to);
    CHECK(sojourns[i].regime != sojourns[i - 1].regime);
  }
}

}  // namespace

TEST_CASE("sojourns fill the horizon without gaps, however fast the regimes change") {
  ScenarioInput input = worlds::plain({{"A", 0.5}, {"B", 0.5}, {"C", 0.0}});
  input.horizon.months = 31;
  input.providers["A"].divergence = worlds::base_regimes(2.0, 5.0);
  input.providers["A"].divergence->rival_to_severed = PerYear(10.0);
  input.providers["B"].divergence = straight_on(3.0);
  Runner runner(input);
  for (std::uint64_t path = 0; path < 300; ++path) {
    for (const auto& sojourns : runner.run(path)) check_covers_horizon(sojourns, 31.0 / 12.0);
    CHECK(runner.history[ProviderId(2)].size() == 1);  // without divergence: aligned for good
  }
}

TEST_CASE("without rates nobody moves") {
  ScenarioInput input = worlds::plain({{"A", 1.0}});
  input.providers["A"].divergence = straight_on(0.0);
  CHECK(Runner(input).run(1)[ProviderId(0)].size() == 1);
}

TEST_CASE("entry times follow from the clocks: each clock over its rate") {
  ScenarioInput input = worlds::plain({{"A", 1.0}});
  input.horizon.months = 1200;
  input.providers["A"].divergence = straight_on(2.0);
  Runner runner(input);
  for (std::uint64_t path = 0; path < 20; ++path) {
    const auto clock = [&](std::size_t j) { return runner.clocks.interval(path, RegimeGroupId(0), j, 0); };
    double t = clock(0) / 2.0;  // transitions: aligned>strained is 0, strained>rival 3, rival>severed 6
    CHECK(runner.entry(path, 0, Regime::strained) == doctest::Approx(t).epsilon(1e-12));
    t += clock(3) / 2.0;
    CHECK(runner.entry(path, 0, Regime::rival) == doctest::Approx(t).epsilon(1e-12));
    t += clock(6) / 2.0;
    CHECK(runner.entry(path, 0, Regime::severed) == doctest::Approx(t).epsilon(1e-12));
  }
}

TEST_CASE("twice the rates, half the time: the same clocks are consumed twice as fast") {
  ScenarioInput slow = worlds::plain({{"A", 1.0}});
  slow.horizon.months = 120'000;
  slow.providers["A"].divergence = straight_on(0.5);
  ScenarioInput fast = slow;
  fast.providers["A"].divergence = straight_on(1.0);
  Runner slowly(slow), quickly(fast);
  for (std::uint64_t path = 0; path < 50; ++path)
    CHECK(quickly.entry(path, 0, Regime::severed) ==
          doctest::Approx(0.5 * slowly.entry(path, 0, Regime::severed)).epsilon(1e-12));
}

TEST_CASE("a clock that is interrupted resumes where it stopped") {
  // strained > rival waits while the provider is aligned again in between: its first interval is consumed
  // over several sojourns in the strained regime.
  ScenarioInput input = worlds::plain({{"A", 1.0}});
  input.horizon.months = 12'000;
  input.providers["A"].divergence = straight_on(1.0);
  input.providers["A"].divergence->strained_to_aligned = PerYear(3.0);
  Runner runner(input);
  int interrupted = 0;
  for (std::uint64_t path = 0; path < 100; ++path) {
    double strained = 0.0;
    int times = 0;
    for (const Sojourn& sojourn : runner.run(path)[ProviderId(0)]) {
      if (sojourn.regime == Regime::rival) break;
      if (sojourn.regime == Regime::strained) strained += sojourn.to - sojourn.from, ++times;
    }
    interrupted += times > 1;
    CHECK(strained == doctest::Approx(runner.clocks.interval(path, RegimeGroupId(0), 3, 0)).epsilon(1e-9));
  }
  CHECK(interrupted > 30);
}

TEST_CASE("contagion hastens others only, and only after the first turned hostile") {
  ScenarioInput calm = worlds::plain({{"A", 0.5}, {"B", 0.5}});
  calm.horizon.months = 1200;
  for (auto& [name, provider] : calm.providers) provider.divergence = straight_on(1.0);
  ScenarioInput infectious = calm;
  for (auto& [name, provider] : infectious.providers) provider.divergence->contagion = 2.0;
  Runner without(calm), with(infectious);
  for (std::uint64_t path = 0; path < 50; ++path) {
    const double a = without.entry(path, 0, Regime::rival), b = without.entry(path, 1, Regime::rival);
    const std::size_t first = a < b ? 0 : 1, second = 1 - first;
    CHECK(with.entry(path, first, Regime::rival) == doctest::Approx(std::min(a, b)).epsilon(1e-12));
    // If the other is strained by then, what is left of its way to rivalry takes a third of the time.
    const double turned = std::min(a, b);
    if (without.entry(path, second, Regime::strained) < turned)
      CHECK(with.entry(path, second, Regime::rival) ==
            doctest::Approx(turned + (std::max(a, b) - turned) / 3.0).epsilon(1e-9));
    CHECK(with.entry(path, second, Regime::rival) <= std::max(a, b) * (1 + 1e-12));
  }
}

TEST_CASE("regime cost: overlap times the cost of the regime, year by year, discounted exactly") {
  ScenarioInput input = worlds::plain({{"A", 0.5}, {"B", 0.5}});
  input.providers["A"].divergence = Divergence{};
  input.providers["A"].divergence->rival_cost = 100.0;
  input.providers["A"].divergence->severed_cost = 10.0;
  input.providers["A"].product_overlap = 0.25;
  const Scenario scenario(input);
  RegimeHistory history(2);
  history[ProviderId(0)] = {
      {Regime::aligned, 0, 0.5}, {Regime::rival, 0.5, 2.25}, {Regime::severed, 2.25, 7}};
  history[ProviderId(1)] = {{Regime::aligned, 0, 7}};
  Ledger ledger;
  ledger.reset(2, 7);
  const double r = 0.08;
  charge_regimes(scenario, history, Discounting(r), ledger);
  const auto flow = [&](double a, double b) { return (std::exp(-r * a) - std::exp(-r * b)) / r; };
  const auto year = [&](std::size_t y) { return ledger.at(Component::regime, ProviderId(0), y); };
  CHECK(year(0).nominal == doctest::Approx(12.5));
  CHECK(year(1).nominal == doctest::Approx(25.0));
  CHECK(year(2).nominal == doctest::Approx(6.25 + 1.875));
  CHECK(year(6).nominal == doctest::Approx(2.5));
  CHECK(year(2).present == doctest::Approx(25.0 * flow(2, 2.25) + 2.5 * flow(2.25, 3)).epsilon(1e-12));
  CHECK(ledger.total().present ==
        doctest::Approx(25.0 * flow(.5, 2.25) + 2.5 * flow(2.25, 7)).epsilon(1e-12));
  CHECK(ledger.sum(Component::regime, ProviderId(1)).nominal == 0.0);
}

TEST_CASE(
    "contagion: of each worsening its part of the hazard, kept along the chain, gone when aligned again") {
  ScenarioInput input = worlds::rich();  // contagion 0.5; strained heals
  Runner runner(input);
  int worsened = 0, infected = 0, healed = 0;
  for (std::uint64_t path = 0; path < 300; ++path) {
    const RegimeHistory history = runner.run(path);
    for (std::size_t p = 0; p < history.size(); ++p) {
      const std::vector<Sojourn>& sojourns = history[ProviderId(p)];
      CHECK(sojourns.front().contagion == 0.0);
      for (std::size_t i = 1; i < sojourns.size(); ++i) {
        const Sojourn &before = sojourns[i - 1], &now = sojourns[i];
        int hostile_others = 0;
        for (std::size_t q = 0; q < history.size(); ++q)
          hostile_others += q != p && regime_at(history[ProviderId(q)], now.from) >= Regime::rival;
        double expected = before.contagion;
        if (now.regime > before.regime) {
          const double part = 0.5 * hostile_others / (1.0 + 0.5 * hostile_others);
          expected = 1.0 - (1.0 - before.contagion) * (1.0 - part);
          ++worsened;
          infected += hostile_others > 0;
        } else if (now.regime == Regime::aligned) {
          healed += before.contagion > 0.0;
          expected = 0.0;
        }
        CHECK(now.contagion == doctest::Approx(expected).epsilon(1e-12));
      }
    }
  }
  CHECK(worsened > 500);
  CHECK(infected > 100);
  CHECK(healed > 10);
}

}  // namespace history_test
