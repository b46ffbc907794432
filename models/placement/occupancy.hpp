#pragma once
// Where a strategy's demand runs, month by month, and the capacity it holds and pays for there.

#include <vector>

#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// Amounts of a workload's demand below this are rounding, not shortage.
inline constexpr double negligible_share = 1e-12;

/// What one workload has at one location, as shares of its demand.
struct Holding {
  double placed = 0.0;    ///< x: demand that runs there
  double capacity = 0.0;  ///< K: what it could serve if all is well, headroom included
  double billed = 0.0;    ///< what is paid for
  double reserved = 0.0;  ///< the part of `billed` that is headroom
};

/// All holdings of a strategy from one month on.
class Stage {
 public:
  Stage() = default;
  Stage(std::size_t workloads, std::size_t locations)
      : locations_(locations), holdings_(workloads * locations) {}

  int from_month = 0;
  Holding& at(WorkloadId w, LocationId l) { return holdings_[w.value * locations_ + l.value]; }
  const Holding& at(WorkloadId w, LocationId l) const { return holdings_[w.value * locations_ + l.value]; }

 private:
  std::size_t locations_ = 0;
  std::vector<Holding> holdings_;
};

/// What a strategy begins with: x placed, x (1 + h) held and billed.
Stage initial_stage(const Scenario& scenario, const Strategy& strategy);

/// The stages of one path: the initial one, and one more by month in which something moved.
class Occupancy {
 public:
  /// `initial` must outlive the occupancy.
  void start(const Stage& initial);
  /// A copy of the last stage that holds from `month` on, to be changed.
  Stage& change(int month);

  std::size_t stages() const { return 1 + changes_; }
  const Stage& stage(std::size_t i) const { return i == 0 ? *initial_ : changed_[i - 1]; }
  const Stage& last() const { return stage(changes_); }
  const Stage& at(int month) const;

 private:
  const Stage* initial_ = nullptr;
  std::size_t changes_ = 0;
  std::vector<Stage> changed_;  ///< kept from path to path, so that its memory is reused
};

/// The part of a workload that runs at a provider.
double placed_at(const Scenario& scenario, const Stage& stage, WorkloadId workload, ProviderId provider);

}  // namespace hedgerow::models
