#include "models/placement/incidents.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/power.hpp"

namespace hedgerow::models {

void ReputationCost::start(const Reputation& terms) {
  terms_ = &terms;
  open_ = false;
  end_ = -1.0;
  journal_ = nullptr;
}

void ReputationCost::add(double from, double to, const std::vector<Shortage::Part>& unserved,
                         double revenue_at_risk, double discount, Ledger& ledger) {
  if (open_ && from > end_) close(ledger);
  if (!open_) {
    open_ = true;
    start_ = from;
    revenue_at_risk_ = revenue_at_risk;
    discount_ = discount;
    hours_.clear();
    blames_.clear();
  }
  end_ = to;
  for (const auto& [provider, share] : unserved) {
    const double hours = share * (to - from) * hours_per_year;
    std::size_t known = 0;
    while (known < hours_.size() && hours_[known].provider != provider) ++known;
    if (known < hours_.size())
      hours_[known].hours += hours;
    else
      hours_.push_back({provider, hours});
  }
}

void ReputationCost::blame(double from, double to, const std::vector<Blame>& blames) {
  for (Blame blame : blames) {
    blame.share *= (to - from) * hours_per_year;
    const auto known = std::find_if(blames_.begin(), blames_.end(), [&](const Blame& other) {
      return other.provider == blame.provider && other.culprit.outage == blame.culprit.outage;
    });
    if (known == blames_.end())
      blames_.push_back(blame);
    else
      known->share += blame.share;
  }
}

void ReputationCost::close(Ledger& ledger) {
  if (!open_) return;
  open_ = false;
  double total = 0.0;
  for (const auto& [provider, hours] : hours_) total += hours;
  if (total <= 0.0) return;
  const double scale = terms_->factor * revenue_at_risk_ * terms_->time.value;
  const double times = total / terms_->time.value;
  double cost = scale * (terms_->exponent == 1.0 ? times : std::pow(times, terms_->exponent));
  if (terms_->cap) cost = std::min(cost, *terms_->cap);
  const auto year = static_cast<std::size_t>(start_);
  for (const auto& [provider, hours] : hours_) {
    const double part = hours == total ? cost : cost * (hours / total);
    ledger.at(Component::reputation, provider, year) += Money{part, part * discount_};
  }
  if (journal_ == nullptr) return;
  for (const Blame& blame : blames_) {
    JournalEntry entry{Component::reputation, blame.provider, start_, end_,
                       cost * (blame.share / total) * Money{1.0, discount_}};
    entry.workload = workload_;
    record_outage(*journal_, entry, blame.culprit);
  }
}

void LoneIncidents::start(const Reputation& terms) {
  terms_ = &terms;
  scale_ = terms.factor * terms.time.value;
  inverse_time_ = 1.0 / terms.time.value;
  incidents_.clear();
  parts_.clear();
  costs_.clear();
  blames_.clear();
}

void LoneIncidents::blame(const std::vector<Blame>& blames) {
  for (const Blame& blame : blames) blames_.push_back({incidents_.size() - 1, blame});
}

void LoneIncidents::charge(Journal* journal, WorkloadId workload) {
  if (terms_->exponent != 1.0) power_batch(costs_, terms_->exponent);
  auto part = parts_.begin();
  for (std::size_t i = 0; i < incidents_.size(); ++i) {
    const Incident& incident = incidents_[i];
    double& cost = costs_[i];
    cost *= incident.scale;
    if (terms_->cap) cost = std::min(cost, *terms_->cap);
    const auto last =
        parts_.begin() +
        static_cast<std::ptrdiff_t>(i + 1 < incidents_.size() ? incidents_[i + 1].first_part : parts_.size());
    for (; part != last; ++part) {
      const double charged = part->hours == incident.hours ? cost : cost * (part->hours / incident.hours);
      *part->cell += Money{charged, charged * incident.discount};
    }
  }
  if (journal != nullptr) record(*journal, workload);
}

void LoneIncidents::record(Journal& journal, WorkloadId workload) const {
  for (const IncidentBlame& part : blames_) {
    const Incident& incident = incidents_[part.incident];
    JournalEntry entry{
        Component::reputation, part.blame.provider, incident.from, incident.to,
        costs_[part.incident] * (part.blame.share / incident.hours) * Money{1.0, incident.discount}};
    entry.workload = workload;
    record_outage(journal, entry, part.blame.culprit);
  }
}

void largest_incidents(const std::vector<LossPiece>& pieces, std::size_t years,
                       std::vector<double>& largest) {
  largest.assign(years, 0.0);
  HEDGEROW_EXPECT(
      std::is_sorted(pieces.begin(), pieces.end(), [](auto& a, auto& b) { return a.start < b.start; }));
  double end = -1.0, loss = 0.0;
  std::size_t year = 0;
  for (const LossPiece& piece : pieces) {
    if (piece.start > end) {
      year = static_cast<std::size_t>(piece.start);
      loss = 0.0;
    }
    end = std::max(end, piece.end);
    loss += piece.loss;
    largest[year] = std::max(largest[year], loss);
  }
}

}  // namespace hedgerow::models
