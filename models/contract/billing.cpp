#include "models/contract/billing.hpp"

#include "models/contract/price.hpp"

namespace hedgerow::models {

void bill_capacity(const Scenario& scenario, const Strategy& strategy, const Exposure& exposure,
                   const PricePath& list_prices, const IdVector<ProviderId, Delivery>& deliveries,
                   const std::vector<double>& month_discount, Ledger& ledger) {
  for (std::size_t p = 0; p < scenario.providers.size(); ++p) {
    const ProviderId id(p);
    if (exposure.units[id] == 0.0) continue;
    ContractPrice price(strategy.contracts[id]);
    for (int k = 0; k < deliveries[id].cut_off_month; ++k) {
      const auto month = static_cast<std::size_t>(k);
      const bool under_notice = k >= deliveries[id].notice_month;
      const double unit_price = price.month(k, list_prices.at(id, month), under_notice);
      const double bill = hours_per_month * unit_price * exposure.units[id];
      ledger.at(Component::spend, id, month / months_per_year) += Money{bill, bill * month_discount[month]};
    }
  }
}

}  // namespace hedgerow::models
