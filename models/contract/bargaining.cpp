#include "models/contract/bargaining.hpp"

#include <algorithm>
#include <cmath>

namespace hedgerow::models {

Agreement bargain(const BargainingPosition& p) {
  const double list = p.list_price, margin = list - p.unit_cost;
  const double floor = p.unit_cost + p.resale * margin + p.wedge * list;
  const double threat = std::min(list, p.alternative + p.switching_cost);
  const double ceiling = p.credible_exit * threat + (1.0 - p.credible_exit) * list;
  // A vendor who owns part of the buyer bears that part of what the buyer overpays.
  const double vendor = std::max(0.0, (floor - p.equity_stake * ceiling) / (1.0 - p.equity_stake));
  const bool deal = vendor < ceiling;
  double price = std::min(list, vendor);
  if (deal && p.outside_option == OutsideOption::split)
    price = p.power * vendor + (1.0 - p.power) * ceiling;
  else if (deal)
    price = std::min(ceiling, p.power * vendor + (1.0 - p.power) * list);
  return {vendor, ceiling, price, (list - price) / margin, deal};
}

double bargaining_power(const Bargaining& terms, double buyer_share_of_vendor, double vendor_share_of_buyer) {
  const double base = terms.power.value;
  const double log_odds =
      std::log(base / (1.0 - base)) + terms.share_effect * (buyer_share_of_vendor - vendor_share_of_buyer);
  return 1.0 / (1.0 + std::exp(-log_odds));
}

}  // namespace hedgerow::models
