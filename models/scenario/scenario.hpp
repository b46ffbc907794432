#pragma once
// The whole problem, checked and indexed: names are resolved to ids, providers, locations, entities
// and workloads stand in the order of their names, so that no result hangs on the order of a file.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/id.hpp"
#include "models/scenario/correlation.hpp"
#include "models/scenario/input.hpp"

namespace hedgerow::models {

using ProviderId = Id<struct ProviderTag>;
using LocationId = Id<struct LocationTag>;
using EntityId = Id<struct EntityTag>;
using FactorId = Id<struct FactorTag>;
using RegimeGroupId = Id<struct RegimeGroupTag>;
using PriceGroupId = Id<struct PriceGroupTag>;
using WorkloadId = Id<struct WorkloadTag>;
using StrategyId = Id<struct StrategyTag>;

struct Provider {
  std::string name;
  ListPrice list_price;
  double product_overlap;
  double equity_stake;
  double unit_cost_ratio;
  double buyer_share_of_vendor;
  std::optional<Provisioning> provisioning;
  bool alternative;
  std::optional<Divergence> divergence;
  PriceGroupId price_group;
  RegimeGroupId regime_group;
  std::vector<LocationId> locations;  ///< its regions
};

/// Providers that turn away as one; most groups have one member.
struct RegimeGroup {
  std::string name;  ///< also names its clocks
  std::vector<ProviderId> members;
};

/// Providers whose list prices move by the same chance; most groups have one member.
struct PriceGroup {
  std::string name;  ///< also names its random streams
  ListPrice terms;   ///< of the first member; all move alike
};

/// A region of a provider.
struct Location {
  std::string name;  ///< "provider.region"
  ProviderId provider;
};

struct Factor {
  std::string name;
  double variance;
  double persistence;
};

enum class EntityKind { region, provider, shared };

/// Something that fails as one and takes capacity at one or more locations (docs/model/outages.md).
struct OutageEntity {
  std::string name;  ///< also names its random streams: "region:p.r", "provider:p" or "shared:s"
  EntityKind kind;
  PerYear rate;
  std::optional<RatePosterior> rate_posterior;  ///< nothing: the rate is known
  DurationLaw duration;
  Severity severity;
  Overlap overlap;
  std::optional<Clustering> clustering;
  double own_weight;                                   ///< w_0, the part of the rate without frailty
  std::vector<std::pair<FactorId, double>> weights;    ///< w_k > 0
  std::vector<std::pair<LocationId, double>> impacts;  ///< iota > 0
};

struct NamedWorkload {
  std::string name;
  Workload terms;
};

/// A destination of capacity that leaves a provider, and its part of it.
struct Destination {
  LocationId location;
  double weight;  ///< > 0
};

/// Where one workload runs under a strategy, and what it does when something fails.
struct WorkloadPlan {
  IdVector<LocationId, double> placement;    ///< x, share of demand, sums to 1
  IdVector<LocationId, double> headroom;     ///< h, reserved / placed - 1
  IdVector<LocationId, OnDemand> on_demand;  ///< u, share of demand
  FailoverPolicy policy;
  double recovery_time;  ///< R [yr]
  /// By leaving provider: the exit plan, or the workload's locations elsewhere by their shares.
  IdVector<ProviderId, std::vector<Destination>> exit_plan;
  IdVector<ProviderId, std::vector<Destination>> exit_default;
  /// Where to when none of these is left: wherever somebody takes the buyer in.
  IdVector<ProviderId, std::vector<Destination>> exit_refuge;
  int exit_lead_months;
  bool rehomed_headroom;

  /// Whether the workload has, or may ever get, anything at a location.
  bool may_run_at(LocationId location) const;
};

struct Strategy {
  std::string name;
  IdVector<WorkloadId, WorkloadPlan> workloads;
  bool pooled_headroom;
  IdVector<ProviderId, Contract> contracts;
  IdVector<ProviderId, double> share;  ///< s_p, share of the buyer's demand at the provider, as planned
};

/// The recovery time in force: what the config says, or the default of the policy [h].
double recovery_hours(const Failover& failover);

/// Where each workload runs by demand: sum_w q_w y_{w,l in p} / sum_w q_w; workloads count alike where
/// nothing is demanded. `running(w, l)` is the share y, `demand(w)` the demand q.
struct Scenario;

/// s_p: where the buyer's demand runs, sum_w q_w y_{w,l in p} / sum_w q_w; workloads count alike where
/// nothing is demanded. `running(w, l)` is the share y, `demand(w)` the demand q.
template <class Running, class Demand>
IdVector<ProviderId, double> shares_of_demand(const Scenario& scenario, Running running, Demand demand);

/// Where a workload that is placed so goes when a provider leaves, unless a plan says it: to where it is with
/// other companies, by its shares there.
std::vector<Destination> surviving_locations(const Scenario& scenario,
                                             const IdVector<LocationId, double>& placement,
                                             ProviderId leaver);

/// Whether a location is of another company than `leaver`: a company's other providers sever with it.
bool is_elsewhere(const Scenario& scenario, LocationId location, ProviderId leaver);

/// The weights of docs/model/outages.md for an entity of this kind without `frailty:`; `group` is the frailty
/// group of the provider that it belongs to.
std::map<std::string, Default> default_frailty(EntityKind kind, const std::string& group);

/// The group's name, or the provider's own where none is given.
inline const std::string& group_name(const std::string& group, const std::string& provider) {
  return group.empty() ? provider : group;
}

struct Scenario {
  /// Throws InvalidInput naming every contradiction found by problems(input).
  explicit Scenario(const ScenarioInput& input);

  Horizon horizon;
  std::string currency;
  std::optional<Scarcity> scarcity;
  Bargaining bargaining;
  IdVector<PriceGroupId, PriceGroup> price_groups;
  IdVector<RegimeGroupId, RegimeGroup> regime_groups;
  IdVector<ProviderId, Provider> providers;
  IdVector<LocationId, Location> locations;
  IdVector<FactorId, Factor> factors;
  IdVector<EntityId, OutageEntity> entities;
  IdVector<WorkloadId, NamedWorkload> workloads;
  IdVector<StrategyId, Strategy> strategies;  ///< in the user's order
  /// Lower Cholesky factor of the price correlation, price groups in order; nothing: common-factor form.
  std::optional<SquareMatrix> correlation_factor;
};

/// Name of the frailty factor that every region and provider shares by default.
inline constexpr const char* industry_factor = "industry";
/// Key of the idiosyncratic part among frailty weights.
inline constexpr const char* own_weight_key = "own";

template <class Running, class Demand>
IdVector<ProviderId, double> shares_of_demand(const Scenario& scenario, Running running, Demand demand) {
  double total = 0.0;
  for (const WorkloadId w : scenario.workloads.keys()) total += demand(w);
  IdVector<ProviderId, double> shares(scenario.providers.size(), 0.0);
  for (const WorkloadId w : scenario.workloads.keys()) {
    const double weight =
        total > 0.0 ? demand(w) / total : 1.0 / static_cast<double>(scenario.workloads.size());
    for (const LocationId l : scenario.locations.keys())
      shares[scenario.locations[l].provider] += weight * running(w, l);
  }
  return shares;
}

}  // namespace hedgerow::models
