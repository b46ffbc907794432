#include "models/assess/pair_errors.hpp"

#include <span>

#include "engine/measure/quantile.hpp"
#include "engine/measure/replicated.hpp"

namespace hedgerow::models {
namespace {

using measure::Estimate;

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
  measure::Moments independent_;
  std::size_t count_ = 0;
};

/// Of independent paths.
class IndependentErrors : public PairErrors {
 public:
  IndependentErrors(const CostPair& costs, const ColumnReading& b, const ColumnReading& a)
      : costs_(costs), b_(b), a_(a) {}

  PairedNumbers numbers(const std::vector<double>& percentiles,
                        const std::vector<TailPair>& tails) const override {
    CostDifference sums;
    for (const double level : percentiles)
      sums.counts.push_back({measure::quantile(b_.sample(), level), measure::quantile(a_.sample(), level)});
    for (const TailPair& tail : tails) sums.tails.push_back({tail.b, tail.a});
    costs_.add(sums);
    PairedNumbers all{sums.difference.result(), {}, {}};
    for (std::size_t i = 0; i < percentiles.size(); ++i)
      all.percentiles.push_back(
          measure::quantile_difference(b_.sample(), a_.sample(), percentiles[i], sums.counts[i]));
    for (const measure::ShortfallDifference& tail : sums.tails)
      all.tail_errors.push_back(tail.influence.standard_error());
    return all;
  }

  std::vector<std::optional<double>> efficiencies(const std::vector<TailPair>& tails,
                                                  double mean) const override {
    HedgeEfficiencies sums;
    for (const TailPair& tail : tails)
      sums.levels.push_back({{tail.b, tail.a}, mean, -tail.difference() / mean});
    costs_.add(sums);
    std::vector<std::optional<double>> errors;
    for (const HedgeEfficiency& level : sums.levels) errors.push_back(level.influence.standard_error());
    return errors;
  }

 private:
  const CostPair& costs_;
  const ColumnReading &b_, &a_;
};

/// Of Sobol points, or of a mixture.
class DependentErrors : public PairErrors {
 public:
  DependentErrors(const CostPair& costs, const ColumnReading& b, const ColumnReading& a,
                  const DrawnPaths& drawn)
      : b_(b), a_(a), column_b_(costs.column_b()), column_a_(costs.column_a()), drawn_(drawn) {
    if (drawn.plan == nullptr) return;
    mixed_b_ = b.mixture_column();
    mixed_a_ = a.mixture_column();
    weights_ = drawn.weights();
  }

  PairedNumbers numbers(const std::vector<double>& percentiles,
                        const std::vector<TailPair>& tails) const override {
    PairedNumbers all{paired(), {}, {}};
    for (const double level : percentiles) all.percentiles.push_back(percentile(level));
    for (const TailPair& tail : tails) {
      Spread spread(drawn_.replicates);
      for (std::size_t i = 0; i < paths(tail); ++i) spread.add(influence(tail, i));
      all.tail_errors.push_back(spread.error());
    }
    return all;
  }

  std::vector<std::optional<double>> efficiencies(const std::vector<TailPair>& tails,
                                                  double mean) const override {
    std::vector<std::optional<double>> errors;
    for (const TailPair& tail : tails) {
      const HedgeEfficiency efficiency{{tail.b, tail.a}, mean, -tail.difference() / mean};
      const double share = static_cast<double>(column_b_.size()) / static_cast<double>(paths(tail));
      Spread spread(drawn_.replicates);
      for (std::size_t i = 0; i < paths(tail); ++i) {
        const bool in_mean = i < column_b_.size();
        spread.add(efficiency.influence_of(influence(tail, i), in_mean ? column_b_[i] - column_a_[i] : 0.0,
                                           share, in_mean));
      }
      errors.push_back(spread.error());
    }
    return errors;
  }

 private:
  measure::PairedComparison paired() const {
    auto paired = measure::compare_paired(column_b_, column_a_);
    if (drawn_.replicates == 0) return paired;
    Spread difference(drawn_.replicates), below(drawn_.replicates);
    for (std::size_t i = 0; i < column_b_.size(); ++i) {
      difference.add(column_b_[i] - column_a_[i]);
      below.add(column_b_[i] < column_a_[i] ? 1.0 : 0.0);
    }
    paired.difference.standard_error = difference.error();
    if (paired.fraction_below.standard_error) paired.fraction_below.standard_error = below.error();
    return paired;
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

  double influence(const TailPair& of, std::size_t i) const {
    if (of.mixed) return of.b.influence(mixed_b_[i], weights_[i]) - of.a.influence(mixed_a_[i], weights_[i]);
    return of.b.influence(column_b_[i]) - of.a.influence(column_a_[i]);
  }
  std::size_t paths(const TailPair& of) const { return of.mixed ? mixed_b_.size() : column_b_.size(); }

  const ColumnReading &b_, &a_;
  std::span<const double> column_b_, column_a_;
  const DrawnPaths& drawn_;
  Rows<double> mixed_b_, mixed_a_, weights_;  ///< of a mixture: all paths, the nominal ones first
};

}  // namespace

std::vector<TailPair> tails_of(const ColumnReading& b, const ColumnReading& a,
                               const std::vector<double>& levels) {
  std::vector<TailPair> all;
  for (const double level : levels) {
    const bool mixed = b.uses_mixture(MeasureStatistic::Kind::expected_shortfall, level);
    all.push_back({level, mixed, measure::shortfall(mixed ? b.mixture() : b.sample(), level),
                   measure::shortfall(mixed ? a.mixture() : a.sample(), level)});
  }
  return all;
}

std::unique_ptr<const PairErrors> pair_errors(const CostPair& costs, const ColumnReading& b,
                                              const ColumnReading& a, const DrawnPaths& drawn) {
  if (drawn.replicates > 0 || drawn.plan != nullptr)
    return std::make_unique<DependentErrors>(costs, b, a, drawn);
  return std::make_unique<IndependentErrors>(costs, b, a);
}

}  // namespace hedgerow::models
