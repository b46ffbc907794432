#pragma once
// Which paths of a study to tell: those at a quantile of a strategy's total cost.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/measure/sample.hpp"
#include "models/assess/assess.hpp"
#include "models/assess/columns/column_store.hpp"
#include "models/simulate.hpp"

namespace hedgerow::models {

/// Present value of a strategy's total cost on paths 0 .. paths-1. Throws Stopped after a cancellation: the
/// quantile of a part would be another path.
std::vector<double> total_costs(const Simulation& simulation, StrategyId strategy, std::uint64_t paths,
                                const AssessOptions& options);

/// The path at a quantile, and those around it.
struct Located {
  std::uint64_t path;
  double total_cost;
  std::vector<std::uint64_t> neighbours;  ///< nearest in rank, the path itself included, in order of rank
};

/// The path whose total cost is the `level` quantile, the order statistic ceil(n level); of equal costs the
/// smaller number ranks first. `neighbours` are at most that many, and no more
/// than the nearer tail has (but ten). Throws InvalidInput unless 0 < level < 1.
Located locate(std::span<const double> total_cost, double level, std::size_t neighbours = 200);
/// The same of a strategy's total costs, wherever they are.
Located locate(const ColumnStore& store, StrategyId strategy, double level, std::size_t neighbours = 200);

}  // namespace hedgerow::models
