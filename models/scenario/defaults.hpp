#pragma once
// Every default of the model, once, with its kind and its source. `anchored` means that a public
// figure stands behind the value; `assumed` means that a user should look at it before trusting an
// answer that hangs on it.

#include <string_view>

namespace hedgerow::models {

enum class DefaultKind { anchored, assumed, neutral };  ///< neutral: switches an effect off

struct Default {
  double value;
  DefaultKind kind;
  std::string_view source;
};

/// What stands behind a default that is no number. Its value stands at the member itself.
struct Reason {
  DefaultKind kind;
  std::string_view source;
};

namespace defaults {

using enum DefaultKind;

inline constexpr Default discount_rate{0.08, assumed, "a corporate cost of capital"};

inline constexpr Default price_drift{-0.10, assumed, "compute prices fall by a tenth a year"};
inline constexpr Default price_volatility{
    0.15, assumed, "between an administered list price (0.05) and a neocloud's spot price (0.25)"};
inline constexpr Default jump_rate{0.3, assumed, "one repricing in about three years"};
inline constexpr Default jump_mean{-0.10, assumed, "repricings are cuts more often than rises"};
inline constexpr Default jump_sd{0.20, assumed,
                                 "sense check: the AWS H100 cut of June 2025 was about -44 %, log -0.58"};
inline constexpr Default scarcity_premium{0.25, assumed, "hyperscaler; a neocloud is nearer 50 %"};
inline constexpr Default price_loading{0.7745966692414834, assumed,
                                       "sqrt(0.6): pairwise correlation 0.6 of price diffusions"};
inline constexpr Default scarcity_to_scarce{0.25, assumed, "a shortage every four years"};
inline constexpr Default scarcity_to_normal{0.8, assumed, "a shortage lasts 15 months on average"};

inline constexpr Default severity_total{1.0, neutral, "every outage takes all of the affected capacity"};
inline constexpr Default severity_mean{0.4, assumed, "mean severity of a partial outage"};
inline constexpr Default severity_concentration{3.0, assumed, "spread of partial severities"};
inline constexpr Default frailty_variance{0.5, assumed, "counts over-dispersed as in public incident logs"};
inline constexpr Default frailty_persistence{0.0, neutral, "years are independent of each other"};
inline constexpr Default frailty_own{0.3, assumed, "idiosyncratic part of a region's or provider's rate"};
inline constexpr Default frailty_industry{0.3, assumed, "part that moves with the whole industry"};
inline constexpr Default frailty_provider{0.4, assumed, "part that moves with the entity's own provider"};
inline constexpr Default shared_frailty_own{1.0, assumed, "shared dependencies fail independently"};

inline constexpr Default product_overlap{0.3, assumed, "some products compete"};
inline constexpr Default equity_stake{0.0, neutral, "the vendor owns nothing of the buyer"};
inline constexpr Default unit_cost_ratio{0.40, assumed, "a unit costs the vendor 40 % of its list price"};
inline constexpr Default buyer_share_of_vendor{0.02, assumed, "the buyer is 2 % of the vendor's sales"};

inline constexpr Default growth{0.0, neutral, "demand stays as it is"};
inline constexpr Default demand_volatility{0.0, neutral, "demand is known; 0.10 a year when it is not"};
inline constexpr Default reputation_time{24.0, assumed,
                                         "an outage of a day is where reputation cost is anchored"};
inline constexpr Default reputation_exponent{1.5, assumed, "twice as long costs almost three times as much"};
inline constexpr Default recovery_cold{8.0, assumed, "hours to bring up a cold standby"};
inline constexpr Default recovery_warm{0.5, assumed, "hours to promote a warm standby"};
inline constexpr Default recovery_active{0.0, assumed, "active-active sites take over at once"};
inline constexpr Default no_headroom{0.0, neutral, "nothing is reserved beyond what is placed"};
inline constexpr Default no_on_demand{0.0, neutral, "nothing can be had in a crisis"};

inline constexpr Default no_discount{0.0, neutral, "list price"};
inline constexpr Default rollover{0.0, neutral, "a surplus over the commitment is lost"};
inline constexpr Default migration_cost{0.0, neutral, "moving a unit costs nothing"};
inline constexpr Default egress_price{0.0, neutral, "no price of egress is stated"};
inline constexpr Default egress_volume{0.0, neutral, "no data to move is stated"};
inline constexpr Default sla_qualification{0.15, assumed, "most outages are argued not to count"};
inline constexpr Default sla_claim{0.80, assumed, "one credit in five is never claimed"};
inline constexpr Default sla_cap_month{1.0, assumed, "never more than the month's bill of the location"};
inline constexpr Default sla_cap_year{0.05, assumed, "never more than 5 % of the year's bill"};

inline constexpr Default bargaining_power{0.5, assumed, "equal power where both depend alike on each other"};
inline constexpr Default bargaining_share{2.0, assumed, "log odds of power per unit of mutual dependence"};
inline constexpr Default resale_normal{0.2, assumed, "chance to resell capacity at list, normal supply"};
inline constexpr Default resale_scarce{0.7, assumed, "chance to resell capacity at list, scarce supply"};
inline constexpr Default rival_wedge{0.2, assumed, "a rival asks more, by this part of list times overlap"};
inline constexpr Default switching_cost{0.25, assumed, "a quarter of a year's list spend to leave"};
inline constexpr Default porting_cost{0.10, assumed, "disutility of moving to a provider already used"};
inline constexpr Default porting_cost_new{0.20, assumed, "disutility of moving to a provider not yet used"};
inline constexpr Default alternative_discount{0.10, assumed, "what another provider would take off its list"};

inline constexpr Default aligned_to_strained{0.20, assumed,
                                             "nothing public fits it: docs/model/divergence.md"};
inline constexpr Default aligned_to_rival{0.02, assumed, "nothing public fits it: docs/model/divergence.md"};
inline constexpr Default strained_to_aligned{0.30, assumed,
                                             "nothing public fits it: docs/model/divergence.md"};
inline constexpr Default strained_to_rival{0.20, assumed, "nothing public fits it: docs/model/divergence.md"};
inline constexpr Default strained_to_severed{0.02, assumed,
                                             "nothing public fits it: docs/model/divergence.md"};
inline constexpr Default rival_to_strained{0.15, assumed, "nothing public fits it: docs/model/divergence.md"};
inline constexpr Default rival_to_severed{0.10, assumed, "nothing public fits it: docs/model/divergence.md"};
inline constexpr Default severed_to_strained{0.0, neutral, "a severed relation stays severed"};
inline constexpr Default overlap_effect{1.0, assumed, "log hazard per unit of product overlap"};
inline constexpr Default share_effect{0.8, assumed, "log hazard per unit of dependence share"};
inline constexpr Default equity_effect{-1.5, assumed, "log hazard per unit of equity stake"};
inline constexpr Default reference_overlap{0.3, assumed, "overlap at which the base generator holds"};
inline constexpr Default reference_share{0.5, assumed, "share at which the base generator holds"};
inline constexpr Default contagion{
    0.5, assumed, "each other provider in rivalry or severed raises worsening rates by half"};
inline constexpr Default withhold{0.10, assumed, "capacity that a rival holds back"};
inline constexpr Default rival_cost{0.0, neutral, "no roadmap or IP cost is stated"};
inline constexpr Default severed_cost{0.0, neutral, "no cost of a severed relation is stated"};
inline constexpr Default notice{0.5, assumed, "six months from severance to cut-off"};

/// Part of the provisioning rate in normal supply.
inline constexpr Default provisioning_scarce{0.5, assumed, "half of the rate in normal supply"};

inline constexpr Default corridor_discount{0.10, assumed,
                                           "a tenth off list is what makes a closer relation worth it"};
inline constexpr Default corridor_leverage{0.30, assumed, "or three tenths of the vendor's list margin"};
inline constexpr Default corridor_unserved{168.0, assumed,
                                           "a week without service is what the firm survives"};

inline constexpr Reason correlation{assumed, "the common factor of list_price.price_loading"};
inline constexpr Reason overlap{assumed, "what is down cannot go down twice"};
inline constexpr Reason own_group{neutral, "shares its chance with no other provider"};
inline constexpr Reason alternative{assumed, "the buyer could turn to any other provider at a renewal"};
inline constexpr Reason feedback{neutral, "the planned share counts, whatever has moved"};
inline constexpr Reason reputation_cap{neutral, "an incident may cost any amount"};

inline constexpr Reason credible_exit{assumed, "nobody fears an exit that is slower than the notice"};
inline constexpr Reason outside_option{assumed, "the alternative moves the price even where it is not taken"};

inline constexpr Reason failover{neutral, "what is lost at one location stays lost"};
inline constexpr Reason no_recovery{neutral, "nothing takes over"};
inline constexpr Reason exit_plan{assumed, "to the surviving locations in proportion to their shares"};
inline constexpr Reason exit_lead{neutral, "the move begins a month after the notice"};
inline constexpr Reason rehomed_headroom{neutral, "what has moved is served without headroom"};
inline constexpr Reason pooled_headroom{neutral, "each workload has its own headroom"};

inline constexpr Reason price_mode{neutral, "the list price of the day"};
inline constexpr Reason term{neutral, "month to month"};
inline constexpr Reason contract_start{neutral, "in force when the horizon starts"};
inline constexpr Reason renewal{neutral, "the discount stays"};
inline constexpr Reason commitment{neutral, "nothing is committed to"};
inline constexpr Reason release{assumed, "who ends the relation cannot ask for the rest of the commitment"};
inline constexpr Reason volume_tiers{neutral, "no discount for volume"};
inline constexpr Reason covers_shared{assumed, "no vendor answers for what others run"};
inline constexpr Reason dual_run{assumed, "capacity is billed until the cut-off, also where it is idle"};
inline constexpr Reason contract_switching_cost{assumed,
                                                "by bargaining.switching_cost and the spend of the day"};

}  // namespace defaults
}  // namespace hedgerow::models
