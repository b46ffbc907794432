#pragma once
// Who turns away, and what moves where because of it.

#include <vector>

#include "bench/peers/scalar/world.hpp"

namespace peer {

struct Sojourn {
  Regime regime;
  double begin, end;  ///< [yr]
};

struct Relations {
  std::vector<std::vector<Sojourn>> sojourns;  ///< by provider
  std::vector<int> notice, cut_off;            ///< by provider: months; `never` where there is none

  Regime at(int p, double time) const;
};

/// Share of the buyer's demand that a strategy places at a provider.
double planned_share(const Model& model, const Strategy& strategy, int p);

void play_relations(const Model& model, const Strategy& strategy, World& world, Random& random,
                    Relations& out);

/// What runs where from a month on, as shares of each workload's demand, by workload and location.
struct Stage {
  int from_month = 0;
  std::vector<double> placed, capacity, billed;
};

struct Placement {
  std::vector<Stage> stages;
  std::vector<int> stage_of_month;
  double migration = 0.0;  ///< present value [USD]

  const Stage& at(int month) const { return stages[stage_of_month[month]]; }
};

/// Normalised weights by location for what workload w takes away from `leaver`; false if nothing is open.
bool destinations(const Model& model, const Strategy& strategy, const Relations& relations, int w, int leaver,
                  int month, std::vector<double>& weights);

void play_exits(const Model& model, const Strategy& strategy, const World& world, const Relations& relations,
                Placement& out);

}  // namespace peer
