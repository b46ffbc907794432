#pragma once
// The answers: what a study's numbers are, each with its error.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/measure/estimate.hpp"
#include "engine/measure/exceedance.hpp"
#include "models/divergence/regime.hpp"
#include "models/ledger/ledger.hpp"

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

/// Mean present value of one component at one provider.
struct Contribution {
  Component component;
  std::string provider;
  measure::Estimate mean;
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
};

/// What one provider does to the buyer under one strategy.
struct ProviderSummary {
  std::string name;
  /// By whole plan year: probability of each regime at its end.
  std::vector<std::array<measure::Estimate, regime_count>> regime_by_year;
  std::array<measure::Estimate, regime_count> years_in_regime;  ///< [yr] over the horizon
  measure::Estimate severed_by_horizon;                         ///< probability of ever being severed
  std::vector<RenewalSummary> renewals;                         ///< by date; those that can take place
};

struct Diagnostic {
  std::string code;
  std::string message;
};

struct StrategySummary {
  std::string name;
  double plan_total_cost;  ///< present value of the deterministic skeleton
  std::vector<MeasureSummary> measures;
  AnnualCurves pooled;                ///< over all whole plan years
  std::vector<AnnualCurves> by_year;  ///< one by whole plan year
  std::vector<Contribution> contributions;
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

/// A strategy against the reference, the first one, on the same paths and on total cost.
struct Comparison {
  std::string strategy, reference;
  measure::Estimate mean;                 ///< of the difference, strategy less reference [money]
  measure::Estimate probability_cheaper;  ///< fraction of paths on which the strategy costs less
};

struct Assessment {
  std::uint64_t paths = 0;  ///< that were run
  bool complete = true;     ///< false after a cancellation
  std::vector<StrategySummary> strategies;
  std::vector<Comparison> comparisons;  ///< one by strategy but the first
  std::vector<ListPriceSummary> list_prices;
  std::vector<measure::Estimate> scarcity_by_year;  ///< probability that capacity is scarce at the year's end
};

}  // namespace hedgerow::models
