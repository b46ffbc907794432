#include "models/ledger/journal.hpp"

namespace hedgerow::models {
namespace {

/// Components of which nobody keeps a journal entry for all of it: the rest is commercial.
bool commercial_by_nature(Component component) {
  return component == Component::spend || component == Component::commitment_shortfall;
}

bool of_outages(Component component) {
  return component == Component::outage || component == Component::reputation ||
         component == Component::sla_credit;
}

}  // namespace

void record_split(Journal& journal, const JournalEntry& entry, Cause other, double part) {
  journal.add(entry, 1.0 - part);
  if (part != 0.0) journal.add(entry, part).cause = other;
}

double CauseLedger::sum(Cause cause) const {
  double sum = 0.0;
  for (std::size_t p = 0; p < providers(); ++p) sum += at(cause, ProviderId(p));
  return sum;
}

double CauseLedger::total() const {
  double total = 0.0;
  for (const Cause cause : all_causes) total += sum(cause);
  return total;
}

CauseLedger causes(const Scenario& scenario, const Ledger& ledger, const Journal& journal) {
  CauseLedger by_cause(ledger.providers(), scenario.entities.size());
  const auto charge = [&](Component component, ProviderId provider, Cause cause, double amount) {
    by_cause.at(cause, provider) += amount;
    by_cause.at(component, cause) += amount;
  };
  for (const Component component : all_components)
    for (std::size_t p = 0; p < ledger.providers() && commercial_by_nature(component); ++p)
      charge(component, ProviderId(p), Cause::commercial, ledger.sum(component, ProviderId(p)).present);
  for (const JournalEntry& entry : journal.entries) {
    const double amount = entry.money.present;
    if (commercial_by_nature(entry.component)) {
      if (entry.cause == Cause::commercial) continue;
      charge(entry.component, entry.provider, Cause::commercial, -amount);
    }
    charge(entry.component, entry.provider, entry.cause, amount);
    if (entry.outage && of_outages(entry.component)) by_cause.at(entry.outage->entity) += amount;
  }
  return by_cause;
}

}  // namespace hedgerow::models
