#pragma once
// Incidents: maximal intervals in which outages leave demand unserved (docs/model/failover.md).

#include <vector>

#include "models/ledger/ledger.hpp"
#include "models/outage/culprits.hpp"
#include "models/placement/rescue.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// An outage's part of what is unserved [share of the demand], and at whose location.
struct Blame {
  ProviderId provider;
  Culprit culprit;
  double share;
};

/// Charges the reputation cost of one workload's incidents: min(cap, b rho tau (E / tau)^gamma) at the
/// incident's start, with E equivalent full-outage hours and rho the revenue at risk when it started. In a
/// journal it is split by the hours of the outages that are to blame.
class ReputationCost {
 public:
  /// Starts a path. `terms` outlives it.
  void start(const Reputation& terms);

  /// Unserved over [from, to) [yr], in order of time: shares of the demand by provider.
  /// `discount` is the present value of 1 at `from`.
  void add(double from, double to, const std::vector<Shortage::Part>& unserved, double revenue_at_risk,
           double discount, Ledger& ledger);
  /// Whom to blame for what was added last: amounts that add up to it.
  void blame(double from, double to, const std::vector<Blame>& blames);
  /// Ends the incident that is open, if any.
  void close(Ledger& ledger);

  /// From now on every incident is written down, as that of a workload.
  void keep(Journal& journal, WorkloadId workload) {
    journal_ = &journal;
    workload_ = workload;
  }

 private:
  const Reputation* terms_ = nullptr;
  struct Hours {
    ProviderId provider;
    double hours;
  };
  std::vector<Hours> hours_;  ///< of the open incident, by provider that has any
  double start_ = 0.0, end_ = -1.0;
  double revenue_at_risk_ = 0.0, discount_ = 0.0;  ///< when it began
  bool open_ = false;
  Journal* journal_ = nullptr;
  WorkloadId workload_;
  std::vector<Blame> blames_;  ///< of the open incident; share: [h]
};

/// Charges what ReputationCost does for incidents that are one outage each: all of a path at once, their
/// powers in lanes.
class LoneIncidents {
 public:
  /// Starts a path. `terms` outlives it.
  void start(const Reputation& terms);

  /// An incident over [from, to) [yr] of so many equivalent full-outage hours > 0; `discount` is the present
  /// value of 1 at its start.
  void add(double from, double to, double hours, double revenue_at_risk, double discount) {
    incidents_.push_back({from, to, hours, scale_ * revenue_at_risk, discount, parts_.size()});
    costs_.push_back(hours * inverse_time_);
  }
  /// The last one's hours at one provider, whose cell of the ledger gets its part of the cost.
  void add_part(Money& cell, double hours) { parts_.push_back({&cell, hours}); }
  /// Whom to blame for the last one: shares in hours.
  void blame(const std::vector<Blame>& blames);

  /// Enters all of them. A journal gets them as incidents of a workload.
  void charge(Journal* journal, WorkloadId workload);

 private:
  struct Incident {
    double from, to;
    double hours;
    double scale;  ///< b rho tau
    double discount;
    std::size_t first_part;
  };
  struct Part {
    Money* cell;
    double hours;
  };
  struct IncidentBlame {
    std::size_t incident;
    Blame blame;  ///< share: [h]
  };
  void record(Journal& journal, WorkloadId workload) const;

  const Reputation* terms_ = nullptr;
  double scale_ = 0.0, inverse_time_ = 0.0;  ///< b tau [h], 1 / tau [1/h]
  std::vector<Incident> incidents_;
  std::vector<Part> parts_;            ///< of all of them, in their order
  std::vector<double> costs_;          ///< of `incidents_`; until they are charged, hours / tau
  std::vector<IncidentBlame> blames_;  ///< in order of incident
};

/// What was lost over [start, end) [yr], nominal.
struct LossPiece {
  double start, end, loss;
};

/// The largest incident by plan year in which it began; an incident of the buyer joins the losses of all
/// workloads that touch in time. `pieces` stand in order of start.
void largest_incidents(const std::vector<LossPiece>& pieces, std::size_t years, std::vector<double>& largest);

}  // namespace hedgerow::models
