#pragma once
// Monthly bills for the capacity that a strategy keeps, volume discounts included (docs/model/path.md).

#include <vector>

#include "models/contract/contract_prices.hpp"
#include "models/ledger/ledger.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// Whether the contract is ever signed: not if the provider is under notice by then.
bool comes_into_force(const Contract& contract, const Delivery& delivery);

/// Contract years run from the contract's start; months before it belong to year -1.
int contract_year(const Contract& contract, int month);

/// What is billed for a gross annual spend V: the integral of (1 - delta(v)) over [0, V], with marginal
/// tiers of (spend from which it holds, delta).
double tiered_bill(const std::vector<std::pair<double, double>>& tiers, double spend);

/// One provider's bills on one path, by month; 0 from the cut-off on.
struct ProviderBills {
  std::vector<double> gross;  ///< before volume discounts [money]
  std::vector<double> net;    ///< what is paid [money]
};

/// Capacity paid for at a location in a month [units]: sum_w q_w(k) billed_{w,l}.
double billed_units(const Scenario& scenario, const Stage& stage, const DemandPath& demand,
                    LocationId location, int month);

/// Charges 730 h * P_p(t_k) * units, less volume discounts, at the start of each month until the provider's
/// cut-off. Capacity that a rival withholds is billed all the same. Fills `bills` by provider, and
/// `hedge_premium` with the part of the bills that goes to reserved headroom. `month_discount[k]` is the
/// present value of 1 at t_k.
void bill_capacity(const Scenario& scenario, const Strategy& strategy, const Circumstances& now,
                   const ContractPrices& prices, const std::vector<double>& month_discount, Ledger& ledger,
                   IdVector<ProviderId, ProviderBills>& bills, Money& hedge_premium);

}  // namespace hedgerow::models
