#include "models/assess/what_if/variants.hpp"

#include <algorithm>

namespace hedgerow::models {
namespace {

/// Shares nearer than this to nothing or to all are nothing or all: placements sum to 1 within it.
constexpr double share_tolerance = 1e-9;

/// Moves one workload so that the part `there` of it runs at a provider.
class Mover {
 public:
  Mover(const Scenario& scenario, ProviderId provider) : scenario_(scenario), provider_(provider) {}

  /// False: there is no place for it.
  bool move(WorkloadPlan& plan, double there) const {
    double before = 0.0, elsewhere = 0.0;
    for (const LocationId l : scenario_.locations.keys())
      (is_there(l) ? before : elsewhere) += plan.placement[l];
    return fill(plan, true, before, there) && fill(plan, false, elsewhere, 1.0 - there);
  }

 private:
  bool is_there(LocationId location) const { return scenario_.locations[location].provider == provider_; }

  /// Scales what the workload has at the provider, or elsewhere, from `before` to `after`.
  bool fill(WorkloadPlan& plan, bool there, double before, double after) const {
    if (before <= share_tolerance && after > share_tolerance) return open(plan, there, after);
    for (const LocationId l : scenario_.locations.keys())
      if (is_there(l) == there) plan.placement[l] *= before > 0.0 ? after / before : 0.0;
    return true;
  }

  /// Gives `after` to where the workload has nothing yet.
  bool open(WorkloadPlan& plan, bool there, double after) const {
    const std::vector<Destination> where = there ? first_location() : ways_out(plan);
    double sum = 0.0;
    for (const Destination& to : where) sum += to.weight;
    for (const LocationId l : scenario_.locations.keys())
      if (is_there(l) == there) plan.placement[l] = 0.0;
    for (const Destination& to : where) plan.placement[to.location] = after * to.weight / sum;
    return !where.empty();
  }

  std::vector<Destination> first_location() const {
    for (const LocationId l : scenario_.locations.keys())
      if (is_there(l)) return {{l, 1.0}};
    return {};
  }

  std::vector<Destination> ways_out(const WorkloadPlan& plan) const {
    for (const auto* exits : {&plan.exit_plan, &plan.exit_refuge})
      if (!(*exits)[provider_].empty()) return (*exits)[provider_];
    std::vector<Destination> anywhere;
    for (const LocationId l : scenario_.locations.keys())
      if (is_elsewhere(scenario_, l, provider_)) anywhere.push_back({l, 1.0});
    return anywhere;
  }

  const Scenario& scenario_;
  const ProviderId provider_;
};

double placed_share(const Scenario& scenario, const WorkloadPlan& plan, ProviderId provider) {
  double placed = 0.0;
  for (const LocationId l : scenario.locations.keys())
    if (scenario.locations[l].provider == provider) placed += plan.placement[l];
  return placed;
}

}  // namespace

bool uses(const Scenario& scenario, const Strategy& strategy, ProviderId provider) {
  return std::any_of(strategy.workloads.begin(), strategy.workloads.end(),
                     [&](const WorkloadPlan& plan) { return placed_share(scenario, plan, provider) > 0.0; });
}

std::optional<Strategy> with_share(const Scenario& scenario, const Strategy& strategy, ProviderId provider,
                                   double share) {
  const double before = strategy.share[provider];
  if (share == before) return strategy;
  Strategy variant = strategy;
  const Mover mover(scenario, provider);
  for (WorkloadPlan& plan : variant.workloads) {
    const double placed = placed_share(scenario, plan, provider);
    const double there =
        share < before ? placed * (share / before) : 1.0 - (1.0 - placed) * ((1.0 - share) / (1.0 - before));
    if (!mover.move(plan, there)) return std::nullopt;
    for (const ProviderId leaver : scenario.providers.keys())
      plan.exit_default[leaver] = surviving_locations(scenario, plan.placement, leaver);
  }
  variant.share = shares_of_demand(
      scenario, [&](WorkloadId w, LocationId l) { return variant.workloads[w].placement[l]; },
      [&](WorkloadId w) { return scenario.workloads[w].terms.demand; });
  return variant;
}

}  // namespace hedgerow::models
