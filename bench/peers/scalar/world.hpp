#pragma once
// One path of chance, common to all strategies.

#include <random>
#include <vector>

#include "bench/peers/scalar/model.hpp"

namespace peer {

using Random = std::mt19937_64;

struct Outage {
  double start, end;  ///< [yr]
  double claim;       ///< uniform: below the qualification of a contract it counts for credits
};

struct World {
  std::vector<std::vector<Outage>> outages;  ///< by entity: disjoint, in order
  std::vector<double> edges;  ///< starts and ends of all outages, and month starts, in order [yr]
  std::vector<int> scarce;    ///< 0 or 1 at month starts
  std::vector<std::vector<double>> price;   ///< list price by provider and month start
  std::vector<std::vector<double>> clocks;  ///< Exp(1) by provider and transition, drawn as they are needed

  /// Hazard between firings n-1 and n of a transition of a provider.
  double clock(int p, int transition, std::size_t n, Random& random);
};

void sample(const Model& model, Random& random, World& world);

}  // namespace peer
