#pragma once
// What all entities together take from each location, instant by instant (model.md B.6, rule 2).

#include <vector>

#include "models/ledger/discounting.hpp"
#include "models/ledger/ledger.hpp"
#include "models/outage/arrivals.hpp"

namespace hedgerow::models {

/// A location lacks the fraction `unavailable` of its capacity over [start, end), within one plan year.
struct Downtime {
  LocationId location;
  std::uint32_t year;  ///< plan year from 0
  double start, end;   ///< [yr]
  double unavailable;  ///< 1 - a_l, 0 < . <= 1
  Money length;        ///< end - start [yr], and the present value of 1 per year over it
};

/// One entity's disjoint outages at a location with impact iota: 1 - a = severity * iota.
struct EntityOutages {
  const std::vector<Outage>* outages;
  double impact;
};

/// Appends the location's downtimes in order of time: a_l(t) = prod_e (1 - zeta_e(t) iota_e), cut at
/// plan years.
void append_downtimes(LocationId location, const std::vector<EntityOutages>& entities,
                      const Discounting& discounting, std::vector<Downtime>& out);

}  // namespace hedgerow::models
