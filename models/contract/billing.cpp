#include "models/contract/billing.hpp"

#include <algorithm>

namespace hedgerow::models {
namespace {

double reserved_units(const Scenario& scenario, const Stage& stage, const DemandPath& demand,
                      LocationId location, int month) {
  double units = 0.0;
  for (std::size_t w = 0; w < scenario.workloads.size(); ++w)
    units += scenario.workloads[WorkloadId(w)].terms.demand *
             demand.at(WorkloadId(w), static_cast<std::size_t>(month)) *
             stage.at(WorkloadId(w), location).reserved;
  return units;
}

/// Applies volume discounts to the gross bills of one contract year after the other.
class VolumeDiscount {
 public:
  VolumeDiscount(const Contract& contract, const Delivery& delivery)
      : contract_(contract),
        applies_(!contract.volume_tiers.empty() && comes_into_force(contract, delivery)) {}

  double net(int month, double gross) {
    const int year = contract_year(contract_, month);
    if (!applies_ || year < 0) return gross;
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
    units += scenario.workloads[WorkloadId(w)].terms.demand *
             demand.at(WorkloadId(w), static_cast<std::size_t>(month)) *
             stage.at(WorkloadId(w), location).billed;
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
    bills[id].gross.assign(months, 0.0);
    bills[id].net.assign(months, 0.0);
    VolumeDiscount volume(strategy.contracts[id], now.deliveries[id]);
    for (int k = 0; k < now.deliveries[id].cut_off_month; ++k) {
      const auto month = static_cast<std::size_t>(k);
      const Stage& stage = now.occupancy.at(k);
      double units = 0.0, reserved = 0.0;
      for (std::size_t l = 0; l < scenario.locations.size(); ++l) {
        if (scenario.locations[LocationId(l)].provider != id) continue;
        units += billed_units(scenario, stage, now.demand, LocationId(l), k);
        reserved += reserved_units(scenario, stage, now.demand, LocationId(l), k);
      }
      if (units == 0.0) continue;
      const double gross = hours_per_month * prices.at(id, month) * units;
      const double net = volume.net(k, gross);
      bills[id].gross[month] = gross;
      bills[id].net[month] = net;
      ledger.at(Component::spend, id, month / months_per_year) += Money{net, net * month_discount[month]};
      const double premium = net * (reserved / units);
      hedge_premium += Money{premium, premium * month_discount[month]};
    }
  }
}

}  // namespace hedgerow::models
