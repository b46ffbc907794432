#pragma once
// The price at which a contract is renewed: asymmetric Nash bargaining between vendor and buyer
// (docs/model/bargaining.md; Nash 1950; Binmore, Rubinstein & Wolinsky 1986, RAND 17; several vendors: each
// bargains as if the others' terms stood, Collard-Wexler, Gowrisankaran & Lee 2019, JPE).

#include <limits>

#include "models/scenario/input.hpp"

namespace hedgerow::models {

/// What both sides bring to the table; prices in [money/unit-hour].
struct BargainingPosition {
  double list_price;   ///< S, premium for scarcity included
  double unit_cost;    ///< c, of the vendor, < S
  double resale;       ///< psi, chance that the vendor sells the capacity to others at list, 0..1
  double wedge = 0.0;  ///< omega o, 0 unless the vendor is a rival
  double alternative = std::numeric_limits<double>::infinity();  ///< P_alt, elsewhere; infinite: nowhere
  double switching_cost = 0.0;                                   ///< K / V, by unit-hour of the new term
  double credible_exit = 1.0;                                    ///< chi, part that could really leave, 0..1
  double equity_stake = 0.0;  ///< e, vendor's stake in the buyer, 0 <= . < 1
  double power = 0.5;         ///< beta, of the buyer, 0..1
  OutsideOption outside_option = OutsideOption::split;
};

struct Agreement {
  double floor;     ///< P_v, what the vendor must have
  double ceiling;   ///< P_max, what the buyer would pay at most
  double price;     ///< P*
  double leverage;  ///< (S - P*) / (S - c): part of the vendor's list margin that the buyer gets
  bool deal;        ///< false: no price suits both, the buyer pays min(S, P_v)
};

Agreement bargain(const BargainingPosition& position);

/// beta = logistic(logit beta_0 + b_s (buyer's share of the vendor - vendor's share of the buyer)).
double bargaining_power(const Bargaining& terms, double buyer_share_of_vendor, double vendor_share_of_buyer);

}  // namespace hedgerow::models
