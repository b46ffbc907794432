#include "models/assess/columns/column_store.hpp"

namespace hedgerow::models {

measure::SortedSample LocalColumns::sample(const ColumnId& id) const {
  Rows<double> room;
  return measure::SortedSample(values_of(paths_, id, room));
}

measure::Dominances LocalColumns::dominances(StrategyId b, StrategyId a) const {
  return measure::dominances(paths_.columns()[a.value].total_cost, paths_.columns()[b.value].total_cost);
}

void LocalColumns::add_to(PathSums& sums) const {
  std::visit([&](auto& of) { of.add(paths_); }, sums);
}

}  // namespace hedgerow::models
