#include "models/contract/billing.hpp"

#include <algorithm>

namespace hedgerow::models {
namespace {

/// What a provider is paid for in a month [units].
struct PaidUnits {
  double billed = 0.0;
  double reserved = 0.0;  ///< those of them that are headroom
  double reserved_part = 0.0;
};

PaidUnits paid_units(const Scenario& scenario, const Stage& stage, const DemandPath& demand,
                     ProviderId provider, int month) {
  PaidUnits paid;
  for (std::size_t w = 0; w < scenario.workloads.size(); ++w) {
    const double units = demanded_units(scenario, demand, WorkloadId(w), month);
    for (const LocationId l : scenario.providers[provider].locations) {
      const Holding& holding = stage.at(WorkloadId(w), l);
      paid.billed += units * holding.billed;
      paid.reserved += units * holding.reserved;
    }
  }
  if (paid.billed != 0.0) paid.reserved_part = paid.reserved / paid.billed;
  return paid;
}

/// The first month after `month`, at most `end`, with another demand.
int next_demand(const Scenario& scenario, const DemandPath& demand, int month, int end) {
  for (std::size_t w = 0; w < scenario.workloads.size(); ++w) {
    const double* const units = &demand.at(WorkloadId(w), static_cast<std::size_t>(month));
    int same = 1;
    while (same < end - month && units[same] == units[0]) ++same;
    end = month + same;
  }
  return end;
}

/// Whether anything is paid for at a provider, whatever the demand.
bool pays_at(const Scenario& scenario, const Stage& stage, ProviderId provider) {
  for (const LocationId l : scenario.providers[provider].locations)
    for (std::size_t w = 0; w < scenario.workloads.size(); ++w)
      if (stage.at(WorkloadId(w), l).billed != 0.0) return true;
  return false;
}

/// Calls bill(from, until, units) for all months until the provider's cut-off in which it is paid for
/// anything: those in a row in which the units are the same, and which lie in one plan year, at once.
template <class Bill>
void for_each_paid_stretch(const Scenario& scenario, const Circumstances& now, ProviderId provider,
                           Bill bill) {
  const Occupancy& occupancy = now.occupancy;
  const int cut_off = now.deliveries[provider].cut_off_month;
  for (std::size_t i = 0; i < occupancy.stages(); ++i) {
    const Stage& stage = occupancy.stage(i);
    if (!pays_at(scenario, stage, provider)) continue;
    const int end =
        i + 1 < occupancy.stages() ? std::min(occupancy.stage(i + 1).from_month, cut_off) : cut_off;
    for (int k = stage.from_month; k < end;) {
      const int next_year = (k / months_per_year + 1) * months_per_year;
      const int until = next_demand(scenario, now.demand, k, std::min(end, next_year));
      const PaidUnits paid = paid_units(scenario, stage, now.demand, provider, k);
      if (paid.billed != 0.0) bill(k, until, paid);
      k = until;
    }
  }
}

/// Applies volume discounts to the gross bills of one contract year after the other.
class VolumeDiscount {
 public:
  VolumeDiscount(const Contract& contract, const Delivery& delivery)
      : contract_(contract),
        applies_(!contract.volume_tiers.empty() && comes_into_force(contract, delivery)) {}

  bool applies() const { return applies_; }  ///< otherwise what is paid is the gross bill

  double net(int month, double gross) {
    const int year = contract_year(contract_, month);
    if (year < 0) return gross;
    if (year != year_) spent_ = 0.0;
    year_ = year;
    const double before = spent_;
    spent_ += gross;
    return tiered_bill(contract_.volume_tiers, spent_) - tiered_bill(contract_.volume_tiers, before);
  }

 private:
  const Contract& contract_;
  const bool applies_;
  int year_ = -1;
  double spent_ = 0.0;
};

}  // namespace

bool comes_into_force(const Contract& contract, const Delivery& delivery) {
  return delivery.notice_month > std::max(contract.start_month, 0);
}

int contract_year(const Contract& contract, int month) {
  if (month < contract.start_month) return -1;
  return (month - contract.start_month) / months_per_year;
}

double tiered_bill(const std::vector<std::pair<double, double>>& tiers, double spend) {
  double bill = spend, discount = 0.0;
  for (const auto& [from, off] : tiers) {
    if (spend <= from) break;
    bill -= (off - discount) * (spend - from);
    discount = off;
  }
  return bill;
}

double billed_units(const Scenario& scenario, const Stage& stage, const DemandPath& demand,
                    LocationId location, int month) {
  double units = 0.0;
  for (std::size_t w = 0; w < scenario.workloads.size(); ++w)
    units +=
        demanded_units(scenario, demand, WorkloadId(w), month) * stage.at(WorkloadId(w), location).billed;
  return units;
}

void bill_capacity(const Scenario& scenario, const Strategy& strategy, const Circumstances& now,
                   const ContractPrices& prices, const std::vector<double>& month_discount, Ledger& ledger,
                   IdVector<ProviderId, ProviderBills>& bills, Money& hedge_premium) {
  const auto months = static_cast<std::size_t>(scenario.horizon.months);
  bills.resize(scenario.providers.size());
  hedge_premium = {};
  for (std::size_t p = 0; p < scenario.providers.size(); ++p) {
    const ProviderId id(p);
    std::vector<double>&gross = bills[id].gross, &net = bills[id].net;
    gross.assign(months, 0.0);
    net.assign(months, 0.0);
    VolumeDiscount volume(strategy.contracts[id], now.deliveries[id]);
    const auto bill = [&](int from, int until, const PaidUnits& paid) {
      const auto first = static_cast<std::size_t>(from), last = static_cast<std::size_t>(until);
      const double* const price = &prices.at(id, 0);
      const double* const discount = month_discount.data();
      double *const before = gross.data(), *const after = net.data();
      const double units = paid.billed, reserved_part = paid.reserved_part;
      const bool tiered = volume.applies();
      Money spend = ledger.at(Component::spend, id, first / months_per_year), premium = hedge_premium;
      for (std::size_t k = first; k < last; ++k) {
        before[k] = hours_per_month * price[k] * units;
        const double due = tiered ? volume.net(static_cast<int>(k), before[k]) : before[k];
        const double reserved = due * reserved_part;
        after[k] = due;
        spend += Money{due, due * discount[k]};
        premium += Money{reserved, reserved * discount[k]};
      }
      ledger.at(Component::spend, id, first / months_per_year) = spend;
      hedge_premium = premium;
    };
    for_each_paid_stretch(scenario, now, id, bill);
  }
}

}  // namespace hedgerow::models
