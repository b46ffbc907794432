#pragma once
// Keys of workloads, and of what the buyer chooses: placement and contracts (model.md A.3, A.4, C.3).

#include <array>

#include "apps/config/key.hpp"
#include "models/scenario/input.hpp"

namespace hedgerow::config {

inline std::string_view type_name(const models::Workload&) { return "workload"; }
inline std::string_view type_name(const models::Contract&) { return "contract"; }
inline std::string_view type_name(const models::WorkloadChoice&) { return "choice"; }
inline std::string_view type_name(const models::StrategyInput&) { return "strategy"; }

inline constexpr models::Default no_discount{0.0, models::DefaultKind::neutral, "list price"};

template <class Visitor>
void describe(Visitor& v, models::Workload& workload) {
  v.number({.name = "demand",
            .unit = Unit::capacity,
            .range = between(0, 1e12),
            .help = "capacity that the workload needs, as in 10_000 units"},
           workload.demand, required);
  v.number({.name = "revenue_at_risk",
            .unit = Unit::money_per_hour,
            .range = between(0, 1e15),
            .help = "what an hour without the workload costs, as in 50_000 USD/h"},
           workload.revenue_at_risk, required);
  v.not_modelled("reputation");
}

template <class Visitor>
void describe(Visitor& v, models::Contract& contract) {
  static constexpr std::array<Word<models::PriceMode>, 3> modes{{{"fixed", models::PriceMode::fixed},
                                                                 {"cap", models::PriceMode::cap},
                                                                 {"float", models::PriceMode::floating}}};
  v.word({.name = "mode",
          .help = "fixed: the price at signing; cap: that or the list price if lower; float: the list"},
         contract.mode, std::span<const Word<models::PriceMode>>(modes));
  v.months({.name = "term",
            .unit = Unit::months,
            .range = between(0, 1200),
            .help = "length of a term, as in 36mo; 0: month to month"},
           contract.term_months);
  v.number({.name = "discount", .unit = Unit::fraction, .range = between(0, 1), .help = "off the list price"},
           contract.discount, no_discount);
  v.number({.name = "notice",
            .unit = Unit::years,
            .range = between(0, 100),
            .help = "from the day the vendor severs the relation to the cut-off"},
           contract.notice, models::defaults::notice);
  v.not_modelled("commitment");
  v.not_modelled("sla");
}

template <class Visitor>
void describe(Visitor& v, models::WorkloadChoice& choice) {
  v.numbers(
      {.name = "placement",
       .unit = Unit::fraction,
       .range = between(0, 1),
       .help = "share of the demand at each location, as in {azure.east: 85%, aws.east: 15%}; sum 100%"},
      choice.placement, required);
  v.only_none({.name = "failover", .help = "what is lost at one location stays lost"});
}

template <class Visitor>
void describe(Visitor& v, models::StrategyInput& strategy) {
  v.named({.name = "contracts", .help = "terms with each provider; without any: list price, month to month"},
          strategy.contracts);
  v.rest({.name = "workload", .help = "where a workload runs: {placement: …}"}, strategy.workloads);
}

}  // namespace hedgerow::config
