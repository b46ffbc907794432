#pragma once
// What a front end fills in: the whole problem as plain nested data, every reference by name.
// A Scenario is built from it in one step (scenario.hpp). Defaults stand in defaults.hpp, each with
// its kind and source; the members below are initialised from there and nowhere else.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/quantity.hpp"
#include "models/scenario/defaults.hpp"
#include "models/scenario/strategy_input.hpp"

namespace hedgerow::models {

using UnitsPerYear = Quantity<struct UnitsPerYearTag>;  ///< [units/yr]

/// The planning horizon: starts at a calendar month, lasts whole months.
struct Horizon {
  int start_year = 2026;
  int start_month = 1;                                   ///< 1..12
  int months = 84;                                       ///< [month] >= 1
  PerYear discount_rate{defaults::discount_rate.value};  ///< continuous compounding, 0..0.5

  double length() const { return static_cast<double>(months) / months_per_year; }  ///< T [yr]
  int years() const { return (months + months_per_year - 1) / months_per_year; }   ///< ceil(T)
};

/// Compound-Poisson jumps of the log price, Normal(mean, sd^2) each (Merton 1976).
struct PriceJumps {
  PerYear rate{defaults::jump_rate.value};  ///< 0..12
  double mean = defaults::jump_mean.value;  ///< [log], -2..2
  double sd = defaults::jump_sd.value;      ///< [log], 0..2
};

/// List price of one unit of capacity (docs/model/pricing.md).
struct ListPrice {
  double initial = 0.0;                                  ///< S(0) [money/unit-hour], > 0; required
  double drift = defaults::price_drift.value;            ///< mu [1/yr], -1..1: E S(t) = S(0) exp(mu t)
  double volatility = defaults::price_volatility.value;  ///< sigma [1/sqrt(yr)], 0..2
  std::optional<PriceJumps> jumps = PriceJumps{};        ///< nothing: the price never jumps
  double scarcity_premium =
      defaults::scarcity_premium.value;            ///< relative, exp(j) - 1, while capacity is scarce
  double loading = defaults::price_loading.value;  ///< sqrt(rho) on the common price factor, 0..1
};

/// What is left open of the parameters of a law: they are normal together in these quantities, with these
/// standard errors [-] >= 0 and this correlation, -1..1 (docs/fit.md). A normal law that leaves the range of
/// its parameter is taken given that it stays inside.
struct LognormalPosterior {
  double log_median;
  double log_sigma;
  double correlation;
};
struct WeibullPosterior {
  double log_shape;
  double log_scale;
  double correlation;
};
struct TailPosterior {
  double tail_index;
  double log_tail_scale;
  double correlation;
};

struct LognormalDuration {
  Hours median;                                      ///< > 0
  double sigma;                                      ///< of ln hours, 0 < . <= 10
  std::optional<LognormalPosterior> posterior = {};  ///< nothing: both are known
};
struct WeibullDuration {
  double shape;                                    ///< 0.05 <= . <= 1000
  Hours scale;                                     ///< > 0
  std::optional<WeibullPosterior> posterior = {};  ///< nothing: both are known
};
struct FixedDuration {
  Hours value;  ///< > 0
};
/// Body law below its `threshold` quantile, generalised Pareto excess above it (docs/model/outages.md).
struct SplicedDuration {
  std::variant<LognormalDuration, WeibullDuration> body;
  Fraction threshold;                           ///< probability of the body, 0 < . < 1
  double tail_index;                            ///< xi < 1, so that the mean is finite
  Hours tail_scale;                             ///< beta > 0
  std::optional<TailPosterior> posterior = {};  ///< of the tail; nothing: it is known
};
using DurationLaw = std::variant<LognormalDuration, WeibullDuration, FixedDuration, SplicedDuration>;

/// Fraction of the affected capacity that an outage takes: all of it with probability `total`,
/// otherwise Beta with the given mean and concentration (docs/model/outages.md).
struct Severity {
  Fraction total{defaults::severity_total.value};
  Fraction mean{defaults::severity_mean.value};                   ///< 0 < . < 1
  double concentration = defaults::severity_concentration.value;  ///< alpha + beta > 0
};

/// Aftershocks: each outage triggers Poisson(branching) more at the same entity, each after an
/// exponential delay, and so on (Hawkes 1971 in cluster form, docs/model/outages.md).
struct Clustering {
  Fraction branching;  ///< n, 0 <= . < 0.9; the entity's rate is that of the primary outages
  PerYear decay;       ///< beta > 0; the mean delay is 1 / beta
};

/// What happens when an entity fails while it is already down (docs/model/outages.md).
enum class Overlap { merge, ignore };

/// What is known of a rate: the Gamma law of shape `events` and rate parameter `exposure`, whose mean is the
/// rate (docs/fit.md).
struct RatePosterior {
  double events;   ///< 0.1 .. 1e6
  Years exposure;  ///< > 0
};

/// More than this is no outage that a buyer notices.
inline constexpr PerYear largest_outage_rate{10'000.0};

/// One outage entity's arrivals, durations and severities.
struct OutageProcess {
  PerYear rate;  ///< 0 .. largest_outage_rate
  DurationLaw duration;
  Severity severity;
  Overlap overlap = Overlap::merge;
  std::optional<Clustering> clustering = {};  ///< nothing: no aftershocks
  /// Weights on frailty factors by name, `own` being the idiosyncratic part; they sum to 1.
  /// Nothing: the defaults of docs/model/outages.md for this kind of entity.
  std::optional<std::map<std::string, double>> frailty = {};
  /// Nothing: the rate is known. Its mean is `rate`, within rate_tolerance.
  std::optional<RatePosterior> rate_posterior = {};
};

/// Part of itself by which a rate may miss the mean of its posterior: what people round away.
inline constexpr double rate_tolerance = 0.01;

/// Gamma factor that several entities' outage rates share within a year (docs/model/outages.md).
struct FrailtyFactor {
  double variance = defaults::frailty_variance.value;        ///< v, 0..20; mean is 1
  double persistence = defaults::frailty_persistence.value;  ///< rho, correlation from year to year, 0..1
};

/// Two-state Markov chain of GPU scarcity (docs/model/pricing.md); starts normal.
struct Scarcity {
  PerYear to_scarce{defaults::scarcity_to_scarce.value};
  PerYear to_normal{defaults::scarcity_to_normal.value};
};

struct Market {
  std::optional<Scarcity> scarcity;  ///< nothing: capacity never becomes scarce
  /// Correlation of the price diffusions by pair of provider names, every pair once; replaces the
  /// common factor. Empty: the factor form with each provider's loading.
  std::map<std::string, std::map<std::string, double>> correlation;
};

/// Strategic regimes of a provider towards the buyer (docs/model/divergence.md).
struct Divergence {
  PerYear aligned_to_strained{defaults::aligned_to_strained.value};
  PerYear aligned_to_rival{defaults::aligned_to_rival.value};
  PerYear strained_to_aligned{defaults::strained_to_aligned.value};
  PerYear strained_to_rival{defaults::strained_to_rival.value};
  PerYear strained_to_severed{defaults::strained_to_severed.value};
  PerYear rival_to_strained{defaults::rival_to_strained.value};
  PerYear rival_to_severed{defaults::rival_to_severed.value};
  PerYear severed_to_strained{defaults::severed_to_strained.value};  ///< repair; 0: severed is for good
  double overlap_effect = defaults::overlap_effect.value;            ///< b_o
  double share_effect = defaults::share_effect.value;                ///< b_s
  double equity_effect = defaults::equity_effect.value;              ///< b_e
  Fraction reference_overlap{defaults::reference_overlap.value};     ///< o_ref
  Fraction reference_share{defaults::reference_share.value};         ///< s_ref
  bool feedback = false;  ///< the share is that of the beginning of each plan year, not the planned one
  double contagion = defaults::contagion.value;        ///< chi_c >= 0
  Fraction withhold{defaults::withhold.value};         ///< capacity that a rival holds back, 0..1
  double rival_cost = defaults::rival_cost.value;      ///< c_R [money/yr], times product overlap
  double severed_cost = defaults::severed_cost.value;  ///< c_X [money/yr], times product overlap
};

struct Region {
  std::optional<OutageProcess> outages;
};

/// How fast a provider takes up capacity that comes from elsewhere (docs/model/exit.md).
struct Provisioning {
  UnitsPerYear normal;  ///< >= 0
  /// >= 0; nothing: half of `normal` (assumed)
  std::optional<UnitsPerYear> scarce;

  double rate(bool is_scarce) const {
    return !is_scarce ? normal.value
           : scarce   ? scarce->value
                      : defaults::provisioning_scarce.value * normal.value;
  }
};

/// Whether a provider with this provisioning takes any capacity that leaves another one.
inline bool takes_capacity(const std::optional<Provisioning>& provisioning) {
  return provisioning && provisioning->normal.value > 0.0;
}

struct ProviderInput {
  ListPrice list_price;
  double product_overlap = defaults::product_overlap.value;  ///< o, 0..1
  double equity_stake = defaults::equity_stake.value;  ///< e, the vendor's stake in the buyer, 0 <= . < 1
  Fraction unit_cost_ratio{defaults::unit_cost_ratio.value};  ///< c / list price without premium, inside 0..1
  Fraction buyer_share_of_vendor{defaults::buyer_share_of_vendor.value};  ///< 0..1
  std::optional<Provisioning> provisioning;  ///< nothing: takes no capacity that leaves another provider
  bool alternative = true;                   ///< may be the buyer's alternative at a renewal elsewhere
  std::string price_group;    ///< providers of one group share the chance of one price path; empty: own name
  std::string regime_group;   ///< share one regime chain; empty: own name
  std::string frailty_group;  ///< share the provider's frailty factor, called like the group; empty: own name
  std::map<std::string, Region> regions;
  std::optional<OutageProcess> outages;  ///< of the whole provider
  std::optional<Divergence> divergence;  ///< nothing: stays aligned
};

struct SharedDependency {
  OutageProcess outages;
  std::map<std::string, double> impact;  ///< by location "provider.region", 0..1
};

/// Whether the buyer's alternative moves the price or only bounds it (docs/model/bargaining.md).
enum class OutsideOption { split, constraint };

/// How prices are renegotiated where a contract says so (docs/model/bargaining.md).
struct Bargaining {
  Fraction power{defaults::bargaining_power.value};            ///< beta_0 of the buyer, inside 0..1
  double share_effect = defaults::bargaining_share.value;      ///< b_s
  Fraction resale_normal{defaults::resale_normal.value};       ///< psi
  Fraction resale_scarce{defaults::resale_scarce.value};       ///< psi
  double rival_wedge = defaults::rival_wedge.value;            ///< omega >= 0
  double switching_cost = defaults::switching_cost.value;      ///< k_sw [yr of list spend] >= 0
  double porting_cost = defaults::porting_cost.value;          ///< epsilon >= 0, where there is a share
  double porting_cost_new = defaults::porting_cost_new.value;  ///< epsilon >= 0, where there is none
  Fraction alternative_discount{defaults::alternative_discount.value};  ///< delta_alt
  bool credible_exit = true;  ///< only what could be moved within notice is a threat
  OutsideOption outside_option = OutsideOption::split;
};

struct ScenarioInput {
  std::string title;
  std::string currency = "USD";
  Horizon horizon;
  std::map<std::string, FrailtyFactor> frailty;
  Market market;
  Bargaining bargaining;
  std::map<std::string, ProviderInput> providers;
  std::map<std::string, SharedDependency> shared_dependencies;
  std::map<std::string, Workload> workloads;
  std::vector<std::pair<std::string, StrategyInput>> strategies;  ///< in the user's order
};

}  // namespace hedgerow::models
