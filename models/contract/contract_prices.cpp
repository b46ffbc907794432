#include "models/contract/contract_prices.hpp"

#include <algorithm>
#include <limits>

namespace hedgerow::models {
namespace {

/// The month after `month` in which a contract would be signed, or signed again.
int next_signing(const Contract& contract, int month) {
  const int signing = std::max(contract.start_month, 0);
  if (month < signing) return signing;
  if (contract.term_months <= 0) return std::numeric_limits<int>::max();
  const int terms = (month - contract.start_month) / contract.term_months + 1;
  return contract.start_month + terms * contract.term_months;
}

bool uses(const Scenario& scenario, const Stage& stage, ProviderId provider) {
  for (std::size_t w = 0; w < scenario.workloads.size(); ++w)
    if (placed_at(scenario, stage, WorkloadId(w), provider) > 0.0) return true;
  return false;
}

}  // namespace

std::vector<int> bargaining_months(const Contract& contract, const Horizon& horizon) {
  std::vector<int> months;
  if (contract.renewal != Renewal::bargain || contract.term_months < 1) return months;
  for (int k = contract.start_month + contract.term_months; k < horizon.months; k += contract.term_months)
    if (k > 0) months.push_back(k);
  return months;
}

ContractPricing::ContractPricing(const Scenario& scenario, const Strategy& strategy)
    : scenario_(scenario), strategy_(strategy) {}

void ContractPricing::price(const Circumstances& now, ContractPrices& out) const {
  out.resize(scenario_.providers.size(), static_cast<std::size_t>(scenario_.horizon.months));
  for (std::size_t p = 0; p < scenario_.providers.size(); ++p) price(ProviderId(p), now, out);
}

void ContractPricing::price(ProviderId provider, const Circumstances& now, ContractPrices& out) const {
  const Contract& contract = strategy_.contracts[provider];
  const Delivery& delivery = now.deliveries[provider];
  double discount = contract.discount, signed_at = 0.0;
  bool in_force = false;
  const auto list_price = [&](int k) { return now.list_prices.at(provider, static_cast<std::size_t>(k)); };
  const auto fill = [&](int from, int until, auto price_at) {
    for (int k = from; k < until; ++k)
      out.at(provider, static_cast<std::size_t>(k)) = price_at(list_price(k));
  };
  for (int k = 0; k < delivery.cut_off_month;) {
    if (k < delivery.notice_month && next_signing(contract, k - 1) == k) {
      signed_at = list_price(k);
      if (in_force && contract.renewal == Renewal::bargain) {
        const BargainingPosition table = position(provider, k, now);
        out.renewals.push_back({provider, k, signed_at, table, bargain(table)});
        discount = 1.0 - out.renewals.back().agreement.price / signed_at;
      }
      in_force = true;
    }
    const int until = std::min(next_signing(contract, k), delivery.cut_off_month);
    if (!in_force)
      fill(k, until, [](double list) { return list; });
    else if (contract.mode == PriceMode::fixed)
      fill(k, until, [&](double) { return (1.0 - discount) * signed_at; });
    else if (contract.mode == PriceMode::cap)
      fill(k, until, [&](double list) { return (1.0 - discount) * std::min(signed_at, list); });
    else
      fill(k, until, [&](double list) { return (1.0 - discount) * list; });
    k = until;
  }
}

BargainingPosition ContractPricing::position(ProviderId provider, int month, const Circumstances& now) const {
  const Bargaining& terms = scenario_.bargaining;
  const Provider& vendor = scenario_.providers[provider];
  const Contract& contract = strategy_.contracts[provider];
  const bool scarce = now.scarcity[static_cast<std::size_t>(month)];
  const double list = now.list_prices.at(provider, static_cast<std::size_t>(month));
  const double units = units_at(provider, month, now);
  const double term_years = static_cast<double>(contract.term_months) / months_per_year;

  BargainingPosition position;
  position.list_price = list;
  position.unit_cost =
      vendor.unit_cost_ratio * (scarce ? list / (1.0 + vendor.list_price.scarcity_premium) : list);
  position.resale = (scarce ? terms.resale_scarce : terms.resale_normal).value;
  if (regime_at(now.regimes[provider], static_cast<double>(month) / months_per_year) == Regime::rival)
    position.wedge = terms.rival_wedge * vendor.product_overlap;
  position.alternative = alternative(provider, month, now);
  position.switching_cost = terms.switching_cost * list / term_years;
  if (contract.switching_cost)
    position.switching_cost = units > 0.0 ? *contract.switching_cost / (hours_per_year * units * term_years)
                                          : std::numeric_limits<double>::infinity();
  position.credible_exit = credible_exit(provider, month, units, now);
  position.equity_stake = vendor.equity_stake;
  position.power = bargaining_power(terms, vendor.buyer_share_of_vendor, strategy_.share[provider]);
  position.outside_option = terms.outside_option;
  return position;
}

/// The lowest price at which another vendor could be expected to serve, porting included.
double ContractPricing::alternative(ProviderId provider, int month, const Circumstances& now) const {
  const Bargaining& terms = scenario_.bargaining;
  const Stage& stage = now.occupancy.at(month);
  double lowest = std::numeric_limits<double>::infinity();
  for (std::size_t q = 0; q < scenario_.providers.size(); ++q) {
    const ProviderId other(q);
    const Provider& vendor = scenario_.providers[other];
    if (vendor.regime_group == scenario_.providers[provider].regime_group || !vendor.alternative) continue;
    if (month >= now.deliveries[other].notice_month) continue;
    const double porting = uses(scenario_, stage, other) ? terms.porting_cost : terms.porting_cost_new;
    const double list = now.list_prices.at(other, static_cast<std::size_t>(month));
    lowest = std::min(lowest, (1.0 - terms.alternative_discount.value) * list * (1.0 + porting));
  }
  return lowest;
}

double ContractPricing::units_at(ProviderId provider, int month, const Circumstances& now) const {
  const Stage& stage = now.occupancy.at(month);
  double units = 0.0;
  for (std::size_t w = 0; w < scenario_.workloads.size(); ++w)
    units += demanded_units(scenario_, now.demand, WorkloadId(w), month) *
             placed_at(scenario_, stage, WorkloadId(w), provider);
  return units;
}

/// How much of what is at the provider could be re-homed within its notice: what others would provision in
/// that time, and the headroom that is reserved with them.
double ContractPricing::credible_exit(ProviderId provider, int month, double units,
                                      const Circumstances& now) const {
  if (!scenario_.bargaining.credible_exit || units == 0.0) return 1.0;
  const Stage& stage = now.occupancy.at(month);
  const bool scarce = now.scarcity[static_cast<std::size_t>(month)];
  double spare = 0.0, per_year = 0.0;  // units * units/yr: the ramp, weighted by what would leave
  for (std::size_t w = 0; w < scenario_.workloads.size(); ++w) {
    const WorkloadId workload(w);
    const double placed = placed_at(scenario_, stage, workload, provider);
    if (placed == 0.0) continue;
    const double demand = demanded_units(scenario_, now.demand, workload, month);
    const auto add = [&](LocationId to, double weight) {
      per_year += demand * placed * weight *
                  scenario_.providers[scenario_.locations[to].provider].provisioning->rate(scarce);
    };
    for_each_destination(scenario_, strategy_.workloads[workload], provider, now.deliveries, month, add);
    for (std::size_t l = 0; l < scenario_.locations.size(); ++l) {
      const ProviderId other = scenario_.locations[LocationId(l)].provider;
      if (scenario_.providers[other].regime_group == scenario_.providers[provider].regime_group ||
          month >= now.deliveries[other].notice_month)
        continue;
      const Holding& holding = stage.at(workload, LocationId(l));
      spare += demand * std::max(0.0, holding.capacity - holding.placed);
    }
  }
  const double rehomed = per_year / units * strategy_.contracts[provider].notice.value;
  return std::min(1.0, (rehomed + spare) / units);
}

}  // namespace hedgerow::models
