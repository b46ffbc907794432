#pragma once
// Which entities have an outage at a location at an instant: whom a loss is blamed on (docs/model/causes.md).

#include <optional>
#include <vector>

#include "models/ledger/journal.hpp"
#include "models/outage/outage_world.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// An outage of an entity, as seen from a location.
struct Culprit {
  OutageReference outage;
  Cause kind;       ///< of the entity
  double taken;     ///< severity * impact: what it takes there alone, 0 < . <= 1
  double industry;  ///< part that is the industry's, below 0 in good years; see Culprits
};

/// Knows the entities that reach each location. Of the money of an outage that began in plan year y,
/// industry frailty gets w (Gamma_y - 1) / M_e(y), what the year of the whole industry added to the
/// entity's rate (w its weight on the industry's factor, M_e(y) its multiplier); the mean of that is 0.
class Culprits {
 public:
  explicit Culprits(const Scenario& scenario);

  /// How far into the outages of each entity a caller has come who asks in order of time.
  using Progress = IdVector<EntityId, std::size_t>;
  Progress start() const { return Progress(scenario_.entities.size(), 0); }

  /// Appends those that are down at the location at `time` [yr], in the order of the entities; `time` is not
  /// before that of the last call with this progress.
  void append_at(const OutageWorld& world, LocationId location, double time, Progress& progress,
                 std::vector<Culprit>& out) const;

  /// One outage of an entity, at a location that it reaches with `impact`.
  Culprit culprit(const OutageWorld& world, EntityId entity, const Outage& outage, double impact) const;

 private:
  struct Reach {
    EntityId entity;
    double impact;
  };
  const Scenario& scenario_;
  IdVector<LocationId, std::vector<Reach>> reaches_;
  IdVector<EntityId, double> industry_weights_;
  std::optional<FactorId> industry_;
};

/// Charges an amount to an outage, and the industry's part of it to the industry.
void record_outage(Journal& journal, const JournalEntry& entry, const Culprit& culprit);

/// A journal, and whom to blame in it for the outages of a path.
struct OutageJournal {
  const OutageWorld& world;
  const Culprits& culprits;
  Journal& journal;
};

}  // namespace hedgerow::models
