#pragma once
// Incidents: maximal intervals in which outages leave demand unserved (model.md B.9).

#include <span>
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

/// Charges what ReputationCost does for incidents that are one outage each, which waits for failover and then
/// has what failover leaves: all of a path at once, their powers in lanes.
class LoneIncidents {
 public:
  /// Starts a path. `terms` outlives it.
  void start(const Reputation& terms);

  /// Incidents that leave the same shares of the demand unserved, in a plan year in which `revenue` is at
  /// risk [money/h]: their number.
  std::size_t add_kind(std::span<const Shortage::Part> waiting, std::span<const Shortage::Part> recovered,
                       double revenue, std::size_t year);
  /// One of them, over [from, to) [yr], with its hours before and after failover; `discount` is the present
  /// value of 1 at its start.
  void add(std::size_t kind, double from, double to, double waiting, double recovered, double discount);
  /// Whom to blame for `hours` of the incident that was added last.
  void blame(double hours, const std::vector<Blame>& blames);

  /// Enters all of them. A journal gets them as incidents of a workload.
  void charge(Ledger& ledger, Journal* journal, WorkloadId workload);

 private:
  /// Equivalent full-outage hours of an incident that are a provider's, by hour of its phases.
  struct ProviderPart {
    ProviderId provider;
    double waiting, recovered;
  };
  struct Kind {
    double scale;  ///< b rho tau
    std::size_t year;
    std::size_t first_part, last_part;
    double waiting, recovered;  ///< sums of its parts
  };
  struct Incident {
    std::size_t kind;
    double from, to;
    double waiting, recovered;  ///< [h]
    double discount;
    double hours;  ///< equivalent full-outage hours
  };
  struct IncidentBlame {
    std::size_t incident;
    Blame blame;  ///< share: [h]
  };
  void record(Journal& journal, WorkloadId workload) const;

  const Reputation* terms_ = nullptr;
  std::vector<Kind> kinds_;
  std::vector<ProviderPart> parts_;  ///< of all kinds
  std::vector<Incident> incidents_;
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
