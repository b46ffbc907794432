#pragma once
// What unserved demand costs: strategic loss first, outage as the increment (model.md B.8, B.9, without
// failover), so that an outage at a provider that has cut the buyer off adds nothing.

#include <vector>

#include "models/divergence/restriction.hpp"
#include "models/ledger/discounting.hpp"
#include "models/ledger/ledger.hpp"
#include "models/outage/downtime.hpp"
#include "models/placement/exposure.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// Charges the capacity that providers withhold or have cut off: revenue at risk * (1 - b_p(t)).
void charge_shortage(const Exposure& exposure, const IdVector<ProviderId, Delivery>& deliveries,
                     const Discounting& discounting, Ledger& ledger);

/// Charges what is down of the delivered capacity: revenue at risk * b_p(t) * (1 - a_l(t)).
///
/// `largest_incident` gets, by plan year in which it began, the nominal loss of the largest incident; an
/// incident is a maximal interval in which any of the strategy's capacity is down.
void charge_outages(const Scenario& scenario, const Exposure& exposure,
                    const IdVector<ProviderId, Delivery>& deliveries, const std::vector<Downtime>& downtimes,
                    const Discounting& discounting, Ledger& ledger, std::vector<double>& largest_incident);

}  // namespace hedgerow::models
