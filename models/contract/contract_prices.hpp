#pragma once
// What contracts make of list prices, month by month, and the renewals in between (docs/model/path.md).

#include <vector>

#include "models/contract/bargaining.hpp"
#include "models/divergence/exit.hpp"
#include "models/divergence/history.hpp"
#include "models/market/demand.hpp"
#include "models/market/list_price.hpp"
#include "models/market/scarcity.hpp"
#include "models/placement/occupancy.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// A contract signed again by bargaining.
struct RenewalEvent {
  ProviderId provider;
  int month;
  double list_price;  ///< S* of the day [money/unit-hour]
  BargainingPosition position;
  Agreement agreement;
};

/// Unit prices P_p(t_k) [money/unit-hour] of one path and strategy.
class ContractPrices {
 public:
  void resize(std::size_t providers, std::size_t months) {
    months_ = months;
    prices_.assign(providers * months, 0.0);
    renewals.clear();
  }
  double& at(ProviderId provider, std::size_t month) { return prices_[provider.value * months_ + month]; }
  const double& at(ProviderId provider, std::size_t month) const {
    return prices_[provider.value * months_ + month];
  }
  std::vector<RenewalEvent> renewals;  ///< in order of provider and month

 private:
  std::size_t months_ = 0;
  std::vector<double> prices_;
};

/// The months in which a contract may be renewed by bargaining, in order.
std::vector<int> bargaining_months(const Contract& contract, const Horizon& horizon);

/// What a path and a strategy have come to before prices are negotiated.
struct Circumstances {
  const PricePath& list_prices;
  const ScarcityPath& scarcity;
  const DemandPath& demand;
  const RegimeHistory& regimes;
  const Deliveries& deliveries;
  const Occupancy& occupancy;
};

/// Prices of every provider and month.
///   fixed: (1 - delta) S*(t_sign)    cap: (1 - delta) min(S*(t_sign), S*(t))    float: (1 - delta) S*(t)
/// Before its start a contract is not in force and the list price holds; at the end of each term it is
/// signed again at list or by bargaining, but not while the provider is under notice.
class ContractPricing {
 public:
  ContractPricing(const Scenario& scenario, const Strategy& strategy);

  void price(const Circumstances& now, ContractPrices& out) const;

  /// What both sides would bring to the table in a month, at a contract of one month or more.
  BargainingPosition position(ProviderId provider, int month, const Circumstances& now) const;

 private:
  void price(ProviderId provider, const Circumstances& now, ContractPrices& out) const;
  double alternative(ProviderId provider, int month, const Circumstances& now) const;
  double units_at(ProviderId provider, int month, const Circumstances& now) const;
  double credible_exit(ProviderId provider, int month, double units, const Circumstances& now) const;

  const Scenario& scenario_;
  const Strategy& strategy_;
};

}  // namespace hedgerow::models
