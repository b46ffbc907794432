#pragma once
// "Severed today": one provider serves notice at the valuation date and nothing else happens. Everything is
// the engine's own: cut-off, migration, failover.

#include <optional>
#include <vector>

#include "engine/measure/moments.hpp"
#include "models/divergence/exit.hpp"
#include "models/market/list_price.hpp"
#include "models/market/scarcity.hpp"
#include "models/placement/unserved.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// What a severance today does to a buyer, demand and prices as they are today.
struct SeveredToday {
  double unserved_hours = 0.0;     ///< of full outage to the end of the horizon, weighted by demand [h]
  double capacity_shortage = 0.0;  ///< revenue lost to them, present value [money]
  double migration = 0.0;          ///< one-time cost of moving, present value [money]
  /// Months from the notice until what is left there fits into the capacity that is reserved elsewhere;
  /// nothing: not within the horizon.
  std::optional<int> exit_months;
  bool stranded = false;  ///< something had to leave and had nowhere to go
};

/// Plays severances of the strategies of a scenario, or of variants of them. When a provider severs, its
/// whole company does: all members of its regime group.
class SeveranceShock {
 public:
  /// `scenario` must outlive the shock.
  explicit SeveranceShock(const Scenario& scenario);

  SeveredToday play(const Strategy& strategy, ProviderId provider, const ScarcityPath& scarcity) const;

  /// SeveredToday::exit_months while capacity is not scarce.
  std::optional<int> exit_months(const Strategy& strategy, ProviderId provider) const;

  /// SeveredToday::unserved_hours in each of these futures of the market, which must be sorted: those that
  /// differ only after everything has moved are played once.
  measure::Moments unserved_hours(const Strategy& strategy, ProviderId provider,
                                  const std::vector<ScarcityPath>& futures) const;

 private:
  /// Room to work in.
  struct Room {
    RegimeHistory regimes;
    Deliveries deliveries;
    Stage initial;
    Occupancy occupancy;
    Migration::State migration;
    Ledger ledger;    ///< of the migration
    Ledger shortage;  ///< of what is unserved
    UnservedDemand::Scratch unserved;
    std::vector<double> largest_incident;
  };
  struct Remainder;

  void sever(const Strategy& strategy, ProviderId provider, Room& room) const;
  void leave(const Strategy& strategy, const ScarcityPath& scarcity, Room& room) const;
  /// Capacity shortage: of the scenario as it is in money, of the weighed one in hours.
  Money unserved(const Scenario& scenario, const Strategy& strategy, const ScarcityPath& scarcity,
                 Room& room) const;
  Remainder remainder(const Room& room, WorkloadId workload, const Stage& stage) const;
  bool fits(const Strategy& strategy, const Room& room, const Stage& stage) const;
  std::optional<int> exit_months(const Strategy& strategy, const Room& room) const;
  /// From when on nothing is left at the leaver: scarcity does not matter any more.
  int settled_month(const Room& room) const;

  const Scenario& scenario_;
  Scenario weighed_;  ///< the same, but an hour of full outage costs 1
  Discounting discounting_;
  std::vector<double> month_discount_;
  DemandPath demand_;
  PricePath list_prices_;
};

}  // namespace hedgerow::models
