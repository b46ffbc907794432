// Causes against independent routes: what a cause costs is what a world without it costs less; industry
// frailty has no mean; contagion is what the hazards of others add up to (docs/model/causes.md).

#include <algorithm>
#include <cmath>

#include "models/simulate.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/sample_mean.hpp"
#include "tests/support/standard_errors.hpp"
#include "tests/support/worlds.hpp"

namespace causes_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

/// Plays one strategy of a scenario, with its journal.
struct Player {
  Scenario scenario;
  Simulation simulation;
  World world;
  Outcome outcome;
  Journal journal;

  Player(const ScenarioInput& input, std::uint64_t seed) : scenario(input), simulation(scenario, seed) {}
  CauseLedger play(std::uint64_t path, StrategyId strategy = StrategyId(0)) {
    simulation.sample(path, world);
    simulation.evaluate(world, strategy, outcome, &journal);
    return causes(scenario, outcome.ledger, journal);
  }
  double total() const { return outcome.ledger.total().present; }
};

/// W-2's places and frailty, without failover or reputation: losses of different outages add up.
ScenarioInput additive(double duration_scale = 1.0) {
  ScenarioInput input = worlds::w2();
  input.workloads["load"].reputation = std::nullopt;
  const auto shorten = [&](OutageProcess& process) {
    std::get<LognormalDuration>(process.duration).median =
        Hours(duration_scale * std::get<LognormalDuration>(process.duration).median.value);
  };
  for (auto& [name, provider] : input.providers) {
    shorten(*provider.outages);
    for (auto& [region, terms] : provider.regions) shorten(*terms.outages);
  }
  shorten(input.shared_dependencies["D"].outages);
  for (auto& [name, strategy] : input.strategies) strategy.workloads["load"].failover = {};
  return input;
}

}  // namespace

TEST_CASE("W-2 without failover: shared dependencies cost what a world without them saves") {
  // Outages of some hours overlap on few paths; of a hundredth of that, on next to none.
  ScenarioInput without = additive(0.01);
  without.shared_dependencies["D"].outages.rate = PerYear(0.0);
  Player all(additive(0.01), 31), less(without, 31);
  const StrategyId diversified(1);
  SampleMean blamed, saved, apart;
  for (std::uint64_t path = 0; path < 12'000; ++path) {
    const double shared = all.play(path, diversified).sum(Cause::shared_outage);
    less.play(path, diversified);
    blamed.add(shared);
    saved.add(all.total() - less.total());
    apart.add(shared - (all.total() - less.total()));
  }
  INFO("blamed ", blamed, ", saved ", saved, ", apart ", apart);
  CHECK(blamed.mean() > 50.0 * blamed.standard_error());
  // Paired: what is left is overlap, far below the error of either.
  CHECK(std::abs(apart.mean()) <= 0.001 * blamed.mean());
  CHECK(apart.standard_error() < 0.001 * blamed.mean());
}

TEST_CASE("W-2 without failover: each kind of outage has its closed mean") {
  // E PV of an entity without overlap: rate * E D * revenue * (1 - exp(-r T)) / r * placed share * impact.
  const ScenarioInput input = additive(0.01);
  Player player(input, 32);
  SampleMean region, provider, shared;
  for (std::uint64_t path = 0; path < 25'000; ++path) {
    const CauseLedger by_cause = player.play(path);  // concentrated: A1 .5, A2 .35, B1 .15
    region.add(by_cause.sum(Cause::region_outage));
    provider.add(by_cause.sum(Cause::provider_outage));
    shared.add(by_cause.sum(Cause::shared_outage));
  }
  const double annuity = 5.3598867019;  // O12
  const auto mean = [&](double rate, double median, double sigma) {
    return rate * 50'000.0 * 0.01 * median * std::exp(0.5 * sigma * sigma) * annuity;
  };
  INFO(region, " ", provider, " ", shared);
  const double regions = mean(3.0, 2.0, 1.2), providers = mean(0.5, 3.0, 1.1), dns = mean(0.3, 4.0, 1.2);
  CHECK(region.agrees_with(regions, 0.008 * regions));
  CHECK(provider.agrees_with(providers, 0.015 * providers));
  CHECK(shared.agrees_with(dns, 0.015 * dns));
}

