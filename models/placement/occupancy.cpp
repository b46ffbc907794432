#include "models/placement/occupancy.hpp"

namespace hedgerow::models {

Stage initial_stage(const Scenario& scenario, const Strategy& strategy) {
  Stage stage(scenario.workloads.size(), scenario.locations.size());
  for (const WorkloadId w : scenario.workloads.keys())
    for (const LocationId l : scenario.locations.keys()) {
      const double placed = strategy.workloads[w].placement[l];
      const double reserved = placed * strategy.workloads[w].headroom[l];
      stage.at(w, l) = {placed, placed + reserved, placed + reserved, reserved};
    }
  return stage;
}

void Occupancy::start(const Stage& initial) {
  initial_ = &initial;
  changes_ = 0;
}

Stage& Occupancy::change(int month) {
  if (changed_.size() == changes_) changed_.emplace_back();
  Stage& stage = changed_[changes_];
  stage = last();
  stage.from_month = month;
  ++changes_;
  return stage;
}

const Stage& Occupancy::at(int month) const {
  std::size_t i = changes_;
  while (i > 0 && changed_[i - 1].from_month > month) --i;
  return stage(i);
}

double placed_at(const Scenario& scenario, const Stage& stage, WorkloadId workload, ProviderId provider) {
  double placed = 0.0;
  for (const LocationId l : scenario.providers[provider].locations) placed += stage.at(workload, l).placed;
  return placed;
}

}  // namespace hedgerow::models
