#pragma once
// What all entities together take from each location, instant by instant (docs/model/path.md, "Outages").

#include <vector>

#include "models/ledger/discounting.hpp"
#include "models/outage/arrivals.hpp"

namespace hedgerow::models {

/// A location lacks the fraction `unavailable` of its capacity over [start, end), within one plan year.
struct Downtime {
  LocationId location;
  std::uint32_t year;  ///< plan year from 0
  double start, end;   ///< [yr]
  double unavailable;  ///< 1 - a_l, 0 < . <= 1
  double discount;     ///< present value of 1 at `start`
  double present;      ///< [yr] present value of a flow of 1 a year over it
};

/// Downtimes that touch in time, each other and nobody else: those from `first` up to `last`.
struct DowntimeCluster {
  std::uint32_t first, last;
  std::uint64_t locations;  ///< a bit for each; of no use where the scenario has more than 64
  double end;               ///< of them all [yr]; the first starts first
  bool is_lone;             ///< one outage: they begin and end together and take everything
};

/// One entity's disjoint outages at a location with impact iota: 1 - a = severity * iota.
struct EntityOutages {
  const std::vector<Outage>* outages;
  double impact;
};

/// Room to work in, reused from path to path.
struct DowntimeRoom {
  /// A list in order of start that is being merged with others.
  template <class Item>
  struct Head {
    const Item* next;
    const Item* end;
    double impact = 1.0;
  };
  /// An entity's outage as seen from the location.
  struct Loss {
    double end;
    double fraction;
  };
  std::vector<Head<Outage>> outages;      ///< by entity that still has any
  std::vector<Loss> active;               ///< those that are running
  std::vector<Downtime> downtimes;        ///< location by location
  std::vector<std::size_t> ends;          ///< of each location's among them
  std::vector<Head<Downtime>> locations;  ///< that still have any
};

/// Appends the location's downtimes in order of time: a_l(t) = prod_e (1 - zeta_e(t) iota_e), cut at
/// plan years.
void append_downtimes(LocationId location, const std::vector<EntityOutages>& entities,
                      const Discounting& discounting, DowntimeRoom& room, std::vector<Downtime>& out);

/// Fills `out` with `room.downtimes` in order of start; of those that start together, the first location's
/// come first.
void merge_locations(DowntimeRoom& room, std::vector<Downtime>& out);

/// Fills `out` with the clusters of `downtimes`, which stand in order of start.
void find_clusters(const std::vector<Downtime>& downtimes, std::vector<DowntimeCluster>& out);

}  // namespace hedgerow::models
