#pragma once
// What a strategy costs on a path.

#include <array>
#include <vector>

#include "bench/peers/scalar/relations.hpp"

namespace peer {

enum Component {
  spend,
  outage,
  reputation,
  sla_credit,
  capacity_shortage,
  migration,
  commitment_shortfall,
  regime,
  component_count
};
constexpr const char* component_names[] = {
    "spend", "outage", "reputation", "sla_credit", "capacity_shortage", "migration", "commitment_shortfall",
    "regime"};

/// Present values [USD].
using Costs = std::array<double, component_count>;

/// Everything about one strategy on one path that the costs follow from. Kept from path to path, so that its
/// memory is used again.
struct Play {
  const Model& model;
  const Strategy& strategy;
  World& world;
  Relations relations{};
  Placement placement{};
  std::vector<std::vector<double>> price{};  ///< by contract, by provider and month [USD/unit-hour]
  std::vector<std::vector<double>> bill{};   ///< by provider and month [USD]
  Costs costs{};

  /// Plays the path that is in `world`, and fills `costs`.
  void evaluate(Random& random);
};

void set_contract_prices(Play& play);
void charge_bills(Play& play);
void charge_commitments(Play& play);
void credit_downtime(Play& play);
void charge_relations(Play& play);
void charge_unserved(Play& play);

/// Present value [yr] of a flow of 1 a year over [begin, end].
double annuity(double rate, double begin, double end);

/// First month in which the contract with p is in force; the number of months if it never is.
int in_force_from(const Play& play, int p);

}  // namespace peer
