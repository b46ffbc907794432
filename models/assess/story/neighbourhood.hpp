#pragma once
// What paths of about the same cost have in common (docs/model/causes.md).

#include <cstdint>
#include <span>
#include <vector>

#include "models/assess/story/story.hpp"

namespace hedgerow::models {

/// How often one cause at one provider matters on the given paths: its present value, less what the plan
/// has of it, is at least `matters_from` of what the path costs above the plan.
struct CauseFrequency {
  Cause cause;
  ProviderId provider;
  double fraction;     ///< of the paths, 0..1
  double mean_amount;  ///< present value above the plan, over all of the paths
};

/// How often something happens with a provider on the given paths, 0..1.
struct RelationFrequency {
  ProviderId provider;
  double rival;           ///< becomes a rival or severs at some time
  double severed;         ///< severs at some time
  double scarce_signing;  ///< a contract that it is used under is signed again while capacity is scarce
};

struct Neighbourhood {
  static constexpr double matters_from = 0.10;
  std::uint64_t paths = 0;
  double mean_total = 0.0;                   ///< present value
  std::vector<CauseFrequency> causes;        ///< those that matter on any path, the most frequent first
  std::vector<RelationFrequency> providers;  ///< of providers that the strategy places anything at
};

/// Adds paths up; tallies of consecutive paths can be merged in order.
class NeighbourhoodTally {
 public:
  /// `simulation` and `teller` must outlive the tally.
  NeighbourhoodTally(const Simulation& simulation, StrategyId strategy, const StoryTeller& teller);

  void add(const World& world, const Outcome& outcome, const Journal& journal);
  void merge(const NeighbourhoodTally& other);
  Neighbourhood result() const;

 private:
  struct CauseTally {
    std::uint64_t matters = 0;
    double amount = 0.0;
  };
  struct RelationTally {
    std::uint64_t rival = 0, severed = 0, scarce_signing = 0;
  };
  bool signs_while_scarce(const World& world, const Outcome& outcome, ProviderId provider) const;

  const Simulation& simulation_;
  StrategyId strategy_;
  CauseLedger plan_;
  std::uint64_t paths_ = 0;
  double total_ = 0.0;
  std::vector<CauseTally> causes_;  ///< cause x provider
  IdVector<ProviderId, RelationTally> relations_;
};

/// Plays the paths again, in the order given, and tallies them.
Neighbourhood neighbourhood(const Simulation& simulation, StrategyId strategy,
                            std::span<const std::uint64_t> paths);

}  // namespace hedgerow::models
