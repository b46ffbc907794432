// What vendors pay back for downtime.

#include <algorithm>

#include "bench/peers/scalar/costs.hpp"

namespace peer {
namespace {

struct Interval {
  double begin, end;  ///< [yr]
};

/// Hours by month in which a location was down for the purposes of a contract.
std::vector<double> qualifying_hours(const Play& play, std::size_t l, double qualification) {
  const Model& model = play.model;
  std::vector<Interval> down;
  for (std::size_t e = 0; e < model.entities.size(); ++e) {
    if (model.entities[e].shared || model.entities[e].impact[l] == 0.0) continue;
    for (const Outage& outage : play.world.outages[e])
      if (outage.claim < qualification) down.push_back({outage.start, outage.end});
  }
  std::sort(down.begin(), down.end(), [](const Interval& a, const Interval& b) { return a.begin < b.begin; });
  std::vector<double> hours(model.months, 0.0);
  double until = 0.0;
  for (const Interval& interval : down) {
    double begin = std::max(interval.begin, until);
    until = std::max(until, interval.end);
    for (int k = static_cast<int>(12.0 * begin); k < model.months && begin < interval.end; ++k) {
      const double end = std::min(interval.end, (k + 1) / 12.0);
      hours[k] += std::max(0.0, end - begin) * hours_per_year;
      begin = std::max(begin, end);
    }
  }
  return hours;
}

double credit_rate(const Contract& contract, double uptime) {
  double rate = 0.0;
  for (std::size_t i = 0; i < contract.sla_uptime.size(); ++i)
    if (uptime < contract.sla_uptime[i]) rate = std::max(rate, contract.sla_credit[i]);
  return rate;
}

/// Units paid for at a location.
double units_paid(const Play& play, std::size_t l, int month) {
  double units = 0.0;
  for (std::size_t w = 0; w < play.model.workloads.size(); ++w)
    units +=
        play.model.workloads[w].demand * play.placement.at(month).billed[w * play.model.owner.size() + l];
  return units;
}

void credit_provider(Play& play, int p, const Contract& contract) {
  const Model& model = play.model;
  std::vector<std::size_t> here;
  std::vector<std::vector<double>> hours;
  for (std::size_t l = 0; l < model.owner.size(); ++l)
    if (model.owner[l] == p) {
      here.push_back(l);
      hours.push_back(qualifying_hours(play, l, contract.sla_qualification));
    }
  for (int k = in_force_from(play, p); k < model.months;) {
    const int until = std::min(model.months, contract.start + 12 * ((k - contract.start) / 12 + 1));
    double left = 0.0;
    for (int j = k; j < until; ++j) left += contract.sla_cap_year * play.bill[p][j];
    for (; k < until; ++k) {
      if (play.bill[p][k] <= 0.0) continue;
      double units = -1.0;
      for (std::size_t i = 0; i < here.size(); ++i) {
        if (hours[i][k] <= 0.0) continue;
        if (units < 0.0) {
          units = 0.0;
          for (const std::size_t l : here) units += units_paid(play, l, k);
        }
        const double bill = play.bill[p][k] * units_paid(play, here[i], k) / units;
        const double rate = contract.sla_claim * credit_rate(contract, 1.0 - hours[i][k] / hours_per_month);
        const double paid = std::min(std::min(rate, 1.0) * bill, left);
        left -= paid;
        play.costs[sla_credit] -= model.month_discount[k + 1] * paid;
      }
    }
  }
}

}  // namespace

void credit_downtime(Play& play) {
  for (std::size_t p = 0; p < play.model.providers.size(); ++p) {
    const Contract& contract = play.strategy.contracts[p];
    if (!contract.sla_uptime.empty()) credit_provider(play, static_cast<int>(p), contract);
  }
}

}  // namespace peer
