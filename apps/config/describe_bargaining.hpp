#pragma once
// Keys of renewal by bargaining (docs/model/bargaining.md).

#include <array>

#include "apps/config/key.hpp"
#include "models/scenario/input.hpp"

namespace hedgerow::config {

inline std::string_view type_name(const models::Bargaining&) { return "bargaining"; }

inline constexpr double highest_markup = 10.0;  // of the list price

template <class Visitor>
void describe_power(Visitor& v, models::Bargaining& bargaining) {
  namespace d = models::defaults;
  v.number({.name = "power",
            .unit = Unit::fraction,
            .range = inside(0, 1),
            .help = "the buyer's bargaining power where buyer and vendor depend alike on each other"},
           bargaining.power, d::bargaining_power);
  v.number({.name = "share_effect",
            .range = between(-20, 20),
            .help = "log odds of the buyer's power per unit of the vendor's dependence minus its own"},
           bargaining.share_effect, d::bargaining_share);
}

/// What the vendor could do with the capacity instead.
template <class Visitor>
void describe_resale(Visitor& v, models::Bargaining& bargaining) {
  namespace d = models::defaults;
  v.number({.name = "normal",
            .unit = Unit::fraction,
            .range = between(0, 1),
            .help = "chance that the vendor resells the capacity at list, in normal supply"},
           bargaining.resale_normal, d::resale_normal);
  v.number({.name = "scarce",
            .unit = Unit::fraction,
            .range = between(0, 1),
            .help = "the same while capacity is scarce"},
           bargaining.resale_scarce, d::resale_scarce);
}

/// What turning to somebody else costs the buyer.
template <class Visitor>
void describe_alternative(Visitor& v, models::Bargaining& bargaining) {
  namespace d = models::defaults;
  v.number({.name = "switching_cost",
            .range = between(0, 100),
            .help = "cost of leaving, in years of list spend; a contract may state an amount instead"},
           bargaining.switching_cost, d::switching_cost);
  v.number({.name = "porting_cost",
            .unit = Unit::fraction,
            .range = between(0, highest_markup),
            .help = "disutility of a provider that is used already, as part of its price"},
           bargaining.porting_cost, d::porting_cost);
  v.number({.name = "porting_cost_new",
            .unit = Unit::fraction,
            .range = between(0, highest_markup),
            .help = "the same of a provider that is not used yet"},
           bargaining.porting_cost_new, d::porting_cost_new);
  v.number({.name = "alternative_discount",
            .unit = Unit::fraction,
            .range = between(0, 1),
            .help = "what another provider would take off its list price"},
           bargaining.alternative_discount, d::alternative_discount);
}

template <class Visitor>
void describe(Visitor& v, models::Bargaining& bargaining) {
  namespace d = models::defaults;
  static constexpr std::array<Word<models::OutsideOption>, 2> options{
      {{"split", models::OutsideOption::split}, {"constraint", models::OutsideOption::constraint}}};
  describe_power(v, bargaining);
  v.group({.name = "resale", .help = "chance that the vendor resells what the buyer gives up"},
          [&bargaining](auto& inner) { describe_resale(inner, bargaining); });
  v.number({.name = "rival_wedge",
            .unit = Unit::fraction,
            .range = between(0, highest_markup),
            .help = "what a rival asks on top, as part of list price times product overlap"},
           bargaining.rival_wedge, d::rival_wedge);
  describe_alternative(v, bargaining);
  v.yes_no({.name = "credible_exit", .help = "whether only what could be moved within notice is a threat"},
           bargaining.credible_exit, d::credible_exit);
  v.word({.name = "outside_option",
          .help = "split: the alternative moves the price; constraint: it only bounds it"},
         bargaining.outside_option, std::span<const Word<models::OutsideOption>>(options), d::outside_option);
}

}  // namespace hedgerow::config
