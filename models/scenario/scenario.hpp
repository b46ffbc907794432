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
using WorkloadId = Id<struct WorkloadTag>;
using StrategyId = Id<struct StrategyTag>;

struct Provider {
  std::string name;
  ListPrice list_price;
  double product_overlap;
  double equity_stake;
  std::optional<Divergence> divergence;
};

/// A region of a provider.
struct Location {
  std::string name;  ///< "provider.region"
  ProviderId provider;
};

struct Factor {
  std::string name;
  double variance;
};

enum class EntityKind { region, provider, shared };

/// Something that fails as one and takes capacity at one or more locations (model.md A.2).
struct OutageEntity {
  std::string name;  ///< also names its random streams: "region:p.r", "provider:p" or "shared:s"
  EntityKind kind;
  PerYear rate;
  DurationLaw duration;
  Severity severity;
  Overlap overlap;
  double own_weight;                                   ///< w_0, the part of the rate without frailty
  std::vector<std::pair<FactorId, double>> weights;    ///< w_k > 0
  std::vector<std::pair<LocationId, double>> impacts;  ///< iota > 0
};

struct NamedWorkload {
  std::string name;
  Workload terms;
};

struct Strategy {
  std::string name;
  IdVector<WorkloadId, IdVector<LocationId, double>> placement;  ///< share of demand, sums to 1 by workload
  IdVector<ProviderId, Contract> contracts;
  IdVector<ProviderId, double> share;  ///< s_p, share of the buyer's demand at the provider, as planned
};

/// The weights of model.md B.1 for an entity of this kind without `frailty:`; `provider` is the one it
/// belongs to.
std::map<std::string, Default> default_frailty(EntityKind kind, const std::string& provider);

struct Scenario {
  /// Throws InvalidInput naming every contradiction found by problems(input).
  explicit Scenario(const ScenarioInput& input);

  Horizon horizon;
  std::string currency;
  std::optional<Scarcity> scarcity;
  IdVector<ProviderId, Provider> providers;
  IdVector<LocationId, Location> locations;
  IdVector<FactorId, Factor> factors;
  IdVector<EntityId, OutageEntity> entities;
  IdVector<WorkloadId, NamedWorkload> workloads;
  IdVector<StrategyId, Strategy> strategies;  ///< in the user's order
  /// Lower Cholesky factor of the price correlation, providers in order; nothing: common-factor form.
  std::optional<SquareMatrix> correlation_factor;
};

/// Name of the frailty factor that every region and provider shares by default.
inline constexpr const char* industry_factor = "industry";
/// Key of the idiosyncratic part among frailty weights.
inline constexpr const char* own_weight_key = "own";

}  // namespace hedgerow::models
