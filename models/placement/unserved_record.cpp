#include "models/placement/unserved_record.hpp"

namespace hedgerow::models {

UnservedRecord::UnservedRecord(const Scenario& scenario, const Strategy& strategy, const Circumstances& now,
                               const OutageJournal& outages, const std::vector<WorkloadId>& workloads,
                               const std::vector<LocationId>& locations)
    : scenario_(scenario),
      strategy_(strategy),
      now_(now),
      outages_(outages),
      workloads_(workloads),
      locations_(locations),
      progress_(outages.culprits.start()),
      known_(locations.size()) {}

void UnservedRecord::begin(double from, double to, int month, std::span<const Shortage> shortages,
                           bool same_outages) {
  if (!same_outages)
    for (Known& known : known_) known.looked_for = false;
  from_ = from;
  to_ = to;
  month_ = month;
  shortages_ = shortages;
  needs_.clear();
}

double UnservedRecord::contagion_of(ProviderId provider) const {
  const Restriction* restriction = restriction_at(now_.deliveries[provider], from_);
  return restriction != nullptr ? restriction->contagion : 0.0;
}

void UnservedRecord::shortage(std::size_t workload, double revenue, const Money& flow) {
  const Shortage& s = shortages_[workload];
  for (std::size_t j = 0; j < locations_.size(); ++j) {
    const double unserved = s.announced[j] != 0.0 ? s.unserved_if_up(j) : 0.0;
    if (unserved == 0.0) continue;
    JournalEntry entry{Component::capacity_shortage, provider_at(j), from_, to_, revenue * unserved * flow};
    entry.workload = workloads_[workload];
    entry.quantity = unserved * flow.nominal;
    record_divergence(outages_.journal, entry, contagion_of(entry.provider));
  }
}

/// Capacity that the pool has or may buy at a location while nothing is down there: [units] where several
/// workloads share it.
double UnservedRecord::held(std::size_t location) const {
  const LocationId l = locations_[location];
  const Stage& stage = now_.occupancy.at(month_);
  const bool scarce = now_.scarcity[static_cast<std::size_t>(month_)];
  double held = 0.0;
  for (const WorkloadId w : workloads_) {
    const OnDemand& extra = strategy_.workloads[w].on_demand[l];
    const double units = workloads_.size() == 1 ? 1.0 : demanded_units(scenario_, now_.demand, w, month_);
    held += units * (stage.at(w, l).capacity + (scarce ? extra.scarce : extra.normal).value);
  }
  const Restriction* const restriction = restriction_at(now_.deliveries[provider_at(location)], from_);
  return restriction != nullptr ? held * restriction->capacity : held;
}

const std::vector<Culprit>& UnservedRecord::culprits_for(std::size_t location) {
  Known& known = known_[location];
  if (!known.looked_for) find_culprits(location, known.culprits);
  known.looked_for = true;
  return known.culprits;
}

void UnservedRecord::find_culprits(std::size_t location, std::vector<Culprit>& culprits) {
  culprits.clear();
  outages_.culprits.append_at(outages_.world, locations_[location], from_, progress_, culprits);
  if (!culprits.empty()) return;
  for (std::size_t j = 0; j < locations_.size(); ++j) {
    there_.clear();
    outages_.culprits.append_at(outages_.world, locations_[j], from_, progress_, there_);
    if (there_.empty()) continue;
    const double here = held(j);
    for (Culprit& culprit : there_) {
      culprit.taken *= here;
      if (culprit.taken > 0.0) culprits.push_back(culprit);
    }
  }
}

/// Appends the parts of an amount lost at a location.
void UnservedRecord::blame(std::size_t location, double amount, std::vector<Blame>& out) {
  if (amount == 0.0) return;
  const std::vector<Culprit>& culprits = culprits_for(location);
  double all = 0.0;
  for (const Culprit& culprit : culprits) all += culprit.taken;
  for (const Culprit& culprit : culprits)
    out.push_back({provider_at(location), culprit, amount * (culprit.taken / all)});
}

const std::vector<Blame>& UnservedRecord::outage(std::size_t workload, double revenue, const Money& flow) {
  const Shortage& s = shortages_[workload];
  blames_.clear();
  for (std::size_t j = 0; j < locations_.size(); ++j)
    if (s.lost[j] != 0.0) blame(j, s.unserved(j) - s.unserved_if_up(j), blames_);
  for (const Blame& blame : blames_) {
    JournalEntry entry{Component::outage, blame.provider, from_, to_, revenue * blame.share * flow};
    entry.workload = workloads_[workload];
    entry.quantity = blame.share * flow.nominal;
    record_outage(outages_.journal, entry, blame.culprit);
  }
  return blames_;
}

const std::vector<Blame>& UnservedRecord::lone_outage(const Situation& situation, double revenue,
                                                      const Money& waiting, const Money& recovered) {
  const Shortage &before = situation.waiting, &after = situation.recovered;
  const bool lost_before = situation.waiting_loss > 0.0, lost_after = situation.recovered_loss > 0.0;
  blames_.clear();
  for (std::size_t j = 0; j < locations_.size(); ++j) {
    if (before.lost[j] == 0.0) continue;
    Money lost;
    if (lost_before) lost += (before.unserved(j) - before.unserved_if_up(j)) * waiting;
    if (lost_after) lost += (after.unserved(j) - after.unserved_if_up(j)) * recovered;
    if (lost.nominal == 0.0) continue;
    const std::vector<Culprit>& culprits = culprits_for(j);
    double all = 0.0;
    for (const Culprit& culprit : culprits) all += culprit.taken;
    for (const Culprit& culprit : culprits) {
      const double part = culprit.taken / all;
      JournalEntry entry{Component::outage, provider_at(j), from_, to_, part * revenue * lost};
      entry.workload = workloads_[0];
      entry.quantity = part * lost.nominal;
      record_outage(outages_.journal, entry, culprit);
      blames_.push_back({entry.provider, culprit, entry.quantity});
    }
  }
  return blames_;
}

/// Everything that is rescued in the pool in this piece.
void UnservedRecord::find_needs() {
  for (std::size_t i = 0; i < workloads_.size(); ++i) {
    const Shortage& s = shortages_[i];
    const double rescued =
        s.rescued *
        (workloads_.size() == 1 ? 1.0 : demanded_units(scenario_, now_.demand, workloads_[i], month_));
    for (std::size_t j = 0; j < locations_.size(); ++j) {
      if (s.lost[j] == 0.0) continue;
      if (s.announced[j] > 0.0)
        needs_.push_back({std::nullopt, contagion_of(provider_at(j)), rescued * s.announced[j]});
      rescued_.clear();
      blame(j, rescued * (s.eligible[j] - s.announced[j]), rescued_);
      for (const Blame& part : rescued_) needs_.push_back({part.culprit, 0.0, part.share});
    }
  }
}

void UnservedRecord::bought(ProviderId provider, double from, double to, double unit_hours,
                            const Money& bill) {
  if (needs_.empty()) find_needs();
  double all = 0.0;
  for (const Need& need : needs_) all += need.units;
  if (all == 0.0) return;  // nothing is demanded: the bill is 0
  for (const Need& need : needs_) {
    const double part = need.units / all;
    JournalEntry entry{Component::spend, provider, from, to, part * bill};
    entry.quantity = part * unit_hours;
    if (need.culprit)
      record_outage(outages_.journal, entry, *need.culprit);
    else
      record_divergence(outages_.journal, entry, need.contagion);
  }
}

}  // namespace hedgerow::models
