#include "models/assess/what_if/single_points.hpp"

#include <algorithm>
#include <cmath>

#include "models/assess/what_if/variants.hpp"
#include "models/divergence/restriction.hpp"
#include "models/outage/duration.hpp"
#include "models/simulate.hpp"

namespace hedgerow::models {
namespace {

/// P(D >= hours), by bisection of the quantile function.
double as_long_as(const Duration& duration, Hours hours) {
  double low = 0.0, high = 1.0;  // P(D < hours) lies between
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = 0.5 * (low + high);
    (duration.quantile(middle) < hours.value ? low : high) = middle;
  }
  return 1.0 - 0.5 * (low + high);
}

bool touches(const Strategy& strategy, const OutageEntity& entity) {
  for (const auto& [location, impact] : entity.impacts)
    for (const WorkloadPlan& plan : strategy.workloads)
      if (plan.placement[location] > 0.0) return true;
  return false;
}

/// The same, but everybody has recovered at once.
Scenario recovered(Scenario scenario) {
  for (Strategy& strategy : scenario.strategies)
    for (WorkloadPlan& plan : strategy.workloads) plan.recovery_time = 0.0;
  return scenario;
}

/// Plays a single outage from the valuation date on in an otherwise uneventful world.
class OutageShock {
 public:
  OutageShock(const Scenario& scenario, std::uint64_t seed) : simulation_(scenario, seed) {
    simulation_.plan(world_);
  }

  const Ledger& play(EntityId entity, Hours length, StrategyId strategy) {
    auto& outages = world_.outages.outages[entity];
    outages.push_back({0.0, length.value / hours_per_year, 1.0});
    simulation_.outages().combine(world_.outages);
    simulation_.evaluate(world_, strategy, outcome_);
    outages.clear();
    return outcome_.ledger;
  }

 private:
  Simulation simulation_;
  World world_;
  Outcome outcome_;
};

/// Gathers the single points of one strategy after the other.
class Finder {
 public:
  explicit Finder(const Study& study)
      : scenario_(study.scenario),
        recovered_(recovered(scenario_)),
        shock_(scenario_, study.simulation.seed),
        recovered_shock_(recovered_, study.simulation.seed),
        severance_(scenario_) {}
  Finder(const Finder&) = delete;
  Finder& operator=(const Finder&) = delete;

  const Scenario& scenario() const { return scenario_; }

  SinglePoints find(StrategyId id) {
    const Strategy& strategy = scenario_.strategies[id];
    SinglePoints points{strategy.name, {}, {}};
    for (const EntityId entity : scenario_.entities.keys())
      if (touches(strategy, scenario_.entities[entity])) points.outages.push_back(outage(entity, id));
    std::stable_sort(points.outages.begin(), points.outages.end(),
                     [](const OutagePoint& a, const OutagePoint& b) {
                       return a.outage + a.reputation != b.outage + b.reputation
                                  ? a.outage + a.reputation > b.outage + b.reputation
                                  : a.entity < b.entity;
                     });
    for (const ProviderId provider : scenario_.providers.keys())
      if (uses(scenario_, strategy, provider)) points.providers.push_back(severance(provider, strategy));
    return points;
  }

 private:
  OutagePoint outage(EntityId id, StrategyId strategy) {
    const OutageEntity& entity = scenario_.entities[id];
    const double branching = entity.clustering ? entity.clustering->branching.value : 0.0;
    const double frequency = entity.rate.value / (1.0 - branching);
    const double as_long = frequency * as_long_as(Duration(entity.duration), shock_length);
    const Ledger& ledger = shock_.play(id, shock_length, strategy);
    OutagePoint point{entity.name,
                      entity.kind,
                      frequency,
                      as_long,
                      ledger.sum(Component::outage).nominal,
                      ledger.sum(Component::reputation).nominal,
                      std::nullopt};
    double at_risk = 0.0;  // [money/h]
    for (const NamedWorkload& workload : scenario_.workloads) at_risk += workload.terms.revenue_at_risk;
    if (at_risk > 0.0)
      point.unserved_share =
          recovered_shock_.play(id, Hours(1.0), strategy).sum(Component::outage).nominal / at_risk;
    return point;
  }

  ProviderPoint severance(ProviderId provider, const Strategy& strategy) const {
    const std::size_t months = static_cast<std::size_t>(scenario_.horizon.months) + 1;
    ProviderPoint point{scenario_.providers[provider].name, strategy.share[provider],
                        notice_months(strategy.contracts[provider].notice),
                        severance_.play(strategy, provider, ScarcityPath(months, false)), std::nullopt};
    if (scenario_.scarcity) point.scarce = severance_.play(strategy, provider, ScarcityPath(months, true));
    return point;
  }

  const Scenario scenario_, recovered_;
  OutageShock shock_, recovered_shock_;
  SeveranceShock severance_;
};

}  // namespace

std::vector<SinglePoints> single_points(const Study& study) {
  Finder finder(study);
  std::vector<SinglePoints> all;
  for (const StrategyId strategy : finder.scenario().strategies.keys()) all.push_back(finder.find(strategy));
  return all;
}

}  // namespace hedgerow::models
