#pragma once
// Keys of providers, their regions, and strategic divergence (docs/model/divergence.md).

#include "apps/config/describe_market.hpp"
#include "apps/config/describe_outage.hpp"
#include "apps/config/key.hpp"
#include "models/scenario/input.hpp"

namespace hedgerow::config {

inline std::string_view type_name(const models::Divergence&) { return "divergence"; }
inline std::string_view type_name(const models::Provisioning&) { return "provisioning"; }
inline std::string_view type_name(const models::Region&) { return "region"; }
inline std::string_view type_name(const models::ProviderInput&) { return "provider"; }

template <class Visitor>
void describe_regime_rates(Visitor& v, models::Divergence& divergence) {
  namespace d = models::defaults;
  const auto rate = [&v](std::string_view name, PerYear& member, const models::Default& fallback) {
    v.number({.name = name,
              .unit = Unit::per_year,
              .range = between(0, highest_switch_rate),
              .help = "base rate of this change of regime"},
             member, fallback);
  };
  rate("aligned_to_strained", divergence.aligned_to_strained, d::aligned_to_strained);
  rate("aligned_to_rival", divergence.aligned_to_rival, d::aligned_to_rival);
  rate("strained_to_aligned", divergence.strained_to_aligned, d::strained_to_aligned);
  rate("strained_to_rival", divergence.strained_to_rival, d::strained_to_rival);
  rate("strained_to_severed", divergence.strained_to_severed, d::strained_to_severed);
  rate("rival_to_strained", divergence.rival_to_strained, d::rival_to_strained);
  rate("rival_to_severed", divergence.rival_to_severed, d::rival_to_severed);
}

template <class Visitor>
void describe_covariates(Visitor& v, models::Divergence& divergence) {
  namespace d = models::defaults;
  const auto effect = [&v](std::string_view name, std::string_view help, double& member,
                           const models::Default& fallback) {
    v.number({.name = name, .range = between(-20, 20), .help = help}, member, fallback);
  };
  effect("overlap", "log hazard of worsening per unit of product overlap", divergence.overlap_effect,
         d::overlap_effect);
  effect("share", "log hazard of worsening per unit of dependence share", divergence.share_effect,
         d::share_effect);
  effect("equity", "log hazard of worsening per unit of equity stake", divergence.equity_effect,
         d::equity_effect);
  v.number({.name = "reference_overlap",
            .unit = Unit::fraction,
            .range = between(0, 1),
            .help = "product overlap at which the base rates hold"},
           divergence.reference_overlap, d::reference_overlap);
  v.number({.name = "reference_share",
            .unit = Unit::fraction,
            .range = between(0, 1),
            .help = "dependence share at which the base rates hold"},
           divergence.reference_share, d::reference_share);
  v.yes_no({.name = "feedback",
            .help = "whether the dependence share is that of each plan year's start, not the planned one"},
           divergence.feedback, d::feedback);
}

template <class Visitor>
void describe(Visitor& v, models::Divergence& divergence) {
  namespace d = models::defaults;
  v.group({.name = "rates", .help = "base rates of the changes of regime"},
          [&divergence](auto& inner) { describe_regime_rates(inner, divergence); });
  v.number({.name = "repair",
            .unit = Unit::per_year,
            .range = between(0, highest_switch_rate),
            .help = "rate at which a severed relation becomes merely strained; 0: never"},
           divergence.severed_to_strained, d::severed_to_strained);
  v.group({.name = "covariates", .help = "what makes worsening more or less likely"},
          [&divergence](auto& inner) { describe_covariates(inner, divergence); });
  v.number({.name = "contagion",
            .range = between(0, 100),
            .help = "each other provider in rivalry or severed raises the rates of worsening by this part"},
           divergence.contagion, d::contagion);
  v.number({.name = "withhold",
            .unit = Unit::fraction,
            .range = between(0, 1),
            .help = "share of capacity that a rival holds back"},
           divergence.withhold, d::withhold);
  v.number({.name = "rival_cost",
            .unit = Unit::money_per_year,
            .range = between(0, 1e15),
            .help = "roadmap and IP cost of a rival, times product overlap"},
           divergence.rival_cost, d::rival_cost);
  v.number({.name = "severed_cost",
            .unit = Unit::money_per_year,
            .range = between(0, 1e15),
            .help = "cost of a severed relation, times product overlap"},
           divergence.severed_cost, d::severed_cost);
}

template <class Visitor>
void describe(Visitor& v, models::Region& region) {
  v.optional_block(
      {.name = "outages",
       .help = "outages of this region: what hedgerow fit makes of an incident log, or a guess as {rate: "
               "3/yr, duration: {lognormal: {p50: 2h, p95: 14h}}}; none or absent: it never fails by itself"},
      region.outages, Absent::is_none);
}

template <class Visitor>
void describe(Visitor& v, models::Provisioning& provisioning) {
  constexpr Range any_rate = between(0, 1e12);
  v.number({.name = "normal",
            .unit = Unit::units_per_year,
            .range = any_rate,
            .help = "capacity that can be taken up in normal supply, as in 8_000 units/yr"},
           provisioning.normal, required);
  models::Default half = models::defaults::provisioning_scarce;
  half.value *= provisioning.normal.value;
  v.optional_number({.name = "scarce",
                     .unit = Unit::units_per_year,
                     .range = any_rate,
                     .help = "the same while capacity is scarce; absent: half of normal"},
                    provisioning.scarce, half);
}

template <class Visitor>
void describe_groups(Visitor& v, models::ProviderInput& provider) {
  namespace d = models::defaults;
  v.group_name({.name = "price_group", .help = "providers of one group share the chance of one price path"},
               provider.price_group, d::own_group);
  v.group_name({.name = "regime_group", .help = "providers of one group share one chain of regimes"},
               provider.regime_group, d::own_group);
  v.frailty_group({.name = "frailty_group",
                   .help = "providers of one group share the frailty factor called like the group"},
                  provider.frailty_group, d::own_group);
}

template <class Visitor>
void describe(Visitor& v, models::ProviderInput& provider) {
  namespace d = models::defaults;
  v.block({.name = "list_price",
           .help = "price of capacity, as in 2.0 USD/unit-hour or {value: …, drift: …}",
           .shorthand = "value"},
          provider.list_price, required);
  v.number({.name = "product_overlap",
            .unit = Unit::fraction,
            .range = between(0, 1),
            .help = "share of the vendor's products that compete with the buyer's"},
           provider.product_overlap, d::product_overlap);
  v.number({.name = "equity_stake",
            .unit = Unit::fraction,
            .range = from_to_below(0, 1),
            .help = "share of the buyer that the vendor owns"},
           provider.equity_stake, d::equity_stake);
  v.number({.name = "unit_cost_ratio",
            .unit = Unit::fraction,
            .range = inside(0, 1),
            .help = "what a unit costs the vendor, as part of the list price without scarcity premium"},
           provider.unit_cost_ratio, d::unit_cost_ratio);
  v.number({.name = "buyer_share_of_vendor",
            .unit = Unit::fraction,
            .range = between(0, 1),
            .help = "the buyer's share of the vendor's sales"},
           provider.buyer_share_of_vendor, d::buyer_share_of_vendor);
  v.optional_block(
      {.name = "provisioning",
       .help = "how fast it takes up capacity that leaves another provider, as in {normal: 8_000 "
               "units/yr}; absent: it takes none"},
      provider.provisioning, Absent::is_none);
  v.yes_no({.name = "alternative", .help = "whether a buyer could turn to it at a renewal elsewhere"},
           provider.alternative, d::alternative);
  describe_groups(v, provider);
  v.named({.name = "regions", .help = "regions by name; a workload is placed at provider.region"},
          provider.regions);
  v.optional_block({.name = "outages", .help = "outages of the whole provider; absent: none"},
                   provider.outages, Absent::is_none);
  v.optional_block(
      {.name = "divergence", .help = "strategic regimes; {} for defaults; absent: stays aligned"},
      provider.divergence, Absent::is_none);
}

}  // namespace hedgerow::config
