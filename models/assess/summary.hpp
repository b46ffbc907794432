#pragma once
// From what was kept of the paths to the numbers of an Assessment.

#include "models/assess/assessment.hpp"
#include "models/assess/columns/column_store.hpp"
#include "models/assess/columns/reading.hpp"
#include "models/assess/paths/played_paths.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::models {

void summarise_market(const Scenario& scenario, const Calendar& calendar, const MarketTally& tally,
                      Assessment& out);

/// The total cost alone, without its years: what a precision is asked of.
MeasureSummary summarise_total_cost(const Scenario& scenario, StrategyId strategy, const PlayedPaths& paths,
                                    const ColumnStore& store, const DrawnPaths& drawn,
                                    const OutputSettings& outputs);

/// The columns but the total cost are read from `store`.
StrategySummary summarise_strategy(const Simulation& simulation, const PlayedPaths& paths,
                                   StrategyId strategy, const ColumnStore& store, const DrawnPaths& drawn,
                                   const OutputSettings& outputs, unsigned threads);

/// Whether the entity's outages can reach where the strategy runs or may move to.
bool can_hurt(const OutageEntity& entity, const Strategy& strategy);

/// Whether an outage that hurts the strategy lasts so long that a component has infinite variance: a standard
/// error read off the sample would lie, so none is given. Reputation grows faster than the outage and gets
/// there first. The total has infinite variance if any component has.
bool infinite_variance(const Scenario& scenario, StrategyId strategy, Component component);
bool infinite_variance(const Scenario& scenario, StrategyId strategy);

/// From 0.0001 % to 99.9999 % in steps of 1, 2 and 5 per decade of the tail, of which those are left out
/// whose tail has too few of the paths; every 5 % between.
std::vector<double> distribution_levels(std::uint64_t paths);

/// With fewer values in its tail an expected shortfall gets no standard error: what it would say has been
/// measured to be far too small (docs/coverage.md).
bool too_few_in_tail(std::uint64_t paths, double level);

}  // namespace hedgerow::models
