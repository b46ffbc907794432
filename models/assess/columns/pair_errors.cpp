#include "models/assess/columns/pair_errors.hpp"

#include <span>

#include "engine/measure/quantile.hpp"

namespace hedgerow::models {
namespace {

using measure::Estimate;

/// Of paths that are independent, or Sobol points: from sums over them, wherever they are.
class SummedErrors : public PairErrors {
 public:
  SummedErrors(const CostPair& costs, const ColumnReading& b, const ColumnReading& a,
               std::uint32_t replicates)
      : costs_(costs), b_(b), a_(a), replicates_(replicates) {}

  PairedNumbers numbers(const std::vector<double>& percentiles,
                        const std::vector<TailPair>& tails) const override {
    CostDifference sums;
    for (const double level : percentiles)
      sums.counts.push_back({measure::quantile(b_.sample(), level), measure::quantile(a_.sample(), level)});
    for (const TailPair& tail : tails) sums.tails.push_back({tail.b, tail.a});
    if (replicates_ > 0) sums.replicates = measure::ReplicateMeans(replicates_, sums.room());
    costs_.add(sums);
    return replicates_ > 0 ? over_replicates(sums, percentiles) : over_paths(sums, percentiles);
  }

  std::vector<std::optional<double>> efficiencies(const std::vector<TailPair>& tails,
                                                  double mean) const override {
    HedgeEfficiencies sums;
    for (const TailPair& tail : tails)
      sums.levels.push_back({{tail.b, tail.a}, mean, -tail.difference() / mean});
    if (replicates_ > 0) sums.replicates = measure::ReplicateMeans(replicates_, sums.levels.size());
    costs_.add(sums);
    std::vector<std::optional<double>> errors;
    for (std::size_t i = 0; i < tails.size(); ++i)
      errors.push_back(replicates_ > 0 ? sums.replicates.estimate(i).standard_error
                                       : sums.levels[i].influence.standard_error());
    return errors;
  }

 private:
  PairedNumbers over_paths(const CostDifference& sums, const std::vector<double>& percentiles) const {
    PairedNumbers all{sums.difference.result(), {}, {}};
    for (std::size_t i = 0; i < percentiles.size(); ++i)
      all.percentiles.push_back(
          measure::quantile_difference(b_.sample(), a_.sample(), percentiles[i], sums.counts[i]));
    for (const measure::ShortfallDifference& tail : sums.tails)
      all.tail_errors.push_back(tail.influence.standard_error());
    return all;
  }

  PairedNumbers over_replicates(const CostDifference& sums, const std::vector<double>& percentiles) const {
    const auto error = [&](std::size_t mean) { return sums.replicates.estimate(mean).standard_error; };
    PairedNumbers all{sums.difference.result(), {}, {}};
    all.paired.difference.standard_error = error(CostDifference::mean);
    if (all.paired.fraction_below.standard_error)
      all.paired.fraction_below.standard_error = error(CostDifference::below);
    const std::vector<Percentile> b = b_.percentiles(percentiles), a = a_.percentiles(percentiles);
    for (std::size_t i = 0; i < percentiles.size(); ++i)
      all.percentiles.push_back(measure::replicated_quantile_difference(b[i].value, a[i].value, b[i].interval,
                                                                        a[i].interval, sums.replicates,
                                                                        sums.beyond_b(i), sums.beyond_a(i)));
    for (std::size_t i = 0; i < sums.tails.size(); ++i) all.tail_errors.push_back(error(sums.tail(i)));
    return all;
  }

  const CostPair& costs_;
  const ColumnReading &b_, &a_;
  const std::uint32_t replicates_;
};

/// Of a mixture.
class MixtureErrors : public PairErrors {
 public:
  MixtureErrors(const CostPair& costs, const ColumnReading& b, const ColumnReading& a,
                const DrawnPaths& drawn)
      : b_(b),
        a_(a),
        column_b_(costs.column_b()),
        column_a_(costs.column_a()),
        mixed_b_(b.mixture_column()),
        mixed_a_(a.mixture_column()),
        weights_(drawn.weights()) {}

  PairedNumbers numbers(const std::vector<double>& percentiles,
                        const std::vector<TailPair>& tails) const override {
    PairedNumbers all{measure::compare_paired(column_b_, column_a_), {}, {}};
    for (const double level : percentiles) all.percentiles.push_back(percentile(level));
    for (const TailPair& tail : tails) {
      measure::Moments influences;
      for (std::size_t i = 0; i < paths(tail); ++i) influences.add(influence(tail, i));
      all.tail_errors.push_back(influences.standard_error());
    }
    return all;
  }

  std::vector<std::optional<double>> efficiencies(const std::vector<TailPair>& tails,
                                                  double mean) const override {
    std::vector<std::optional<double>> errors;
    for (const TailPair& tail : tails) {
      const HedgeEfficiency efficiency{{tail.b, tail.a}, mean, -tail.difference() / mean};
      const double share = static_cast<double>(column_b_.size()) / static_cast<double>(paths(tail));
      measure::Moments influences;
      for (std::size_t i = 0; i < paths(tail); ++i) {
        const bool in_mean = i < column_b_.size();
        influences.add(efficiency.influence_of(influence(tail, i),
                                               in_mean ? column_b_[i] - column_a_[i] : 0.0, share, in_mean));
      }
      errors.push_back(influences.standard_error());
    }
    return errors;
  }

 private:
  Estimate percentile(double level) const {
    if (b_.uses_mixture(MeasureStatistic::Kind::percentile, level))
      return measure::weighted_quantile_difference(mixed_b_, mixed_a_, weights_, b_.mixture(), a_.mixture(),
                                                   level);
    return measure::quantile_difference(column_b_, column_a_, b_.sample(), a_.sample(), level);
  }

  double influence(const TailPair& of, std::size_t i) const {
    if (of.mixed) return of.b.influence(mixed_b_[i], weights_[i]) - of.a.influence(mixed_a_[i], weights_[i]);
    return of.b.influence(column_b_[i]) - of.a.influence(column_a_[i]);
  }
  std::size_t paths(const TailPair& of) const { return of.mixed ? mixed_b_.size() : column_b_.size(); }

  const ColumnReading &b_, &a_;
  std::span<const double> column_b_, column_a_;
  Rows<double> mixed_b_, mixed_a_, weights_;  ///< all paths, the nominal ones first
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
  if (drawn.plan != nullptr) return std::make_unique<MixtureErrors>(costs, b, a, drawn);
  return std::make_unique<SummedErrors>(costs, b, a, drawn.replicates);
}

}  // namespace hedgerow::models
