#pragma once
// What unserved demand costs: strategic loss first, outage as the increment (docs/model/path.md), so that an
// outage at a provider that has cut the buyer off adds nothing.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/contract/contract_prices.hpp"
#include "models/ledger/discounting.hpp"
#include "models/ledger/ledger.hpp"
#include "models/outage/outage_world.hpp"
#include "models/placement/incidents.hpp"
#include "models/placement/instants.hpp"
#include "models/placement/occupancy.hpp"
#include "models/placement/rescue.hpp"
#include "models/placement/situations.hpp"
#include "models/placement/unserved_record.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// Plays one strategy's unserved demand through a path (sweep.hpp).
class UnservedDemand {
 public:
  UnservedDemand(const Scenario& scenario, const Strategy& strategy);

  /// Works out what usual outages take before anything moves: worth it where many paths are to be played, and
  /// changes no number.
  void prepare();

  /// Room to work in, reused from path to path.
  struct Scratch;

  /// Charges `outage`, `capacity_shortage`, `reputation` and, to `spend`, capacity bought on demand.
  /// `largest_incident` gets, by plan year in which it began, the nominal outage loss of the largest
  /// incident. A journal changes no bit of them.
  void charge(const Circumstances& now, const OutageWorld& outages, const Discounting& discounting,
              Scratch& scratch, Ledger& ledger, std::vector<double>& largest_incident,
              const OutageJournal* journal = nullptr) const;

 private:
  /// Workloads that share spare capacity, the most valuable first, and where they have or may get any.
  struct Pool {
    std::vector<WorkloadId> workloads;
    std::vector<LocationId> locations;
    std::vector<ProviderId> providers;       ///< of `locations`
    std::vector<std::size_t> index_of;       ///< of a location among `locations`
    std::vector<std::uint64_t> bits;         ///< of `locations`, where it looks up
    bool has_bits_of_clusters = false;       ///< they are those of DowntimeCluster
    std::vector<bool> uses_at_first;         ///< by location, before anything has moved
    std::vector<bool> offers;                ///< by location: capacity can be had there on demand
    std::vector<std::size_t> reputation_of;  ///< by workload: counted among those that have one; or `none`
    std::size_t reputations = 0;
    bool wanders = false;              ///< some demand changes from month to month
    bool buys = false;                 ///< capacity can be had on demand, by state of the market
    bool can_look_up = false;          ///< see lookup.cpp
    double recovery_time = 0.0;        ///< [yr] of the only workload
    double recovery_discount = 1.0;    ///< present value of 1 that time later
    double recovery_present = 0.0;     ///< [yr] present value of a flow of 1 a year until then
    std::vector<Situations> at_first;  ///< see background_at_first(); empty: not prepared
    /// Before anything moves, while nobody or one provider is a rival; by state of the market.
    std::size_t background_at_first(std::optional<ProviderId> rival, bool scarce) const {
      return 2 * (rival ? 1 + rival->value : 0) + (scarce ? 1 : 0);
    }
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
  };
  struct Sweep;
  Pool pool_of(std::vector<WorkloadId> workloads) const;
  void prepare(Pool& pool) const;
  void prepare_background(Pool& pool, std::optional<ProviderId> rival,
                          const std::vector<std::uint64_t>& downs) const;
  void assess_losses(const Pool& pool, std::size_t workload, const Stage& stage, bool scarce,
                     const std::vector<double>& available, const std::vector<double>& delivered,
                     Shortage& out) const;
  void work_out(const Pool& pool, const Stage& stage, bool scarce, const std::vector<double>& available,
                const std::vector<double>& delivered, Situation& out) const;

  const Scenario& scenario_;
  const Strategy& strategy_;
  Stage initial_;
  std::vector<Pool> pools_;
};

/// Something takes capacity over [start, end): a downtime at a location, or a restriction of a provider.
struct Span {
  double start, end;
  const Downtime* downtime;        ///< null: a restriction
  const Restriction* restriction;  ///< null: a downtime
  ProviderId provider;             ///< of the restriction
  std::uint64_t bit = 0;           ///< names the restriction among those of its pool
};

/// When a pool has, or may get, anything at a location [yr].
struct Use {
  double since, until;  ///< infinite: never
  bool steady;          ///< all the time in between
};

struct UnservedDemand::Scratch {
  bool step_by_step = false;  ///< works everything out, piece by piece, and looks nothing up: the same up to
                              ///< rounding, slower (tests)

  std::vector<Span> spans;         ///< in order of start; where the sweep looks up, downtimes only
  std::vector<Span> restrictions;  ///< where it looks up: of all providers of the pool
  std::vector<Span> stretch;       ///< spans that are played piece by piece, in order of start
  std::vector<Span> active;
  Instants points, rises, others;
  std::vector<Use> uses;                     ///< by location
  std::vector<double> available, delivered;  ///< a and b by index into the pool's locations
  std::vector<Shortage> shortages;           ///< by workload of the pool
  std::vector<std::vector<double>> history;  ///< by workload: outage part g - g' of piece x location
  std::vector<ReputationCost> reputations;   ///< of the workloads of the pool that have one
  std::vector<LossPiece> losses, merged;

  LoneIncidents incidents;          ///< of outages that meet nothing
  Situations known;                 ///< of what is held and delivered at present
  Situation unusual;                ///< something is down in part
  std::vector<LackHistory> lacked;  ///< by index into the pool's locations

  void merge_losses(std::ptrdiff_t earlier);
};

}  // namespace hedgerow::models
