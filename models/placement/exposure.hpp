#pragma once
// What a strategy has where: the capacity it pays for and the revenue that hangs on it.

#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// Without failover a location's loss is linear in what is placed there, so workloads add up.
struct Exposure {
  IdVector<ProviderId, double> units;             ///< sum_w q_w x_{w,l in p} [units]
  IdVector<LocationId, double> revenue_at_risk;   ///< sum_w rho_w x_{w,l} [money/h at full outage]
  IdVector<ProviderId, double> provider_at_risk;  ///< the same summed over the provider's locations
};

inline Exposure exposure_of(const Scenario& scenario, const Strategy& strategy) {
  Exposure exposure{IdVector<ProviderId, double>(scenario.providers.size(), 0.0),
                    IdVector<LocationId, double>(scenario.locations.size(), 0.0),
                    IdVector<ProviderId, double>(scenario.providers.size(), 0.0)};
  for (const WorkloadId w : scenario.workloads.keys())
    for (const LocationId l : scenario.locations.keys()) {
      const Workload& workload = scenario.workloads[w].terms;
      const double share = strategy.placement[w][l];
      const ProviderId provider = scenario.locations[l].provider;
      exposure.units[provider] += workload.demand * share;
      exposure.revenue_at_risk[l] += workload.revenue_at_risk * share;
      exposure.provider_at_risk[provider] += workload.revenue_at_risk * share;
    }
  return exposure;
}

}  // namespace hedgerow::models
