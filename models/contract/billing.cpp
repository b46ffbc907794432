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
    for (std::size_t l = 0; l < scenario.locations.size(); ++l) {
      if (scenario.locations[LocationId(l)].provider != provider) continue;
      paid.billed += units * stage.at(WorkloadId(w), LocationId(l)).billed;
      paid.reserved += units * stage.at(WorkloadId(w), LocationId(l)).reserved;
    }
  }
  if (paid.billed != 0.0) paid.reserved_part = paid.reserved / paid.billed;
  return paid;
}

/// Whether a month's demand is that of the month before.
bool same_demand(const Scenario& scenario, const DemandPath& demand, std::size_t month) {
  for (std::size_t w = 0; w < scenario.workloads.size(); ++w)
    if (demand.at(WorkloadId(w), month) != demand.at(WorkloadId(w), month - 1)) return false;
  return true;
}

/// Whether anything is paid for at a provider, whatever the demand.
bool pays_at(const Scenario& scenario, const Stage& stage, ProviderId provider) {
  for (std::size_t l = 0; l < scenario.locations.size(); ++l)
    for (std::size_t w = 0;
         w < scenario.workloads.size() && scenario.locations[LocationId(l)].provider == provider; ++w)
      if (stage.at(WorkloadId(w), LocationId(l)).billed != 0.0) return true;
  return false;
}

/// Calls bill(month, units) for each month until the provider's cut-off in which it is paid for anything.
template <class Bill>
void for_each_paid_month(const Scenario& scenario, const Circumstances& now, ProviderId provider, Bill bill) {
  const Occupancy& occupancy = now.occupancy;
  const int cut_off = now.deliveries[provider].cut_off_month;
  for (std::size_t i = 0; i < occupancy.stages(); ++i) {
    const Stage& stage = occupancy.stage(i);
    if (!pays_at(scenario, stage, provider)) continue;
    const int end =
        i + 1 < occupancy.stages() ? std::min(occupancy.stage(i + 1).from_month, cut_off) : cut_off;
    PaidUnits paid;
    for (int k = stage.from_month; k < end; ++k) {
      if (k == stage.from_month || !same_demand(scenario, now.demand, static_cast<std::size_t>(k)))
        paid = paid_units(scenario, stage, now.demand, provider, k);
      if (paid.billed != 0.0) bill(k, paid);
    }
  }
}

/// Applies volume discounts to the gross bills of one contract year after the other.
class VolumeDiscount {
 public:
  VolumeDiscount(const Contract& contract, const Delivery& delivery)
      : contract_(contract),
        applies_(!contract.volume_tiers.empty() && comes_into_force(contract, delivery)) {}

  double net(int month, double gross) {
    if (!applies_) return gross;
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
    bills[id].gross.assign(months, 0.0);
    bills[id].net.assign(months, 0.0);
    VolumeDiscount volume(strategy.contracts[id], now.deliveries[id]);
    const auto bill = [&](int k, const PaidUnits& paid) {
      const auto month = static_cast<std::size_t>(k);
      const double gross = hours_per_month * prices.at(id, month) * paid.billed;
      const double net = volume.net(k, gross);
      bills[id].gross[month] = gross;
      bills[id].net[month] = net;
      ledger.at(Component::spend, id, month / months_per_year) += Money{net, net * month_discount[month]};
      const double premium = net * paid.reserved_part;
      hedge_premium += Money{premium, premium * month_discount[month]};
    };
    for_each_paid_month(scenario, now, id, bill);
  }
}

}  // namespace hedgerow::models
