#pragma once
// What is asked of a scenario: how many paths, which seed, which numbers out.

#include <cstdint>
#include <vector>

#include "models/scenario/input.hpp"

namespace hedgerow::models {

struct SimulationSettings {
  std::uint64_t paths = 100'000;  ///< >= 1
  std::uint64_t seed = 1;
};

struct OutputSettings {
  std::vector<double> percentiles{0.05, 0.50, 0.95, 0.99, 0.995, 0.999};  ///< levels in (0, 1), increasing
  std::vector<double> expected_shortfall{0.95, 0.99};                     ///< levels in (0, 1), increasing
  std::vector<double> return_periods{2, 5, 10, 25, 50, 100, 250, 500, 1000};  ///< [yr] > 1, increasing
};

/// The whole of a config file.
struct Study {
  ScenarioInput scenario;
  SimulationSettings simulation;
  OutputSettings outputs;
};

}  // namespace hedgerow::models
