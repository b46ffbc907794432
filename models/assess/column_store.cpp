#include "models/assess/column_store.hpp"

namespace hedgerow::models {

measure::SortedSample LocalColumns::sample(const ColumnId& id) const {
  Rows<double> room;
  return measure::SortedSample(values_of(paths_, id, room));
}

measure::Dominances LocalColumns::dominances(StrategyId b, StrategyId a) const {
  return measure::dominances(paths_.columns()[a.value].total_cost, paths_.columns()[b.value].total_cost);
}

std::vector<PathCost> paths_between(std::span<const double> total_cost, std::uint64_t first, double least,
                                    double most) {
  std::vector<PathCost> all;
  for (std::size_t i = 0; i < total_cost.size(); ++i)
    if (total_cost[i] >= least && total_cost[i] <= most) all.push_back({first + i, total_cost[i]});
  return all;
}

std::vector<PathCost> LocalColumns::between(StrategyId strategy, double least, double most) const {
  return paths_between(paths_.columns()[strategy.value].total_cost, paths_.first(), least, most);
}

void LocalColumns::add_to(PathSums& sums) const {
  std::visit([&](auto& of) { of.add(paths_); }, sums);
}

}  // namespace hedgerow::models
