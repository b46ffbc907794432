#include "models/assess/story/replay.hpp"

#include "models/assess/sampling/sampling_choice.hpp"

namespace hedgerow::models {
namespace {

/// More than a transition fires on any path but an absurd one.
constexpr std::uint32_t exported_firings = 64;

}  // namespace

Replay replay(const Study& study, std::uint64_t path) {
  Replay replay{path, std::make_unique<const Scenario>(study.scenario), {}, {}, {}, {}};
  const Scenario& scenario = *replay.scenario;
  const Simulation simulation(scenario, study.simulation.seed, choose_sampling(scenario, study, 0).design());
  simulation.sample(path, replay.world);
  for (const EntityId entity : scenario.entities.keys()) {
    replay.arrivals.push_back(simulation.outages().arrivals(entity, path));
    replay.parameters.push_back(simulation.outages().parameters(entity, path));
  }
  for (const RegimeGroupId group : scenario.regime_groups.keys()) {
    auto& clocks = replay.clocks[replay.clocks.push_back({})];
    for (std::size_t j = 0; j < transitions.size(); ++j)
      for (std::uint32_t n = 0; n < exported_firings; ++n)
        clocks[j].push_back(simulation.clocks().interval(path, group, j, n));
  }
  World plan;
  simulation.plan(plan);
  for (const StrategyId strategy : scenario.strategies.keys()) {
    ReplayedStrategy played{scenario.strategies[strategy].name, {}, {}};
    simulation.evaluate(replay.world, strategy, played.outcome);
    simulation.evaluate(plan, strategy, played.plan);
    // The initial stages belong to the simulation, which ends here.
    played.outcome.occupancy = played.plan.occupancy = {};
    replay.strategies.push_back(std::move(played));
  }
  return replay;
}

}  // namespace hedgerow::models
