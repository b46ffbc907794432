#include "models/assess/change.hpp"

#include <algorithm>
#include <iterator>

#include "engine/base/check.hpp"
#include "models/assess/paths/played_study.hpp"
#include "models/assess/summary.hpp"

namespace hedgerow::models {
namespace {

std::vector<double> common(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> levels;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(levels));
  return levels;
}

OutputSettings common_levels(const OutputSettings& a, const OutputSettings& b) {
  OutputSettings outputs;
  outputs.percentiles = common(a.percentiles, b.percentiles);
  outputs.expected_shortfall = common(a.expected_shortfall, b.expected_shortfall);
  return outputs;
}

}  // namespace

std::vector<Comparison> changes(const PlayedStudy& before, const PlayedStudy& after) {
  validate(before.paths().paths() == after.paths().paths(),
           "two studies have played different numbers of paths (they are compared path by path)");
  const OutputSettings outputs = common_levels(before.study().outputs, after.study().outputs);
  const Scenario &old_world = before.scenario(), &new_world = after.scenario();
  std::vector<Comparison> all;
  for (const StrategyId b : new_world.strategies.keys())
    for (const StrategyId a : old_world.strategies.keys()) {
      const std::string& name = new_world.strategies[b].name;
      if (old_world.strategies[a].name != name) continue;
      const bool heavy = infinite_variance(old_world, a) || infinite_variance(new_world, b);
      all.push_back(compare_total_costs(after.paths().columns()[b.value], before.paths().columns()[a.value],
                                        outputs, heavy));
      all.back().strategy = all.back().reference = name;
    }
  return all;
}

}  // namespace hedgerow::models
