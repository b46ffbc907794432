#pragma once
// One path played again from its number alone: the draws behind it and what every strategy made of them.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/assess/study.hpp"
#include "models/simulate.hpp"

namespace hedgerow::models {

/// A strategy on the replayed path, or its plan.
struct ReplayedStrategy {
  std::string name;
  Outcome outcome;
  Outcome plan;
};

struct Replay {
  std::uint64_t path;
  std::unique_ptr<const Scenario> scenario;
  World world;
  IdVector<EntityId, std::vector<Outage>> arrivals;  ///< before overlaps are resolved and the horizon cuts
  /// Unit-rate exponential clocks: regime group x transition x firing.
  IdVector<RegimeGroupId, std::array<std::vector<double>, transitions.size()>> clocks;
  std::vector<ReplayedStrategy> strategies;
  IdVector<EntityId, OutageParameters> parameters = {};  ///< that hold on the path
};

/// Plays path number `path` of a study; the same bits as in a run. Throws InvalidInput where the scenario
/// contradicts itself.
Replay replay(const Study& study, std::uint64_t path);

}  // namespace hedgerow::models
