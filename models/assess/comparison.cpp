#include "models/assess/comparison.hpp"

#include <cmath>

#include "models/assess/columns/column_store.hpp"
#include "models/assess/columns/pair_errors.hpp"
#include "models/assess/study.hpp"
#include "models/assess/summary.hpp"

namespace hedgerow::models {
namespace {

using measure::Estimate;

Trade trade_of(const Estimate& mean, const Estimate& tail) {
  const int cost = measure::told_sign(mean), risk = measure::told_sign(tail);
  if (cost == 0 || risk == 0) return Trade::undecided;
  if (cost < 0) return risk < 0 ? Trade::cheaper_and_safer : Trade::gamble;
  return risk < 0 ? Trade::hedge : Trade::dearer_and_riskier;
}

Comparison compare_costs(const CostPair& costs, const DrawnPaths& drawn, const OutputSettings& outputs,
                         bool refuse_error) {
  const ColumnReading b = costs.b(), a = costs.a();
  const std::vector<TailPair> tails = tails_of(b, a, outputs.expected_shortfall);
  const auto errors = pair_errors(costs, b, a, drawn);
  const PairedNumbers numbers = errors->numbers(outputs.percentiles, tails);
  const auto honest = [&](Estimate estimate) {
    if (refuse_error) estimate.standard_error.reset();
    return estimate;
  };

  Comparison out;
  out.mean = honest(numbers.paired.difference);
  out.probability_cheaper = numbers.paired.fraction_below;
  for (std::size_t i = 0; i < outputs.percentiles.size(); ++i)
    out.percentiles.push_back({outputs.percentiles[i], numbers.percentiles[i]});
  std::vector<std::optional<double>> efficiencies(tails.size());
  if (out.mean.value > 0.0 && !tails.empty()) efficiencies = errors->efficiencies(tails, out.mean.value);
  for (std::size_t i = 0; i < tails.size(); ++i) {
    const TailPair& tail = tails[i];
    Estimate difference = honest({tail.difference(), numbers.tail_errors[i]});
    if (!tail.b.resolved || !tail.a.resolved ||
        (!tail.mixed && too_few_in_tail(numbers.paired.paths, tail.level)))
      difference.standard_error.reset();
    out.expected_shortfall.push_back({tail.level, difference});
    HedgeSummary hedge{tail.level, trade_of(out.mean, difference), std::nullopt};
    if (out.mean.value > 0.0)
      hedge.efficiency = Estimate{-tail.difference() / out.mean.value,
                                  difference.standard_error ? efficiencies[i] : std::nullopt};
    out.hedge.push_back(hedge);
  }
  const measure::Dominances orders = costs.dominances();
  out.first_order = orders.first_order;
  out.second_order = orders.second_order;
  return out;
}

std::vector<RenewalChange> renewal_changes(const Scenario& scenario, const PlayedPaths& played,
                                           const ColumnStore& store, StrategyId b, StrategyId a) {
  std::vector<RenewalChange> changes;
  const std::vector<RenewalColumns>&ours = played.columns()[b.value].renewals,
        &theirs = played.columns()[a.value].renewals;
  for (std::size_t i = 0; i < ours.size(); ++i)
    for (std::size_t j = 0; j < theirs.size(); ++j) {
      if (ours[i].provider != theirs[j].provider || ours[i].month != theirs[j].month) continue;
      RenewalDifference of{b, a, i, j};
      store.add(of);
      if (of.both.times > 0)
        changes.push_back({scenario.providers[ours[i].provider].name, ours[i].month, of.both.estimate(),
                           of.price.estimate(), of.leverage.estimate()});
    }
  return changes;
}

}  // namespace

Comparison compare_total_costs(const Columns& b, const Columns& a, const OutputSettings& outputs,
                               bool infinite_variance) {
  return compare_costs(ColumnPair(b.total_cost, a.total_cost), {}, outputs, infinite_variance);
}

std::vector<Comparison> compare(const Scenario& scenario, const PlayedPaths& played, const ColumnStore& store,
                                const DrawnPaths& drawn, const OutputSettings& outputs) {
  std::vector<Comparison> comparisons;
  const StrategyId reference(0);
  for (const StrategyId strategy : scenario.strategies.keys()) {
    if (strategy == reference) continue;
    const bool heavy = infinite_variance(scenario, reference) || infinite_variance(scenario, strategy);
    Comparison comparison =
        compare_costs(StoredPair(played, store, drawn, strategy, reference), drawn, outputs, heavy);
    comparison.strategy = scenario.strategies[strategy].name;
    comparison.reference = scenario.strategies[reference].name;
    comparison.renewals = renewal_changes(scenario, played, store, strategy, reference);
    comparisons.push_back(std::move(comparison));
  }
  return comparisons;
}

}  // namespace hedgerow::models
