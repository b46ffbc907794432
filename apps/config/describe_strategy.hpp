#pragma once
// Keys of workloads, and of what the buyer chooses for them (docs/model/failover.md, docs/model/exit.md).

#include <array>

#include "apps/config/describe_contract.hpp"
#include "apps/config/key.hpp"
#include "models/scenario/input.hpp"

namespace hedgerow::config {

inline std::string_view type_name(const models::Reputation&) { return "reputation"; }
inline std::string_view type_name(const models::Workload&) { return "workload"; }
inline std::string_view type_name(const models::OnDemand&) { return "on_demand"; }
inline std::string_view type_name(const models::Failover&) { return "failover"; }
inline std::string_view type_name(const models::WorkloadChoice&) { return "choice"; }
inline std::string_view type_name(const models::StrategyInput&) { return "strategy"; }

inline constexpr Range any_headroom = between(0, 10);  // of what is placed

template <class Visitor>
void describe(Visitor& v, models::Reputation& reputation) {
  namespace d = models::defaults;
  v.number({.name = "factor",
            .range = between(0, 1e6),
            .help = "cost of an incident of `time`, over the revenue at risk in it"},
           reputation.factor, required);
  v.number({.name = "time",
            .unit = Unit::hours,
            .range = above_up_to(0, 100 * hours_per_year),
            .help = "length of the incident that the factor is about"},
           reputation.time, d::reputation_time);
  v.number(
      {.name = "exponent", .range = between(1, 10), .help = "above 1 the cost grows faster than the length"},
      reputation.exponent, d::reputation_exponent);
  v.optional_number({.name = "cap",
                     .unit = Unit::money,
                     .range = any_money,
                     .help = "most that an incident costs, as in 50M USD; absent: no cap"},
                    reputation.cap, "none", d::reputation_cap);
}

template <class Visitor>
void describe(Visitor& v, models::Workload& workload) {
  namespace d = models::defaults;
  v.number({.name = "demand",
            .unit = Unit::capacity,
            .range = between(0, 1e12),
            .help = "capacity that the workload needs, as in 10_000 units"},
           workload.demand, required);
  v.number({.name = "revenue_at_risk",
            .unit = Unit::money_per_hour,
            .range = any_money,
            .help = "what an hour without the workload costs, as in 50_000 USD/h; moves with the demand"},
           workload.revenue_at_risk, required);
  v.number({.name = "growth",
            .unit = Unit::fraction,
            .range = above_up_to(-1, 10),
            .help = "of the demand from each year to the next"},
           workload.growth, d::growth);
  v.number({.name = "demand_volatility",
            .unit = Unit::fraction,
            .range = between(0, 2),
            .help = "standard deviation of the logarithm of the demand after a year"},
           workload.demand_volatility, d::demand_volatility);
  v.optional_block({.name = "reputation",
                    .help = "what an incident costs beyond its hours: {factor: 0.5}; absent: nothing"},
                   workload.reputation, Absent::is_none);
}

template <class Visitor>
void describe(Visitor& v, models::OnDemand& on_demand) {
  namespace d = models::defaults;
  const auto part = [&v](std::string_view name, Fraction& member, std::string_view help) {
    v.number({.name = name, .unit = Unit::fraction, .range = any_headroom, .help = help}, member,
             d::no_on_demand);
  };
  part("normal", on_demand.normal, "part of the demand that can be had there in a crisis, in normal supply");
  part("scarce", on_demand.scarce, "the same while capacity is scarce");
}

/// The time to take over hangs on the policy, also where it is not given.
template <class Visitor>
void describe_recovery_time(Visitor& v, models::Failover& failover) {
  namespace d = models::defaults;
  const Key key{
      .name = "recovery_time",
      .unit = Unit::hours,
      .range = between(0, 100 * hours_per_year),
      .help = "from an outage until others take over; absent: cold 8h, warm 30min, active_active 0h"};
  switch (failover.policy) {
    case models::FailoverPolicy::none:
      return v.optional_number(key, failover.recovery_time, "none", d::no_recovery);
    case models::FailoverPolicy::cold:
      return v.optional_number(key, failover.recovery_time, d::recovery_cold);
    case models::FailoverPolicy::warm:
      return v.optional_number(key, failover.recovery_time, d::recovery_warm);
    case models::FailoverPolicy::active_active:
      return v.optional_number(key, failover.recovery_time, d::recovery_active);
  }
}

template <class Visitor>
void describe(Visitor& v, models::Failover& failover) {
  namespace d = models::defaults;
  using models::FailoverPolicy;
  static constexpr std::array<Word<FailoverPolicy>, 4> policies{
      {{"none", FailoverPolicy::none},
       {"cold", FailoverPolicy::cold},
       {"warm", FailoverPolicy::warm},
       {"active_active", FailoverPolicy::active_active}}};
  v.word({.name = "policy", .help = "what the other locations do for one that is down"}, failover.policy,
         std::span<const Word<FailoverPolicy>>(policies), d::failover);
  describe_recovery_time(v, failover);
  v.number_or_map({.name = "headroom",
                   .unit = Unit::fraction,
                   .range = any_headroom,
                   .help = "capacity that is reserved on top of what is placed, as in 20%, or by location"},
                  failover.headroom, d::no_headroom);
  v.by_name({.name = "on_demand_headroom",
             .help = "part of the demand that can be bought in a crisis, as in {azure.east: {normal: 5%}}",
             .shorthand = "normal"},
            failover.on_demand_headroom, {d::no_on_demand.kind, d::no_on_demand.source});
}

template <class Visitor>
void describe(Visitor& v, models::WorkloadChoice& choice) {
  namespace d = models::defaults;
  v.numbers(
      {.name = "placement",
       .unit = Unit::fraction,
       .range = between(0, 1),
       .help = "share of the demand at each location, as in {azure.east: 85%, aws.east: 15%}; sum 100%"},
      choice.placement, required);
  v.block({.name = "failover",
           .help = "none, cold, warm or active_active, or {policy: warm, headroom: 20%}",
           .shorthand = "policy"},
          choice.failover);
  v.table({.name = "exit_plan",
           .unit = Unit::fraction,
           .range = between(0, 1),
           .help = "where to when a provider leaves, as in {azure: {aws.east: 70%, oracle.texas: 30%}}"},
          choice.exit_plan, d::exit_plan);
  v.months({.name = "exit_lead",
            .unit = Unit::months,
            .range = between(0, 1200),
            .help = "time to prepare between notice and the beginning of the move, as in 2mo"},
           choice.exit_lead_months, d::exit_lead);
  v.yes_no({.name = "rehomed_headroom", .help = "whether headroom is reserved at the new place as well"},
           choice.rehomed_headroom, d::rehomed_headroom);
}

template <class Visitor>
void describe(Visitor& v, models::StrategyInput& strategy) {
  v.named({.name = "contracts", .help = "terms with each provider; without any: list price, month to month"},
          strategy.contracts);
  v.yes_no({.name = "pooled_headroom",
            .help = "whether workloads share their spare capacity, the most valuable first"},
           strategy.pooled_headroom, models::defaults::pooled_headroom);
  v.rest({.name = "workload", .help = "where a workload runs: {placement: …}"}, strategy.workloads);
}

}  // namespace hedgerow::config
