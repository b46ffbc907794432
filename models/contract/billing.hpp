#pragma once
// Monthly bills for the capacity that a strategy keeps (model.md C.4, without commitments).

#include <vector>

#include "models/divergence/restriction.hpp"
#include "models/ledger/ledger.hpp"
#include "models/market/list_price.hpp"
#include "models/placement/exposure.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// Charges 730 h * P_p(t_k) * units at the start of each month until the provider's cut-off. Capacity that
/// a rival withholds is billed all the same. `month_discount[k]` is the present value of 1 at t_k.
void bill_capacity(const Scenario& scenario, const Strategy& strategy, const Exposure& exposure,
                   const PricePath& list_prices, const IdVector<ProviderId, Delivery>& deliveries,
                   const std::vector<double>& month_discount, Ledger& ledger);

}  // namespace hedgerow::models
