#pragma once
// Who is to blame for what a strategy cost on one path: the charges beside the ledger, dated and by cause.
// Kept only when asked for; the ledger is the same with and without it (docs/model/causes.md).

#include <optional>
#include <vector>

#include "models/ledger/ledger.hpp"

namespace hedgerow::models {

/// What money is lost or paid for.
enum class Cause : std::size_t {
  commercial,        ///< prices, contracts and placement; whatever is not in the journal
  region_outage,     ///< of one region
  provider_outage,   ///< of a whole provider
  shared_outage,     ///< of a shared dependency
  industry_frailty,  ///< what a bad year of the whole industry adds to outages; in good years < 0
  divergence,        ///< providers that turn away of their own accord
  contagion          ///< providers that turn away because others have
};
inline constexpr std::size_t cause_count = 7;
inline constexpr std::array<std::string_view, cause_count> cause_names{
    "commercial",       "region_outage", "provider_outage", "shared_outage",
    "industry_frailty", "divergence",    "contagion"};
inline constexpr std::array<Cause, cause_count> all_causes{
    Cause::commercial,       Cause::region_outage, Cause::provider_outage, Cause::shared_outage,
    Cause::industry_frailty, Cause::divergence,    Cause::contagion};

/// The outage that is blamed.
struct OutageReference {
  EntityId entity;
  double began;  ///< [yr]
  friend bool operator==(const OutageReference&, const OutageReference&) = default;
};

/// One charge, or a cause's part of one; several entries may make one charge.
struct JournalEntry {
  Component component;
  ProviderId provider;  ///< whose cell of the ledger it is in
  double from, to;      ///< [yr] over which it arose; equal: at an instant
  Money money;
  Cause cause = Cause::commercial;
  std::optional<OutageReference> outage = {};  ///< nothing: no outage is to blame
  std::optional<WorkloadId> workload = {};     ///< nothing: not of one workload
  /// What was not served [h of the workload's whole demand] for outages and shortages; capacity
  /// [unit-hours] that was bought on demand, [units] that moved; otherwise 0.
  double quantity = 0.0;

  std::optional<EntityId> entity() const { return outage ? std::optional(outage->entity) : std::nullopt; }
};

/// Every charge of a path but the bills: what is bought under contract stays in the ledger alone.
struct Journal {
  std::vector<JournalEntry> entries;

  /// Writes down a part of a charge.
  JournalEntry& add(const JournalEntry& entry, double part) {
    JournalEntry& mine = entries.emplace_back(entry);
    mine.money = part * entry.money;
    mine.quantity = part * entry.quantity;
    return mine;
  }
};

/// Writes down a charge of which `part` (signed) is of the cause `other`; with a part of 0 it has no entry.
void record_split(Journal& journal, const JournalEntry& entry, Cause other, double part);

/// Writes down what a rival or severed relation costs, of which the part `contagion` (0..1) is owed to
/// others.
inline void record_divergence(Journal& journal, JournalEntry entry, double contagion) {
  entry.cause = Cause::divergence;
  record_split(journal, entry, Cause::contagion, contagion);
}

/// Present values of one path by cause; adds up to the ledger's total.
class CauseLedger {
 public:
  CauseLedger(std::size_t providers, std::size_t entities)
      : by_provider_(cause_count * providers, 0.0), by_component_{}, by_entity_(entities, 0.0) {}

  double& at(Cause cause, ProviderId provider) { return by_provider_[index(cause, provider)]; }
  double at(Cause cause, ProviderId provider) const { return by_provider_[index(cause, provider)]; }
  double& at(Component component, Cause cause) {
    return by_component_[static_cast<std::size_t>(component)][static_cast<std::size_t>(cause)];
  }
  double at(Component component, Cause cause) const {
    return by_component_[static_cast<std::size_t>(component)][static_cast<std::size_t>(cause)];
  }
  /// Outage, reputation and service credits of one entity's outages, what bad years of the industry add
  /// included: all entities add up to these three components.
  double& at(EntityId entity) { return by_entity_[entity.value]; }
  double at(EntityId entity) const { return by_entity_[entity.value]; }

  std::size_t providers() const { return by_provider_.size() / cause_count; }
  std::size_t entities() const { return by_entity_.size(); }
  /// Over all providers.
  double sum(Cause cause) const;
  double total() const;

 private:
  std::size_t index(Cause cause, ProviderId provider) const {
    return static_cast<std::size_t>(cause) * providers() + provider.value;
  }
  std::vector<double> by_provider_;
  std::array<std::array<double, cause_count>, component_count> by_component_;
  std::vector<double> by_entity_;
};

/// Sorts the money of a ledger by cause with the journal that was kept beside it.
CauseLedger causes(const Scenario& scenario, const Ledger& ledger, const Journal& journal);

}  // namespace hedgerow::models