TEST_CASE("industry frailty has no mean, and weighs on the tail") {
  ScenarioInput input = additive(0.01);
  input.frailty["industry"].variance = 1.0;
  Player player(input, 33);
  SampleMean industry;
  std::vector<std::pair<double, double>> paths;  // total, industry
  for (std::uint64_t path = 0; path < 25'000; ++path) {
    const double part = player.play(path).sum(Cause::industry_frailty);
    industry.add(part);
    paths.emplace_back(player.total(), part);
  }
  std::sort(paths.begin(), paths.end());
  SampleMean tail;
  for (std::size_t i = paths.size() - paths.size() / 50; i < paths.size(); ++i) tail.add(paths[i].second);
  double total = 0.0;
  for (const auto& [cost, unused] : paths) total += cost / static_cast<double>(paths.size());
  INFO("industry ", industry, ", in the tail ", tail, ", of ", total);
  CHECK(industry.agrees_with(0.0, 0.002 * total));
  CHECK(tail.mean() > 4.0 * tail.standard_error());
}

TEST_CASE("contagion's parts of transitions add up to the hazards that others added") {
  // The sum of the parts less the integral of chi n base covariate over time is a martingale: mean 0.
  ScenarioInput input = worlds::w3();
  for (auto& [name, provider] : input.providers) provider.divergence->contagion = 1.5;
  const Scenario scenario(input);
  const RegimeProcess process(scenario, scenario.strategies[StrategyId(1)]);
  const RegimeClocks clocks(scenario, 34);
  std::vector<double> covariates;
  for (const ProviderId p : scenario.providers.keys()) {
    const Provider& provider = scenario.providers[p];
    covariates.push_back(std::exp(1.0 * (provider.product_overlap - 0.3) +
                                  0.8 * (scenario.strategies[StrategyId(1)].share[p] - 0.5) -
                                  1.5 * provider.equity_stake));
  }
  const auto hostile_others = [&](const RegimeHistory& history, std::size_t self, double time) {
    int n = 0;
    for (std::size_t p = 0; p < history.size(); ++p)
      n += p != self && regime_at(history[ProviderId(p)], time) >= Regime::rival;
    return n;
  };
  RegimeProcess::State state;
  RegimeHistory history;
  SampleMean parts, compensator, difference;
  for (std::uint64_t path = 0; path < 25'000; ++path) {
    process.start(state, history);
    process.advance(state, clocks, path, 7.0, history);
    std::vector<double> times{0.0, 7.0};
    for (const auto& sojourns : history)
      for (const Sojourn& sojourn : sojourns) times.push_back(sojourn.from);
    std::sort(times.begin(), times.end());
    double fired = 0.0, hazard = 0.0;
    for (std::size_t p = 0; p < history.size(); ++p) {
      const auto& sojourns = history[ProviderId(p)];
      for (std::size_t i = 1; i < sojourns.size(); ++i)
        if (sojourns[i].regime > sojourns[i - 1].regime)
          fired += 1.0 - (1.0 - sojourns[i].contagion) / (1.0 - sojourns[i - 1].contagion);
      const Divergence& terms = *scenario.providers[ProviderId(p)].divergence;
      for (std::size_t i = 0; i + 1 < times.size(); ++i) {
        if (times[i + 1] <= times[i]) continue;
        const double middle = 0.5 * (times[i] + times[i + 1]);
        const Regime now = regime_at(sojourns, middle);
        double rate = 0.0;
        for (const Transition& transition : transitions)
          if (transition.from == now && transition.worsening()) rate += (terms.*transition.rate).value;
        hazard += 1.5 * hostile_others(history, p, middle) * rate * covariates[p] * (times[i + 1] - times[i]);
      }
    }
    parts.add(fired);
    compensator.add(hazard);
    difference.add(fired - hazard);
  }
  INFO("parts ", parts, ", hazards ", compensator, ", difference ", difference);
  CHECK(parts.mean() > 0.1);
  CHECK(difference.agrees_with(0.0, 0.01 * parts.mean()));
}

}  // namespace causes_test
