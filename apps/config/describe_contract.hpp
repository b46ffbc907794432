#pragma once
// Keys of contracts: price, commitment, service level, what leaving costs (docs/model/contracts.md).

#include <array>

#include "apps/config/key.hpp"
#include "models/scenario/input.hpp"

namespace hedgerow::config {

inline std::string_view type_name(const models::ServiceLevel&) { return "service_level"; }
inline std::string_view type_name(const models::Egress&) { return "egress"; }
inline std::string_view type_name(const models::Contract&) { return "contract"; }

inline constexpr Range any_money = between(0, 1e15);

template <class Visitor>
void describe(Visitor& v, models::ServiceLevel& sla) {
  namespace d = models::defaults;
  const auto part = [&v](std::string_view name, Fraction& member, const models::Default& fallback,
                         std::string_view help) {
    v.number({.name = name, .unit = Unit::fraction, .range = between(0, 1), .help = help}, member, fallback);
  };
  v.pairs({.name = "tiers",
           .unit = Unit::fraction,
           .range = above_up_to(0, 1),
           .help = "uptime of a month and the credit below it, as in [[99.99%, 10%], [99%, 30%]]"},
          {.name = "tiers", .unit = Unit::fraction, .range = between(0, 1), .help = ""}, sla.tiers, required);
  part("qualification", sla.qualification, d::sla_qualification, "chance that an outage counts");
  part("claim", sla.claim, d::sla_claim, "part of what is due that is claimed");
  part("cap_month", sla.cap_month, d::sla_cap_month, "most of a month's bill of a location");
  part("cap_year", sla.cap_year, d::sla_cap_year, "most of the bills of a contract year");
  v.yes_no({.name = "covers_shared", .help = "whether outages of shared dependencies count"},
           sla.covers_shared, d::covers_shared);
}

template <class Visitor>
void describe(Visitor& v, models::Egress& egress) {
  namespace d = models::defaults;
  v.number({.name = "price",
            .unit = Unit::money_per_tb,
            .range = any_money,
            .help = "of data that is moved out, as in 80 USD/TB"},
           egress.price, d::egress_price);
  v.number({.name = "volume",
            .unit = Unit::data,
            .range = between(0, 1e12),
            .help = "data that is moved out if everything leaves, as in 500 TB"},
           egress.volume, d::egress_volume);
}

template <class Visitor>
void describe_commitment(Visitor& v, models::Contract& contract) {
  namespace d = models::defaults;
  v.amounts(
      {.name = "commitment",
       .unit = Unit::money_per_year,
       .range = any_money,
       .help = "least that is paid, as in 150M USD/yr, or a list by contract year, the last one standing on"},
      contract.commitment, d::commitment);
  v.number({.name = "rollover",
            .unit = Unit::fraction,
            .range = between(0, 1),
            .help = "part of a surplus that is credited to the next contract year's commitment"},
           contract.rollover, d::rollover);
  v.yes_no({.name = "release_on_vendor_termination",
            .help = "whether the commitment ends with the cut-off, not with the term"},
           contract.release_on_vendor_termination, d::release);
  v.pairs({.name = "volume_tiers",
           .unit = Unit::money_per_year,
           .range = any_money,
           .help = "spend of a contract year and the discount on what lies above, as in [[1M USD/yr, 5%]]"},
          {.name = "volume_tiers", .unit = Unit::fraction, .range = between(0, 1), .help = ""},
          contract.volume_tiers, d::volume_tiers);
}

template <class Visitor>
void describe_leaving(Visitor& v, models::Contract& contract) {
  namespace d = models::defaults;
  v.number({.name = "notice",
            .unit = Unit::years,
            .range = between(0, 100),
            .help = "from the day the vendor severs the relation to the cut-off"},
           contract.notice, d::notice);
  v.number({.name = "migration_cost",
            .unit = Unit::money_per_unit,
            .range = any_money,
            .help = "of capacity that moves away, as in 800 USD/unit"},
           contract.migration_cost, d::migration_cost);
  v.block({.name = "egress", .help = "data that is moved out: {price: 80 USD/TB, volume: 500 TB}"},
          contract.egress);
  v.yes_no({.name = "dual_run", .help = "whether capacity that has moved away is billed until the cut-off"},
           contract.dual_run, d::dual_run);
  v.optional_number(
      {.name = "switching_cost",
       .unit = Unit::money,
       .range = any_money,
       .help = "cost of leaving when a renewal is bargained, as in 5M USD; absent: by bargaining"},
      contract.switching_cost, "by bargaining", d::contract_switching_cost);
}

template <class Visitor>
void describe(Visitor& v, models::Contract& contract) {
  namespace d = models::defaults;
  static constexpr std::array<Word<models::PriceMode>, 3> modes{{{"fixed", models::PriceMode::fixed},
                                                                 {"cap", models::PriceMode::cap},
                                                                 {"float", models::PriceMode::floating}}};
  static constexpr std::array<Word<models::Renewal>, 2> renewals{
      {{"list", models::Renewal::list}, {"bargain", models::Renewal::bargain}}};
  v.word({.name = "mode",
          .help = "fixed: the price at signing; cap: that or the list price if lower; float: the list"},
         contract.mode, std::span<const Word<models::PriceMode>>(modes), d::price_mode);
  v.months({.name = "term",
            .unit = Unit::months,
            .range = between(0, 1200),
            .help = "length of a term, as in 36mo; 0: month to month"},
           contract.term_months, d::term);
  v.contract_month({.name = "start", .help = "first month, as in 2026-07; may lie before the horizon"},
                   contract.start_month, d::contract_start);
  v.number({.name = "discount", .unit = Unit::fraction, .range = between(0, 1), .help = "off the list price"},
           contract.discount, d::no_discount);
  v.word({.name = "renewal", .help = "list: the discount stays; bargain: it is negotiated anew"},
         contract.renewal, std::span<const Word<models::Renewal>>(renewals), d::renewal);
  describe_commitment(v, contract);
  v.optional_block({.name = "sla", .help = "what the vendor owes for downtime: {tiers: …}; absent: nothing"},
                   contract.sla, Absent::is_none);
  describe_leaving(v, contract);
}

}  // namespace hedgerow::config
