#include "models/assess/comparison.hpp"

#include <cmath>

#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/paired.hpp"
#include "engine/measure/replicated.hpp"
#include "engine/measure/sample.hpp"
#include "models/assess/column_store.hpp"
#include "models/assess/reading.hpp"
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

/// Takes one influence by path, in order, and tells the error of their mean.
class Spread {
 public:
  explicit Spread(std::uint32_t replicates) {
    if (replicates > 0) replicated_.emplace(replicates);
  }
  void add(double influence) {
    if (replicated_) replicated_->add(count_++, influence);
    independent_.add(influence);
  }
  std::optional<double> error() const {
    return replicated_ ? replicated_->estimate().standard_error : independent_.standard_error();
  }

 private:
  std::optional<measure::ReplicateMeans> replicated_;
  Moments independent_;
  std::size_t count_ = 0;
};

/// One strategy (b) against the reference (a).
class Pair {
 public:
  Pair(const ColumnReading& b, const ColumnReading& a, std::span<const double> column_b,
       std::span<const double> column_a, const DrawnPaths& drawn, bool refuse_error)
      : b_(b), a_(a), column_b_(column_b), column_a_(column_a), drawn_(drawn), refuse_error_(refuse_error) {
    if (drawn.plan == nullptr) return;
    mixed_b_ = b.mixture_column();
    mixed_a_ = a.mixture_column();
    weights_ = drawn.weights();
  }

  Comparison compare(const OutputSettings& outputs) const {
    Comparison out;
    add_mean(out);
    for (const double level : outputs.percentiles) out.percentiles.push_back({level, percentile(level)});
    for (const double level : outputs.expected_shortfall) add_tail(level, out);
    const measure::Dominances orders = measure::dominances(column_a_, column_b_);
    out.first_order = orders.first_order;
    out.second_order = orders.second_order;
    return out;
  }

 private:
  Estimate honest(Estimate estimate) const {
    if (refuse_error_) estimate.standard_error.reset();
    return estimate;
  }

  void add_mean(Comparison& out) const {
    auto paired = measure::compare_paired(column_b_, column_a_);
    if (drawn_.replicates > 0) {
      Spread difference(drawn_.replicates), below(drawn_.replicates);
      for (std::size_t i = 0; i < column_b_.size(); ++i) {
        difference.add(column_b_[i] - column_a_[i]);
        below.add(column_b_[i] < column_a_[i] ? 1.0 : 0.0);
      }
      paired.difference.standard_error = difference.error();
      if (paired.fraction_below.standard_error) paired.fraction_below.standard_error = below.error();
    }
    out.mean = honest(paired.difference);
    out.probability_cheaper = paired.fraction_below;
  }

  Estimate percentile(double level) const {
    if (b_.uses_mixture(MeasureStatistic::Kind::percentile, level))
      return measure::weighted_quantile_difference(mixed_b_, mixed_a_, weights_, b_.mixture(), a_.mixture(),
                                                   level);
    if (drawn_.replicates > 0)
      return measure::replicated_quantile_difference(column_b_, column_a_, b_.sample(), a_.sample(), level,
                                                     drawn_.replicates);
    return measure::quantile_difference(column_b_, column_a_, b_.sample(), a_.sample(), level);
  }

  /// Both shortfalls at one level, and the path by path influence on their difference: of the mixture where
  /// it tells the number.
  struct Tails {
    bool mixed;
    Shortfall b, a;
  };
  Tails tails(double level) const {
    const bool mixed = b_.uses_mixture(MeasureStatistic::Kind::expected_shortfall, level);
    return {mixed, measure::shortfall(mixed ? b_.mixture() : b_.sample(), level),
            measure::shortfall(mixed ? a_.mixture() : a_.sample(), level)};
  }
  double influence(const Tails& of, std::size_t i) const {
    if (of.mixed) return of.b.influence(mixed_b_[i], weights_[i]) - of.a.influence(mixed_a_[i], weights_[i]);
    return of.b.influence(column_b_[i]) - of.a.influence(column_a_[i]);
  }
  std::size_t paths(const Tails& of) const { return of.mixed ? mixed_b_.size() : column_b_.size(); }

  void add_tail(double level, Comparison& out) const {
    const Tails of = tails(level);
    Spread spread(drawn_.replicates);
    for (std::size_t i = 0; i < paths(of); ++i) spread.add(influence(of, i));
    Estimate difference = honest({of.b.value - of.a.value, spread.error()});
    if (!of.b.resolved || !of.a.resolved || (!of.mixed && too_few_in_tail(column_b_.size(), level)))
      difference.standard_error.reset();
    out.expected_shortfall.push_back({level, difference});
    HedgeSummary hedge{level, trade_of(out.mean, difference), std::nullopt};
    if (out.mean.value > 0.0) hedge.efficiency = efficiency(of, out.mean.value, difference);
    out.hedge.push_back(hedge);
  }

  /// The ratio -D/M of the differences of tail and mean; error by the delta method from the influences. The
  /// mean is that of the nominal paths, which are the first of a mixture.
  Estimate efficiency(const Tails& of, double mean, const Estimate& tail) const {
    const double ratio = -tail.value / mean;
    const double share = static_cast<double>(column_b_.size()) / static_cast<double>(paths(of));
    Spread spread(drawn_.replicates);
    for (std::size_t i = 0; i < paths(of); ++i) {
      const double in_mean = i < column_b_.size() ? (column_b_[i] - column_a_[i] - mean) / share : 0.0;
      spread.add((-influence(of, i) - ratio * in_mean) / mean);
    }
    return {ratio, tail.standard_error ? spread.error() : std::nullopt};
  }

  const ColumnReading &b_, &a_;
  std::span<const double> column_b_, column_a_;
  const DrawnPaths& drawn_;
  bool refuse_error_;
  Rows<double> mixed_b_, mixed_a_, weights_;  ///< of a mixture: all paths, the nominal ones first
};

Comparison compare_columns(const Columns& b, const Columns& a, StrategyId id_b, StrategyId id_a,
                           const DrawnPaths& drawn, const OutputSettings& outputs, bool refuse_error) {
  const ColumnReading reading_b(b.total_cost, drawn, id_b, 0), reading_a(a.total_cost, drawn, id_a, 0);
  return Pair(reading_b, reading_a, b.total_cost, a.total_cost, drawn, refuse_error).compare(outputs);
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
  return compare_columns(b, a, {}, {}, {}, outputs, infinite_variance);
}

std::vector<Comparison> compare(const Scenario& scenario, const PlayedPaths& played, const ColumnStore& store,
                                const DrawnPaths& drawn, const OutputSettings& outputs) {
  std::vector<Comparison> comparisons;
  const StrategyId reference(0);
  for (const StrategyId strategy : scenario.strategies.keys()) {
    if (strategy == reference) continue;
    const Columns &b = played.columns()[strategy.value], &a = played.columns()[reference.value];
    const bool heavy = infinite_variance(scenario, reference) || infinite_variance(scenario, strategy);
    Comparison comparison = compare_columns(b, a, strategy, reference, drawn, outputs, heavy);
    comparison.strategy = scenario.strategies[strategy].name;
    comparison.reference = scenario.strategies[reference].name;
    comparison.renewals = renewal_changes(scenario, played, store, strategy, reference);
    comparisons.push_back(std::move(comparison));
  }
  return comparisons;
}

}  // namespace hedgerow::models
