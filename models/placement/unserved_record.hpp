#pragma once
// Writes down what unserved demand costs, and whom to blame for it: used only where a journal is kept
// (docs/model/causes.md).

#include <span>
#include <vector>

#include "models/contract/contract_prices.hpp"
#include "models/outage/culprits.hpp"
#include "models/placement/incidents.hpp"
#include "models/placement/situations.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// Follows the sweep of one pool of workloads, piece by piece. What an outage takes at a location is split
/// over the entities that are down there, in proportion to what each would take alone; where none is down
/// (spare capacity elsewhere has failed), over those that are down anywhere in the pool, by the capacity
/// that each would take alone.
class UnservedRecord {
 public:
  /// All arguments must outlive the record.
  UnservedRecord(const Scenario& scenario, const Strategy& strategy, const Circumstances& now,
                 const OutageJournal& outages, const std::vector<WorkloadId>& workloads,
                 const std::vector<LocationId>& locations);

  /// A piece [from, to) [yr] in which nothing changes, and what each workload lacks; pieces come in order of
  /// time. Where the same outages are running as in the last one, and nothing else has changed, nobody is
  /// looked for again.
  void begin(double from, double to, int month, std::span<const Shortage> shortages,
             bool same_outages = false);

  /// Capacity withheld or cut off. `revenue` is at risk [money/h]; `flow` is the piece's length [h].
  void shortage(std::size_t workload, double revenue, const Money& flow);

  /// Outages. Returns who is to blame.
  const std::vector<Blame>& outage(std::size_t workload, double revenue, const Money& flow);

  /// A lone outage in a pool of one workload, which lasts before failover and after [h]. Returns who is to
  /// blame, with shares in hours.
  const std::vector<Blame>& lone_outage(const Situation& situation, double revenue, const Money& waiting,
                                        const Money& recovered);

  /// Capacity bought on demand over [from, to): owed to whatever is rescued in the pool.
  void bought(ProviderId provider, double from, double to, double unit_hours, const Money& bill);

 private:
  /// What needs rescue because of an outage, or (without a culprit) because somebody has turned away.
  struct Need {
    std::optional<Culprit> culprit;
    double contagion;
    double units;
  };
  ProviderId provider_at(std::size_t location) const {
    return scenario_.locations[locations_[location]].provider;
  }
  double contagion_of(ProviderId provider) const;
  double held(std::size_t location) const;
  const std::vector<Culprit>& culprits_for(std::size_t location);
  void find_culprits(std::size_t location, std::vector<Culprit>& culprits);
  void blame(std::size_t location, double amount, std::vector<Blame>& out);
  void find_needs();

  const Scenario& scenario_;
  const Strategy& strategy_;
  const Circumstances& now_;
  const OutageJournal& outages_;
  const std::vector<WorkloadId>& workloads_;
  const std::vector<LocationId>& locations_;
  double from_ = 0.0, to_ = 0.0;
  int month_ = 0;
  std::span<const Shortage> shortages_;
  Culprits::Progress progress_;
  /// Who takes what is lost at a location in this piece.
  struct Known {
    bool looked_for = false;
    std::vector<Culprit> culprits;
  };
  std::vector<Known> known_;    ///< by location
  std::vector<Culprit> there_;  ///< room to work in
  std::vector<Blame> blames_, rescued_;
  std::vector<Need> needs_;
};

}  // namespace hedgerow::models
