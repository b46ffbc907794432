#pragma once
// Unit-rate exponential clocks, one per regime group and transition: the chance behind the regimes, common
// to all strategies whatever their hazards (docs/model/divergence.md; Anderson 2007, "A modified next
// reaction method"; Rathinam, Sheppard & Khammash 2010, common reaction path).

#include <cstdint>
#include <vector>

#include "engine/random/normal.hpp"
#include "engine/random/stream.hpp"
#include "models/divergence/regime.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

class RegimeClocks {
 public:
  /// The first firing of every worsening transition comes from `points` where there are any.
  RegimeClocks(const Scenario& scenario, std::uint64_t seed, random::SobolPoints* points = nullptr) {
    for (const RegimeGroup& group : scenario.regime_groups)
      for (const Transition& transition : transitions) {
        const bool leads =
            transition.worsening() && scenario.providers[group.members.front()].divergence.has_value();
        streams_.emplace_back(seed, group.name, "regime/" + std::string(transition.name),
                              random::LeadingDraws::take(points, leads ? 1 : 0));
        name_ = (name_ ^ streams_.back().key()) * 0x9e3779b97f4a7c15ULL;
      }
    if (points != nullptr) name_ = unnamed;
  }

  /// Clocks of the same name have the same intervals; those from points have none.
  std::uint64_t name() const { return name_; }
  static constexpr std::uint64_t unnamed = 0;

  /// Integrated hazard between firing n-1 and firing n of a transition: Exp(1).
  double interval(std::uint64_t path, RegimeGroupId group, std::size_t transition, std::uint32_t n) const {
    return random::exponential_quantile(
        streams_[group.value * transitions.size() + transition].uniform(path, n));
  }

 private:
  std::vector<random::Stream> streams_;
  std::uint64_t name_ = 1;
};

}  // namespace hedgerow::models
