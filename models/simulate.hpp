#pragma once
// World + Strategy -> Ledger: the one place where the models meet. simulate.cpp reads as the table of
// contents of a path.

#include <cstdint>
#include <memory>
#include <vector>

#include "models/contract/billing.hpp"
#include "models/contract/contract_prices.hpp"
#include "models/contract/service_level.hpp"
#include "models/divergence/clocks.hpp"
#include "models/divergence/exit.hpp"
#include "models/divergence/history.hpp"
#include "models/ledger/discounting.hpp"
#include "models/ledger/journal.hpp"
#include "models/ledger/ledger.hpp"
#include "models/market/demand.hpp"
#include "models/market/list_price.hpp"
#include "models/market/scarcity.hpp"
#include "models/outage/culprits.hpp"
#include "models/outage/outage_world.hpp"
#include "models/placement/occupancy.hpp"
#include "models/placement/unserved.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// One path of chance, the same for every strategy. Contains no strategy.
struct World {
  std::uint64_t path = 0;
  bool all_stay_aligned = false;  ///< nobody turns away, whatever the clocks say: the plan, and what-ifs
  OutageWorld outages;
  ScarcityPath scarcity;
  PricePath list_prices;
  DemandPath demand;
  ListPriceSampler::Scratch price_scratch;
};

/// What the paths are drawn from, if not independently from the law of the scenario.
struct PathDesign {
  std::shared_ptr<const OutageMixture> mixture;  ///< of tilted outages; null: none
  std::uint32_t sobol_replicates = 0;            ///< scrambles of Sobol points; 0: none
  std::uint32_t parameter_groups = 0;            ///< path i has the parameters of i modulo this; 0: its own
};

/// What one strategy made of one world.
struct Outcome {
  RegimeHistory regimes;
  Deliveries deliveries;
  Occupancy occupancy;
  Migration::State migration;
  ContractPrices prices;
  IdVector<ProviderId, ProviderBills> bills;
  Ledger ledger;
  Money hedge_premium;                   ///< the part of spend that goes to reserved headroom
  std::vector<double> largest_incident;  ///< by plan year, nominal; see UnservedDemand::charge

  RegimeProcess::State regime_state;      ///< room to work in, reused from path to path
  CreditRoom credit_room;                 ///< room to work in
  UnservedDemand::Scratch unserved_room;  ///< room to work in
};

/// A scenario ready to be played, path by path. Thread-safe: every call writes only to what it is given.
class Simulation {
 public:
  /// `scenario` must outlive the simulation.
  Simulation(const Scenario& scenario, std::uint64_t seed, const PathDesign& design = {});

  /// Draws path number `path`; the same bits whenever and wherever it is called.
  void sample(std::uint64_t path, World& world) const;

  /// The deterministic skeleton that losses are measured against (docs/model/path.md).
  void plan(World& world) const;

  /// Plays one strategy on a world. A journal gets what it cost by cause and date, and changes no bit of
  /// the outcome.
  void evaluate(const World& world, StrategyId strategy, Outcome& outcome, Journal* journal = nullptr) const;

  const Scenario& scenario() const { return scenario_; }
  bool weighs_paths() const { return weighs_paths_; }  ///< by a mixture
  const OutageSampler& outages() const { return outages_; }
  const RegimeClocks& clocks() const { return clocks_; }

 private:
  /// What is ready of a strategy before any path is played.
  struct Player {
    Stage initial;
    RegimeProcess regimes;
    Migration migration;
    ContractPricing pricing;
    UnservedDemand unserved;
  };
  IdVector<ProviderId, double> current_shares(const World& world, const Outcome& outcome, int month) const;
  void follow_relations(const World& world, StrategyId strategy, Outcome& outcome, Journal* journal) const;

  const Scenario& scenario_;
  bool weighs_paths_;
  Discounting discounting_;
  std::vector<double> month_discount_;           ///< exp(-r t_k) by month start, the horizon's end included
  std::unique_ptr<random::SobolPoints> points_;  ///< what matters most takes its coordinates first
  ScarcitySampler scarcity_;
  RegimeClocks clocks_;
  ListPriceSampler list_prices_;
  DemandSampler demand_;
  OutageSampler outages_;
  Culprits culprits_;
  IdVector<StrategyId, Player> players_;
};

}  // namespace hedgerow::models
