#pragma once
// From what was kept of the paths to the numbers of an Assessment.

#include "models/assess/assessment.hpp"
#include "models/assess/study.hpp"
#include "models/assess/tally.hpp"

namespace hedgerow::models {

/// Plan years of a horizon: all of them, and those that are whole.
struct Calendar {
  explicit Calendar(const Horizon& horizon)
      : years(static_cast<std::size_t>(horizon.years())),
        whole_years(static_cast<std::size_t>(horizon.months / months_per_year)) {}
  std::size_t years, whole_years;
};

void summarise_market(const Scenario& scenario, const Calendar& calendar, const MarketTally& tally,
                      Assessment& out);

StrategySummary summarise_strategy(const Simulation& simulation, const Calendar& calendar,
                                   StrategyId strategy, const Columns& columns, const StrategyTally& tally,
                                   const OutputSettings& outputs, unsigned threads);

/// Whether an outage that hurts the strategy lasts so long that a component has infinite variance: a standard
/// error read off the sample would lie, so none is given. Reputation grows faster than the outage and gets
/// there first. The total has infinite variance if any component has.
bool infinite_variance(const Scenario& scenario, StrategyId strategy, Component component);
bool infinite_variance(const Scenario& scenario, StrategyId strategy);

/// Bytes by path that summarise_strategy() needs beside the columns, at its peak.
double summary_bytes_by_path(const Calendar& calendar);

}  // namespace hedgerow::models
