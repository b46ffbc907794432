#pragma once
// Leaving a provider: where to, how fast, and what it costs (docs/model/exit.md).

#include <vector>

#include "models/divergence/restriction.hpp"
#include "models/ledger/journal.hpp"
#include "models/ledger/ledger.hpp"
#include "models/market/demand.hpp"
#include "models/market/scarcity.hpp"
#include "models/placement/occupancy.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

using Deliveries = IdVector<ProviderId, Delivery>;

/// Whether a location takes in month `month` what has to leave elsewhere.
bool can_take(const Scenario& scenario, LocationId location, const Deliveries& deliveries, int month);

/// Calls visit(location, weight) for where a workload goes from `leaver` in month `month`: the locations of
/// its exit plan whose providers can still take it, or else those where it was placed from the beginning, or
/// else its refuge; weights sum to 1. False: nowhere.
template <class Visit>
bool for_each_destination(const Scenario& scenario, const WorkloadPlan& plan, ProviderId leaver,
                          const Deliveries& deliveries, int month, Visit visit) {
  for (const auto* const choice : {&plan.exit_plan, &plan.exit_default, &plan.exit_refuge}) {
    const std::vector<Destination>& candidates = (*choice)[leaver];
    double sum = 0.0;
    for (const Destination& to : candidates)
      if (can_take(scenario, to.location, deliveries, month)) sum += to.weight;
    if (sum == 0.0) continue;
    for (const Destination& to : candidates)
      if (can_take(scenario, to.location, deliveries, month)) visit(to.location, to.weight / sum);
    return true;
  }
  return false;
}

/// Moves what is placed at providers under notice, month by month.
class Migration {
 public:
  Migration(const Scenario& scenario, const Strategy& strategy);

  /// What would move in a month.
  struct Wish {
    WorkloadId workload;
    ProviderId leaver;
    LocationId location;
    double share, units;
  };

  /// What has moved so far on one path, by leaver.
  struct State {
    IdVector<ProviderId, IdVector<WorkloadId, double>> moved;  ///< share of the workload
    struct Arrival {
      ProviderId leaver;
      WorkloadId workload;
      LocationId location;
      double share;
    };
    std::vector<Arrival> arrivals;  ///< that may still get headroom at their new place
    bool stranded = false;          ///< something had to leave and had nowhere to go

    std::vector<Wish> wishes;  ///< room to work in
    IdVector<RegimeGroupId, double> leaving, ramp, wanted;
  };
  void start(State& state) const;

  /// Plays months [from, to): adds a stage to `occupancy` for every month in which something moves, and
  /// charges what arrives. `month_discount[k]` is the present value of 1 at t_k.
  void advance(State& state, int from, int to, const Deliveries& deliveries, const ScarcityPath& scarcity,
               const DemandPath& demand, const std::vector<double>& month_discount, Occupancy& occupancy,
               Ledger& ledger, Journal* journal = nullptr) const;

 private:
  void wish(State& state, int month, const Deliveries& deliveries, const DemandPath& demand,
            const Stage& stage) const;
  RegimeGroupId taker(const Wish& wish) const;
  void fit_to_supply(State& state, bool scarce) const;
  void move(const Deliveries& deliveries, State& state, Stage& stage) const;
  void leave(ProviderId leaver, WorkloadId workload, double kept, Stage& stage) const;
  void complete(ProviderId leaver, WorkloadId workload, const Deliveries& deliveries, State& state,
                Stage& stage) const;
  void charge(const State& state, int month, const DemandPath& demand, const Stage& before, double discount,
              const Deliveries& deliveries, Ledger& ledger, Journal* journal) const;

  /// What is provisioned in a month [units], by state of the market.
  struct Supply {
    double normal = 0.0, scarce = 0.0;
    double in(bool is_scarce) const { return is_scarce ? scarce : normal; }
  };
  const Scenario& scenario_;
  const Strategy& strategy_;
  IdVector<LocationId, Supply> supply_;       ///< of its provider
  IdVector<RegimeGroupId, Supply> together_;  ///< of the member that provisions most
};

}  // namespace hedgerow::models
