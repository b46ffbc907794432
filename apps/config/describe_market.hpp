#pragma once
// Keys of prices and of the GPU market (docs/model/pricing.md).

#include "apps/config/key.hpp"
#include "models/scenario/input.hpp"

namespace hedgerow::config {

inline std::string_view type_name(const models::PriceJumps&) { return "jumps"; }
inline std::string_view type_name(const models::ListPrice&) { return "list_price"; }
inline std::string_view type_name(const models::Scarcity&) { return "scarcity"; }
inline std::string_view type_name(const models::Market&) { return "market"; }

inline constexpr double highest_scarcity_premium = 6.389;  // exp(2) - 1
inline constexpr double highest_switch_rate = 1'000.0;     // [1/yr] of a Markov chain

template <class Visitor>
void describe(Visitor& v, models::PriceJumps& jumps) {
  namespace d = models::defaults;
  v.number({.name = "rate", .unit = Unit::per_year, .range = between(0, 12), .help = "repricings per year"},
           jumps.rate, d::jump_rate);
  v.number({.name = "mean", .range = between(-2, 2), .help = "mean of the logarithm of a jump"}, jumps.mean,
           d::jump_mean);
  v.number({.name = "sd", .range = between(0, 2), .help = "standard deviation of the logarithm of a jump"},
           jumps.sd, d::jump_sd);
}

template <class Visitor>
void describe(Visitor& v, models::ListPrice& price) {
  namespace d = models::defaults;
  v.number({.name = "value",
            .unit = Unit::price,
            .range = above_up_to(0, 1e9),
            .help = "list price of one unit of capacity for one hour, at the start"},
           price.initial, required);
  v.number({.name = "drift",
            .unit = Unit::fraction,
            .range = between(-1, 1),
            .help = "mean growth of the list price per year, continuously compounded"},
           price.drift, d::price_drift);
  v.number({.name = "volatility",
            .unit = Unit::fraction,
            .range = between(0, 2),
            .help = "standard deviation of the logarithm of the price after a year, without jumps"},
           price.volatility, d::price_volatility);
  v.optional_block({.name = "jumps", .help = "sudden repricings; none switches them off"}, price.jumps,
                   Absent::is_defaults);
  v.number({.name = "scarcity_premium",
            .unit = Unit::fraction,
            .range = between(0, highest_scarcity_premium),
            .help = "what list prices rise by while capacity is scarce"},
           price.scarcity_premium, d::scarcity_premium);
  v.number({.name = "price_loading",
            .unit = Unit::fraction,
            .range = between(0, 1),
            .help = "weight of the common factor in the price's diffusion; its square is the correlation of "
                    "two such prices"},
           price.loading, d::price_loading);
}

template <class Visitor>
void describe(Visitor& v, models::Scarcity& scarcity) {
  namespace d = models::defaults;
  v.number({.name = "to_scarce",
            .unit = Unit::per_year,
            .range = between(0, highest_switch_rate),
            .help = "rate at which normal supply turns scarce"},
           scarcity.to_scarce, d::scarcity_to_scarce);
  v.number({.name = "to_normal",
            .unit = Unit::per_year,
            .range = between(0, highest_switch_rate),
            .help = "rate at which scarcity ends"},
           scarcity.to_normal, d::scarcity_to_normal);
}

template <class Visitor>
void describe(Visitor& v, models::Market& market) {
  v.optional_block({.name = "scarcity", .help = "GPU scarcity that comes and goes; absent: never scarce"},
                   market.scarcity, Absent::is_none);
  v.table({.name = "correlation",
           .range = between(-1, 1),
           .help = "correlation of the price diffusions by pair of providers, or of price groups where there "
                   "are any, every pair once; absent: the common factor"},
          market.correlation, models::defaults::correlation);
}

}  // namespace hedgerow::config
