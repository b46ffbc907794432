#pragma once
// What the buyer demands, month by month, relative to the beginning (docs/model/pricing.md).

#include <cstdint>
#include <vector>

#include "engine/random/shock_bridge.hpp"
#include "engine/random/stream.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// q_w(k) / q_w: growth from plan year to plan year times a lognormal martingale D_w(t_k), D_w(0) = 1.
class DemandPath {
 public:
  void resize(std::size_t workloads, std::size_t months) {
    months_ = months;
    factors_.resize(workloads * months);
  }
  double& at(WorkloadId workload, std::size_t month) { return factors_[workload.value * months_ + month]; }
  const double& at(WorkloadId workload, std::size_t month) const {
    return factors_[workload.value * months_ + month];
  }

 private:
  std::size_t months_ = 0;
  std::vector<double> factors_;
};

/// q_w(k): what the workload demands in a month [units].
inline double demanded_units(const Scenario& scenario, const DemandPath& demand, WorkloadId workload,
                             int month) {
  return scenario.workloads[workload].terms.demand * demand.at(workload, static_cast<std::size_t>(month));
}

class DemandSampler {
 public:
  /// The leading components of the shocks come from `points` where there are any.
  DemandSampler(const Scenario& scenario, std::uint64_t seed, random::SobolPoints* points = nullptr);
  void sample(std::uint64_t path, DemandPath& out) const;

  /// The plan: demand grows, nothing else (docs/model/path.md).
  void plan(DemandPath& out) const;

 private:
  struct WorkloadDraws {
    double volatility;           ///< sigma_q [1/sqrt(yr)]
    std::vector<double> growth;  ///< by month
    random::Stream shocks;
    random::ShockBridge bridge;
  };
  std::size_t months_;
  std::vector<WorkloadDraws> workloads_;
};

}  // namespace hedgerow::models
