#pragma once
// How much of what is lost at an instant is rescued by spare capacity elsewhere (docs/model/failover.md).

#include <cstddef>
#include <vector>

#include "models/placement/occupancy.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// One workload at one instant: amounts are shares of its demand, by location.
struct Shortage {
  std::vector<double> lost;       ///< g: placed there and not served there
  std::vector<double> announced;  ///< g' <= g: would be lost if nothing were down (withheld or cut off)
  std::vector<double> eligible;   ///< m, g' <= m <= g: may be served elsewhere by now
  std::vector<double> on_demand;  ///< what can be had there in a crisis
  double spare = 0.0;             ///< reserved capacity that is idle, all locations
  double spare_if_up = 0.0;       ///< the same if nothing were down
  double on_demand_sum = 0.0, on_demand_if_up = 0.0;
  double lost_sum = 0.0, eligible_sum = 0.0, announced_sum = 0.0;

  double rescued = 1.0;        ///< r: part of what is eligible that is served elsewhere
  double rescued_if_up = 1.0;  ///< r': the same of what is announced, if nothing were down
  double bought = 0.0;         ///< part of the demand that is served by on-demand capacity

  /// What stays unserved, set by settle(): because of outages, by provider, and because of who turned away,
  /// by location.
  struct Part {
    ProviderId provider;
    double share;
  };
  std::vector<Part> by_outage, by_turning;
  std::vector<Part> purchase;  ///< where `bought` is bought: parts of it, by provider
  double by_outage_sum = 0.0, announced_unserved = 0.0;

  /// Sums are 0; the amounts by location are to be filled in.
  void reset(std::size_t locations);
  /// After the rescue; `provider[l]` owns location l. A provider's locations stand together.
  void settle(const std::vector<ProviderId>& provider);
  /// Whether anything is unserved or bought, beyond rounding.
  bool costs() const {
    return bought > negligible_share || announced_unserved > negligible_share ||
           by_outage_sum > negligible_share;
  }
  double lack(std::size_t l) const { return lost[l] - announced[l]; }  ///< to outages
  double unserved(std::size_t l) const { return lost[l] - rescued * eligible[l]; }
  double unserved_if_up(std::size_t l) const { return announced[l] - rescued_if_up * announced[l]; }
};

/// The workload's own spare capacity serves it: r = min(1, spare / eligible).
void rescue_alone(Shortage& shortage);

/// All workloads share their spare capacity, in units; the first is served first.
/// `demand[i]` are the units that workload i demands; one that demands none has none to share and is served
/// by its own.
void rescue_pooled(const std::vector<Shortage*>& by_value, const std::vector<double>& demand);

}  // namespace hedgerow::models
