#include "models/placement/unserved.hpp"

#include <algorithm>

namespace hedgerow::models {
namespace {

/// Joins losses that touch in time into incidents and keeps the largest by year of its beginning.
class Incidents {
 public:
  explicit Incidents(std::vector<double>& largest) : largest_(largest) {}

  /// Losses come in order of start.
  void add(const Downtime& down, double nominal_loss) {
    if (down.start > end_) {
      year_ = down.year;
      loss_ = 0.0;
    }
    end_ = std::max(end_, down.end);
    loss_ += nominal_loss;
    largest_[year_] = std::max(largest_[year_], loss_);
  }

 private:
  std::vector<double>& largest_;
  double end_ = -1.0, loss_ = 0.0;
  std::size_t year_ = 0;
};

}  // namespace

void charge_shortage(const Exposure& exposure, const IdVector<ProviderId, Delivery>& deliveries,
                     const Discounting& discounting, Ledger& ledger) {
  for (std::size_t p = 0; p < deliveries.size(); ++p) {
    const ProviderId id(p);
    const double per_year = exposure.provider_at_risk[id] * hours_per_year;
    for (const Restriction& restriction : deliveries[id].restrictions)
      for_each_year(restriction.from, restriction.to, [&](int year, double from, double to) {
        ledger.at(Component::capacity_shortage, id, static_cast<std::size_t>(year)) +=
            per_year * (1.0 - restriction.capacity) * Money{to - from, discounting.flow(from, to)};
      });
  }
}

void charge_outages(const Scenario& scenario, const Exposure& exposure,
                    const IdVector<ProviderId, Delivery>& deliveries, const std::vector<Downtime>& downtimes,
                    const Discounting& discounting, Ledger& ledger, std::vector<double>& largest_incident) {
  largest_incident.assign(ledger.years(), 0.0);
  Incidents incidents(largest_incident);
  for (const Downtime& down : downtimes) {
    const double at_risk = exposure.revenue_at_risk[down.location];
    if (at_risk == 0.0) continue;
    const ProviderId provider = scenario.locations[down.location].provider;
    const Money lost = down.length - deliveries[provider].undelivered(down.start, down.end, discounting);
    if (lost.nominal <= 0.0) continue;
    const Money loss = at_risk * down.unavailable * hours_per_year * lost;
    ledger.at(Component::outage, provider, down.year) += loss;
    incidents.add(down, loss.nominal);
  }
}

}  // namespace hedgerow::models
