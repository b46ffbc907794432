#include "engine/measure/paired.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "engine/measure/moments.hpp"
#include "engine/measure/quantile.hpp"
#include "engine/measure/validation.hpp"

namespace hedgerow::measure {
namespace {

void validate_sorted(std::span<const double> column, const SortedSample& sorted) {
  validate(column.size() == sorted.size() && !sorted.weighted(),
           "a column and its sorted sample differ (the same values, without weights) sort the column itself");
}

constexpr double interval_confidence = 0.95;

// What the standard error of a quantile would be if its interval were a normal one.
std::optional<double> standard_error_of(const Interval& interval) {
  if (!interval.lower || !interval.upper) return std::nullopt;
  return 0.5 * (*interval.upper - *interval.lower) / two_sided_normal(interval_confidence);
}

// q_a - q_b from the intervals of both and the correlation of their influences.
Estimate difference_of(double q_a, double q_b, const Interval& a, const Interval& b, double rho) {
  const std::optional<double> s_a = standard_error_of(a), s_b = standard_error_of(b);
  if (!s_a || !s_b) return {q_a - q_b, std::nullopt};
  // As (s_a - s_b)^2 + 2 (1 - rho) s_a s_b: what both share cancels exactly.
  const double gap = *s_a - *s_b;
  return {q_a - q_b, std::sqrt(gap * gap + 2.0 * std::max(0.0, 1.0 - rho) * *s_a * *s_b)};
}

// Correlation of pairs of values that come one after the other; 0 where one of them does not vary.
class Correlation {
 public:
  void add(double a, double b) {
    ++n_;
    sum_a_ += a;
    sum_b_ += b;
    square_a_ += a * a;
    square_b_ += b * b;
    product_ += a * b;
  }
  double value() const {
    const double spread =
        std::sqrt(n_ * square_a_ - sum_a_ * sum_a_) * std::sqrt(n_ * square_b_ - sum_b_ * sum_b_);
    return spread > 0.0 ? (n_ * product_ - sum_a_ * sum_b_) / spread : 0.0;
  }

 private:
  double n_ = 0.0, sum_a_ = 0.0, sum_b_ = 0.0, square_a_ = 0.0, square_b_ = 0.0, product_ = 0.0;
};

// Of 1{a <= q_a} and 1{b <= q_b}; 0 where one of them does not vary.
double indicator_correlation(const JointCounts& counts) {
  const double n = static_cast<double>(counts.paths), in_a = static_cast<double>(counts.a),
               in_b = static_cast<double>(counts.b), in_both = static_cast<double>(counts.both);
  const double spread = std::sqrt(in_a * (n - in_a)) * std::sqrt(in_b * (n - in_b));
  return spread > 0.0 ? (n * in_both - in_a * in_b) / spread : 0.0;
}

}  // namespace

PairedComparison PairedDifference::result() const {
  validate(std::isfinite(difference_.m2),
           "a paired difference is not a number or infinite (all must be finite) "
           "look for the path that made it");
  Estimate fraction = below_.estimate();
  if (below_.m2 == 0.0) fraction.standard_error.reset();
  return {difference_.count, difference_.estimate(), fraction};
}

PairedComparison compare_paired(std::span<const double> a, std::span<const double> b) {
  validate_paired(a, b);
  PairedDifference sums;
  for (std::size_t i = 0; i < a.size(); ++i) sums.add(a[i], b[i]);
  return sums.result();
}

Estimate shortfall_difference(std::span<const double> a, std::span<const double> b,
                              const Shortfall& shortfall_a, const Shortfall& shortfall_b) {
  validate_paired(a, b);
  ShortfallDifference sums{shortfall_a, shortfall_b};
  for (std::size_t i = 0; i < a.size(); ++i) sums.add(a[i], b[i]);
  Estimate difference{shortfall_a.value - shortfall_b.value, sums.influence.standard_error()};
  if (!shortfall_a.resolved || !shortfall_b.resolved) difference.standard_error.reset();
  return difference;
}

Estimate quantile_difference(std::span<const double> a, std::span<const double> b,
                             const SortedSample& sorted_a, const SortedSample& sorted_b, double alpha) {
  validate_paired(a, b);
  validate_sorted(a, sorted_a);
  validate_sorted(b, sorted_b);
  JointCounts counts{quantile(sorted_a, alpha), quantile(sorted_b, alpha)};
  for (std::size_t i = 0; i < a.size(); ++i) counts.add(a[i], b[i]);
  return quantile_difference(sorted_a, sorted_b, alpha, counts);
}

Estimate quantile_difference(const SortedSample& sorted_a, const SortedSample& sorted_b, double alpha,
                             const JointCounts& counts) {
  validate(counts.paths == sorted_a.size() && counts.paths == sorted_b.size() &&
               counts.q_a == quantile(sorted_a, alpha) && counts.q_b == quantile(sorted_b, alpha),
           "paths were counted at other quantiles than those of the samples (they must agree)");
  return difference_of(counts.q_a, counts.q_b, quantile_interval(sorted_a, alpha, interval_confidence),
                       quantile_interval(sorted_b, alpha, interval_confidence),
                       indicator_correlation(counts));
}

Estimate replicated_quantile_difference(double q_a, double q_b, const Interval& interval_a,
                                        const Interval& interval_b, const ReplicateMeans& means,
                                        std::size_t beyond_a, std::size_t beyond_b) {
  Correlation rho;
  for (std::size_t r = 0; r < means.replicates(); ++r)
    rho.add(means.sum(r, beyond_a), means.sum(r, beyond_b));
  return difference_of(q_a, q_b, interval_a, interval_b, rho.value());
}

Estimate weighted_quantile_difference(std::span<const double> a, std::span<const double> b,
                                      std::span<const double> weights, const SortedSample& sorted_a,
                                      const SortedSample& sorted_b, double alpha) {
  validate_paired(a, b);
  validate(a.size() == weights.size() && a.size() == sorted_a.size() && a.size() == sorted_b.size() &&
               sorted_a.weighted() && sorted_b.weighted(),
           "a column and its sorted sample differ (the same values, with weights) sort the column itself");
  const double q_a = quantile(sorted_a, alpha);
  const double q_b = quantile(sorted_b, alpha);
  Correlation rho;
  for (std::size_t i = 0; i < a.size(); ++i)
    rho.add(a[i] > q_a ? weights[i] : 0.0, b[i] > q_b ? weights[i] : 0.0);
  return difference_of(q_a, q_b, quantile_interval(sorted_a, alpha, interval_confidence),
                       quantile_interval(sorted_b, alpha, interval_confidence), rho.value());
}

}  // namespace hedgerow::measure
