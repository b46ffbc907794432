#pragma once
// What a contract makes of the list price, month by month (model.md C.3).

#include "models/scenario/input.hpp"

namespace hedgerow::models {

/// Follows one contract through the months, k = 0, 1, 2, ... in order.
///   fixed: (1 - delta) S*(t_sign)    cap: (1 - delta) min(S*(t_sign), S*(t))    float: (1 - delta) S*(t)
/// At the end of each term it is signed again, on the same terms, at the list price of that day; not
/// while the provider is under notice.
class ContractPrice {
 public:
  explicit ContractPrice(const Contract& terms) : terms_(terms) {}

  /// Price of month k [money/unit-hour] given the list price at its start.
  double month(int k, double list_price, bool under_notice) {
    const bool expires = terms_.term_months == 0 || k % terms_.term_months == 0;
    if (k == 0 || (expires && !under_notice)) signed_at_ = list_price;
    return (1.0 - terms_.discount) * basis(list_price);
  }

 private:
  double basis(double list_price) const {
    switch (terms_.mode) {
      case PriceMode::fixed:
        return signed_at_;
      case PriceMode::cap:
        return signed_at_ < list_price ? signed_at_ : list_price;
      case PriceMode::floating:
        break;
    }
    return list_price;
  }

  Contract terms_;
  double signed_at_ = 0.0;
};

}  // namespace hedgerow::models
