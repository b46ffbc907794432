#pragma once
// What was committed to and not spent (docs/model/contracts.md).

#include <vector>

#include "models/contract/billing.hpp"
#include "models/divergence/exit.hpp"
#include "models/ledger/journal.hpp"
#include "models/ledger/ledger.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// The shortfall of one contract year, due at the end of its last month.
struct Shortfall {
  int last_month;
  double amount;  ///< > 0 [money]
};

/// Shortfalls of a contract given its gross bills by month, for the months [first, last) in which the
/// commitment stands. A contract year of which only some months stand is committed to pro rata:
///   shortfall = max(0, C m/12 - V - credit), next credit = rollover * max(0, V - C m/12).
std::vector<Shortfall> commitment_shortfalls(const Contract& contract, const std::vector<double>& gross,
                                             int first, int last);

/// The first month in which a commitment no longer stands: with a provider under notice the end of the term
/// that is running then, or its cut-off where the vendor's termination releases the buyer.
int commitment_end(const Contract& contract, const Delivery& delivery, const Horizon& horizon);

/// Charges the shortfalls of all contracts.
void charge_commitments(const Scenario& scenario, const Strategy& strategy, const Deliveries& deliveries,
                        const IdVector<ProviderId, ProviderBills>& bills,
                        const std::vector<double>& month_discount, Ledger& ledger,
                        Journal* journal = nullptr);

}  // namespace hedgerow::models
