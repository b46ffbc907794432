#pragma once
// Where the checks of a scenario put what they find, and the words that they share.

#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "models/scenario/problem.hpp"

namespace hedgerow::models {

using Names = std::set<std::string>;
using KeyPath = std::vector<std::string>;

/// How far shares and weights may be from a sum of 1.
inline constexpr double sum_tolerance = 1e-9;

/// Keys of a strategy that stand beside its workloads.
inline bool is_reserved(const std::string& workload) {
  return workload == "contracts" || workload == "pooled_headroom";
}

class ProblemList {
 public:
  void report(KeyPath path, std::string message, std::string hint = "", std::vector<KeyPath> others = {}) {
    found_.push_back({std::move(path), std::move(message), std::move(hint), std::move(others)});
  }
  std::size_t size() const { return found_.size(); }
  std::vector<Problem> take() { return std::move(found_); }

 private:
  std::vector<Problem> found_;
};

template <class Map>
Names keys_of(const Map& map) {
  Names names;
  for (const auto& [name, unused] : map) names.insert(name);
  return names;
}

KeyPath extended(KeyPath path, std::initializer_list<std::string> more);
/// 0.95 as "95 %".
std::string percent(double share);
/// "known: a, b".
std::string known(const Names& names);
/// What the members of a price or regime group share, and the correlation of price groups.
void check_groups(const ScenarioInput& input, ProblemList& found);

/// What the buyer chooses. `locations`: provider by location.
void check_strategies(const ScenarioInput& input, const std::map<std::string, std::string>& locations,
                      ProblemList& found);

}  // namespace hedgerow::models
