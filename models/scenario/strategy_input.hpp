#pragma once
// What belongs to the buyer: workloads, and what may be chosen for them - placement, failover, contracts,
// exit. Part of input.hpp.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/quantity.hpp"
#include "models/scenario/defaults.hpp"

namespace hedgerow::models {

/// What an incident costs beyond the hours themselves: min(cap, b rho tau (E / tau)^gamma) for E
/// equivalent full-outage hours (docs/model/failover.md).
struct Reputation {
  double factor = 0.0;                                    ///< b >= 0
  Hours time{defaults::reputation_time.value};            ///< tau > 0
  double exponent = defaults::reputation_exponent.value;  ///< gamma >= 1
  std::optional<double> cap;                              ///< [money] >= 0; nothing: none
};

struct Workload {
  double demand = 0.0;                     ///< q [units], >= 0
  double revenue_at_risk = 0.0;            ///< rho [money/h at full outage], >= 0; scales with the demand
  double growth = defaults::growth.value;  ///< of the demand from plan year to plan year, > -1
  double demand_volatility = defaults::demand_volatility.value;  ///< sigma_q [1/sqrt(yr)], 0..2
  std::optional<Reputation> reputation = {};                     ///< nothing: no such cost
};

enum class PriceMode { fixed, cap, floating };

/// How a contract is priced when its term ends.
enum class Renewal {
  list,    ///< the same discount off the list price of the day
  bargain  ///< the Nash bargaining price of docs/model/bargaining.md
};

/// What a vendor owes for downtime, as part of a month's bill of a location (docs/model/contracts.md).
struct ServiceLevel {
  /// (uptime below which it holds, credit), uptimes decreasing, credits increasing.
  std::vector<std::pair<double, double>> tiers;
  Fraction qualification{defaults::sla_qualification.value};  ///< probability that an outage counts
  Fraction claim{defaults::sla_claim.value};                  ///< chi, part of what is due that is claimed
  Fraction cap_month{defaults::sla_cap_month.value};          ///< of the month's bill of the location
  Fraction cap_year{defaults::sla_cap_year.value};            ///< of the contract year's bill
  bool covers_shared = false;                                 ///< outages of shared dependencies count too
};

/// What moving the data out costs.
struct Egress {
  double price = defaults::egress_price.value;    ///< [money/TB] >= 0
  double volume = defaults::egress_volume.value;  ///< [TB] >= 0
};

/// Terms with one provider (docs/model/contracts.md). None: floating, month to month, no discount.
struct Contract {
  PriceMode mode = PriceMode::floating;
  int term_months = 0;                            ///< 0: month to month
  double discount = defaults::no_discount.value;  ///< delta off list, 0..1
  Years notice{defaults::notice.value};           ///< from severance to cut-off, >= 0
  int start_month = 0;  ///< [month] from the start of the horizon; before: no contract
  Renewal renewal = Renewal::list;
  std::vector<double> commitment = {};          ///< [money/yr] by contract year, the last one stands on
  Fraction rollover{defaults::rollover.value};  ///< of a surplus, credited to the next contract year
  bool release_on_vendor_termination = true;    ///< the commitment ends with the cut-off
  /// (annual spend [money/yr] from which it holds, discount), both increasing; marginal.
  std::vector<std::pair<double, double>> volume_tiers = {};
  std::optional<ServiceLevel> sla = {};
  double migration_cost = defaults::migration_cost.value;  ///< kappa_mig [money/unit] moved away
  Egress egress = {};
  bool dual_run = true;                       ///< capacity that has moved away is billed until the cut-off
  std::optional<double> switching_cost = {};  ///< K [money]; nothing: by Bargaining::switching_cost
};

enum class FailoverPolicy { none, cold, warm, active_active };

/// Part of the demand that can be had in a crisis, by state of the market; paid at list while used.
struct OnDemand {
  Fraction normal{defaults::no_on_demand.value};
  Fraction scarce{defaults::no_on_demand.value};
};

/// What happens to what is down (docs/model/failover.md).
struct Failover {
  FailoverPolicy policy = FailoverPolicy::none;
  std::optional<Hours> recovery_time;  ///< R >= 0; nothing: the default of the policy
  /// Reserved capacity / placed capacity - 1: one for all locations, or by location; paid for.
  std::variant<Fraction, std::map<std::string, double>> headroom = Fraction(defaults::no_headroom.value);
  std::map<std::string, OnDemand> on_demand_headroom;  ///< by location
};

struct WorkloadChoice {
  std::map<std::string, double> placement;  ///< share of demand by location, sums to 1 within 1e-9
  Failover failover;
  /// Where to when a provider leaves: by leaver, weights by location that sum to 1 within 1e-9. Nothing:
  /// to the surviving locations in proportion to their shares.
  std::map<std::string, std::map<std::string, double>> exit_plan;
  int exit_lead_months = 0;       ///< from notice to the beginning of the move
  bool rehomed_headroom = false;  ///< after the move, reserve headroom at the new place as well
};

/// What the buyer chooses; contains no chance.
struct StrategyInput {
  bool pooled_headroom = false;  ///< workloads share their spare capacity, the most valuable first
  std::map<std::string, WorkloadChoice> workloads;
  std::map<std::string, Contract> contracts;  ///< by provider
};

}  // namespace hedgerow::models
