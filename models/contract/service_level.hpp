#pragma once
// What vendors pay back for downtime under their service-level agreements (docs/model/contracts.md). Whether
// the buyer failed over does not matter: the credit is owed for the downtime.

#include <vector>

#include "models/contract/billing.hpp"
#include "models/ledger/ledger.hpp"
#include "models/outage/culprits.hpp"
#include "models/outage/outage_world.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// Part of the bill that is credited at an uptime: the highest tier that the uptime stays below.
double credit_at(const std::vector<std::pair<double, double>>& tiers, double uptime);

/// Hours of downtime by month that count for a credit at a location: the union of the outages of its region
/// and its provider (and of shared dependencies, if they are covered) that take all of it and whose claim
/// draw is below the qualification. Months without any are left out.
struct CountedDowntime {
  int month;
  double hours;
};
std::vector<CountedDowntime> counted_downtime(const Scenario& scenario, const OutageWorld& world,
                                              LocationId location, const ServiceLevel& terms);

/// Room to work in, reused from path to path.
struct CreditRoom {
  struct CountedOutage {
    double start, end;  ///< [yr]
  };
  struct Due {
    int month;
    double amount;
    LocationId location;
  };
  std::vector<CountedOutage> outages;     ///< that count at a location
  std::vector<CountedDowntime> downtime;  ///< of a location
  std::vector<Due> due;                   ///< of a provider
  std::vector<double> annual_cap;         ///< what may still be credited, by contract year
};

/// Charges the credits, as negative amounts, at the end of the month. In a journal each is owed to the
/// outages that were counted in its month, by their hours.
void credit_downtime(const Scenario& scenario, const Strategy& strategy, const OutageWorld& world,
                     const Circumstances& now, const IdVector<ProviderId, ProviderBills>& bills,
                     const std::vector<double>& month_discount, CreditRoom& room, Ledger& ledger,
                     const OutageJournal* journal = nullptr);

}  // namespace hedgerow::models
