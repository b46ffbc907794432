#include "models/assess/comparison.hpp"

#include <cmath>

#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/paired.hpp"
#include "engine/measure/sample.hpp"
#include "models/assess/played_paths.hpp"
#include "models/assess/study.hpp"
#include "models/assess/summary.hpp"

namespace hedgerow::models {
namespace {

using measure::Estimate;
using measure::Moments;
using measure::Shortfall;
using measure::SortedSample;

/// Below 0, above 0, or 0 where a 95 % interval cannot tell.
int sign_of(const Estimate& difference) {
  if (!difference.standard_error) return 0;
  const double half = measure::two_sided_normal(0.95) * *difference.standard_error;
  return difference.value < -half ? -1 : (difference.value > half ? 1 : 0);
}

Trade trade_of(const Estimate& mean, const Estimate& tail) {
  const int cost = sign_of(mean), risk = sign_of(tail);
  if (cost == 0 || risk == 0) return Trade::undecided;
  if (cost < 0) return risk < 0 ? Trade::cheaper_and_safer : Trade::gamble;
  return risk < 0 ? Trade::hedge : Trade::dearer_and_riskier;
}

/// One strategy (b) against the reference (a).
class Pair {
 public:
  Pair(const Columns& b, const Columns& a, bool refuse_error)
      : b_(b), a_(a), sorted_b_(b.total_cost), sorted_a_(a.total_cost), refuse_error_(refuse_error) {}

  Comparison compare(const OutputSettings& outputs) const {
    Comparison out;
    auto paired = measure::compare_paired(b_.total_cost, a_.total_cost);
    out.mean = honest(paired.difference);
    out.probability_cheaper = paired.fraction_below;
    for (const double level : outputs.percentiles)
      out.percentiles.push_back(
          {level, measure::quantile_difference(b_.total_cost, a_.total_cost, sorted_b_, sorted_a_, level)});
    for (const double level : outputs.expected_shortfall) add_tail(level, out);
    const measure::Dominances orders = measure::dominances(a_.total_cost, b_.total_cost);
    out.first_order = orders.first_order;
    out.second_order = orders.second_order;
    return out;
  }

 private:
  Estimate honest(Estimate estimate) const {
    if (refuse_error_) estimate.standard_error.reset();
    return estimate;
  }

  void add_tail(double level, Comparison& out) const {
    const Shortfall b = measure::shortfall(sorted_b_, level), a = measure::shortfall(sorted_a_, level);
    Estimate difference = honest(measure::shortfall_difference(b_.total_cost, a_.total_cost, b, a));
    if (too_few_in_tail(b_.total_cost.size(), level)) difference.standard_error.reset();
    out.expected_shortfall.push_back({level, difference});
    HedgeSummary hedge{level, trade_of(out.mean, difference), std::nullopt};
    if (out.mean.value > 0.0) hedge.efficiency = efficiency(b, a, out.mean.value, difference);
    out.hedge.push_back(hedge);
  }

  /// The ratio -D/M of the differences of tail and mean; error by the delta method from the influences.
  Estimate efficiency(const Shortfall& b, const Shortfall& a, double mean, const Estimate& tail) const {
    const double ratio = -tail.value / mean;
    Moments influence;
    for (std::size_t i = 0; i < b_.total_cost.size(); ++i) {
      const double in_tail = b.influence(b_.total_cost[i]) - a.influence(a_.total_cost[i]);
      const double in_mean = b_.total_cost[i] - a_.total_cost[i] - mean;
      influence.add((-in_tail - ratio * in_mean) / mean);
    }
    return {ratio, tail.standard_error ? influence.standard_error() : std::nullopt};
  }

  const Columns &b_, &a_;
  SortedSample sorted_b_, sorted_a_;
  bool refuse_error_;
};

std::vector<RenewalChange> renewal_changes(const Scenario& scenario, const Columns& b, const Columns& a) {
  std::vector<RenewalChange> changes;
  for (const RenewalColumns& ours : b.renewals)
    for (const RenewalColumns& theirs : a.renewals) {
      if (ours.provider != theirs.provider || ours.month != theirs.month) continue;
      Frequency both;
      Moments price, leverage;
      for (std::size_t i = 0; i < ours.price.size(); ++i) {
        const bool happened = !std::isnan(ours.price[i]) && !std::isnan(theirs.price[i]);
        both.add(happened);
        if (!happened) continue;
        price.add(ours.price[i] - theirs.price[i]);
        leverage.add(ours.leverage[i] - theirs.leverage[i]);
      }
      if (both.times > 0)
        changes.push_back({scenario.providers[ours.provider].name, ours.month, both.estimate(),
                           price.estimate(), leverage.estimate()});
    }
  return changes;
}

}  // namespace

Comparison compare_total_costs(const Columns& b, const Columns& a, const OutputSettings& outputs,
                               bool infinite_variance) {
  return Pair(b, a, infinite_variance).compare(outputs);
}

std::vector<Comparison> compare(const Scenario& scenario, const PlayedPaths& played,
                                const OutputSettings& outputs) {
  std::vector<Comparison> comparisons;
  const StrategyId reference(0);
  for (const StrategyId strategy : scenario.strategies.keys()) {
    if (strategy == reference) continue;
    const Columns &b = played.columns()[strategy.value], &a = played.columns()[reference.value];
    const bool heavy = infinite_variance(scenario, reference) || infinite_variance(scenario, strategy);
    Comparison comparison = compare_total_costs(b, a, outputs, heavy);
    comparison.strategy = scenario.strategies[strategy].name;
    comparison.reference = scenario.strategies[reference].name;
    comparison.renewals = renewal_changes(scenario, b, a);
    comparisons.push_back(std::move(comparison));
  }
  return comparisons;
}

}  // namespace hedgerow::models
