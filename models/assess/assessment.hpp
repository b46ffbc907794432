#pragma once
// The answers: what a study's numbers are, each with its error.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/measure/estimate.hpp"
#include "engine/measure/exceedance.hpp"
#include "engine/measure/histogram.hpp"
#include "models/assess/attribution.hpp"
#include "models/assess/comparison.hpp"
#include "models/assess/sampling/sampling.hpp"
#include "models/assess/study.hpp"
#include "models/divergence/regime.hpp"

namespace hedgerow::models {

/// What a distribution is reported of: the total, the loss against the plan, and each component.
struct MeasureName {
  static constexpr std::string_view total_cost = "total_cost";
  static constexpr std::string_view loss = "loss";
};

struct Percentile {
  double level;                ///< 0 < . < 1
  double value;                ///< [money]
  measure::Interval interval;  ///< 95 %, exact and distribution-free
};

struct TailMean {
  double level;                ///< 0 < . < 1
  measure::Estimate estimate;  ///< expected shortfall [money]
  measure::Interval interval;  ///< 95 %, asymptotic; docs/coverage.md
};

/// One plan year of a measure, in nominal money.
struct YearSummary {
  measure::Estimate mean;
  std::vector<Percentile> percentiles;  ///< of total_cost and loss only
};

/// The distribution of one measure over all paths; present values over the horizon.
struct MeasureSummary {
  std::string name;
  measure::Estimate mean;
  std::optional<double> sd;
  std::vector<Percentile> percentiles;
  std::vector<TailMean> expected_shortfall;
  std::vector<YearSummary> years;
};

/// Annual exceedance curves of the nominal outage loss: `aggregate` of the year's sum (AEP), `occurrence`
/// of its largest incident (OEP).
struct AnnualCurves {
  std::vector<measure::ExceedancePoint> aggregate, occurrence;
};

/// A contract's renewal by bargaining, over the paths on which it took place.
struct RenewalSummary {
  int month;                      ///< from the start of the horizon
  measure::Estimate probability;  ///< that it took place: the provider was not under notice
  measure::Estimate list_price;   ///< [money/unit-hour]
  measure::Estimate price;        ///< agreed [money/unit-hour]
  measure::Estimate leverage;     ///< part of the vendor's list margin that the buyer got
  measure::Estimate no_deal;      ///< probability that no price suited both
  std::vector<Percentile> price_percentiles, leverage_percentiles;
};

/// How long it takes to leave a provider that has given notice, over the paths on which it has.
struct ExitSummary {
  /// Probability that all has moved within the horizon; nothing where there was never anything to leave.
  std::optional<measure::Estimate> completed;
  std::optional<measure::Estimate> months;  ///< from the notice until nothing is left, where completed
};

/// What one provider does to the buyer under one strategy.
struct ProviderSummary {
  std::string name;
  /// By whole plan year: probability of each regime at its end.
  std::vector<std::array<measure::Estimate, regime_count>> regime_by_year;
  std::array<measure::Estimate, regime_count> years_in_regime;  ///< [yr] over the horizon
  measure::Estimate severed_by_horizon;                         ///< probability of ever being severed
  /// Mean loss against the plan on the paths on which it is ever severed, and on the others.
  std::optional<measure::Estimate> loss_given_severance, loss_otherwise;
  ExitSummary exit_normal, exit_scarce;  ///< by the state of the market at the notice
  std::vector<RenewalSummary> renewals;  ///< by date; those that can take place
};

struct Diagnostic {
  std::string code;
  std::string message;
};

/// The whole distribution of the total cost, for curves and pictures.
struct Distribution {
  std::vector<Percentile> quantiles;  ///< at distribution_levels() of the number of paths
  measure::Histogram histogram;
};

struct StrategySummary {
  std::string name;
  double plan_total_cost;  ///< present value of the deterministic skeleton
  std::vector<MeasureSummary> measures;
  Distribution distribution;          ///< of the total cost
  AnnualCurves pooled;                ///< over all whole plan years
  std::vector<AnnualCurves> by_year;  ///< one by whole plan year
  Attribution attribution;
  std::vector<ProviderSummary> providers;
  std::vector<measure::Estimate> severed_providers;  ///< [n]: probability that exactly n are ever severed
  measure::Estimate hedge_premium;  ///< present value of the bills for reserved headroom; part of spend
  measure::Estimate stranded;       ///< probability that demand had to leave a provider and had nowhere to go
  std::vector<Diagnostic> diagnostics;

  /// Throws std::out_of_range for a name that is no measure.
  const MeasureSummary& measure(std::string_view name) const;
};

/// What one provider's list price does, whatever the strategy, at the end of each whole plan year.
struct ListPriceSummary {
  std::string provider;
  std::vector<measure::Estimate> mean;      ///< [money/unit-hour]
  std::vector<measure::Estimate> log_mean;  ///< of ln price
  std::vector<std::optional<double>> log_variance;
};

enum class Verdict {
  kept,       ///< the whole interval lies within the limit
  breached,   ///< the whole interval lies beyond it
  undecided,  ///< these paths cannot tell
};

/// How a limit fared; limits.hpp.
struct LimitResult {
  Limit limit;
  std::optional<double> measured;  ///< missing: the study does not produce the number
  measure::Interval interval;      ///< 95 %
  Verdict verdict;
  /// Of an undecided limit: about so many paths would decide it, were the true number what was measured.
  /// Missing where no number of paths would or where it cannot be told.
  std::optional<std::uint64_t> paths_to_decide;
};

/// A number that is not known as well as was asked for; stopping.hpp.
struct UnmetOutput {
  std::string strategy;
  MeasureStatistic number;           ///< of the total cost
  std::optional<double> half_width;  ///< of the 95 % interval [money]; missing: the paths cannot bound it
  std::optional<double> relative;    ///< the same as part of the number, or of the mean where that is near 0
  std::optional<std::uint64_t> paths_needed;  ///< about so many; missing: not known
  bool hopeless = false;                      ///< its variance is infinite: no number of paths will do
};

/// What came of a precision that was asked for.
struct PrecisionResult {
  double target;                       ///< half width as part of the number
  std::uint64_t most_paths;            ///< that the run might have taken
  std::vector<std::uint64_t> batches;  ///< paths in all at the end of each batch
  std::vector<UnmetOutput> unmet;      ///< empty: reached
};

struct Assessment {
  std::uint64_t paths = 0;  ///< that were run
  bool complete = true;     ///< false after a cancellation
  SamplingReport sampling;
  std::vector<StrategySummary> strategies;
  std::vector<Comparison> comparisons;  ///< one by strategy but the first
  std::vector<ListPriceSummary> list_prices;
  std::vector<measure::Estimate> scarcity_by_year;  ///< probability that capacity is scarce at the year's end
  std::optional<PrecisionResult> precision;         ///< if one was asked for
  std::vector<LimitResult> limits;                  ///< one by limit, in the user's order
};

}  // namespace hedgerow::models
