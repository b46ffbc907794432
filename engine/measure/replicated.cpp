#include "engine/measure/replicated.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "engine/base/check.hpp"
#include "engine/measure/moments.hpp"
#include "engine/measure/quantile.hpp"

namespace hedgerow::measure {
namespace {

constexpr double student_confidence = 0.95;

}  // namespace

ReplicateMeans::ReplicateMeans(std::uint32_t replicates) : sums_(replicates, 0.0), counts_(replicates, 0) {
  validate(replicates >= 2, "fewer than two replicates (their spread is the error)");
}

void ReplicateMeans::add(std::size_t index, double x) {
  const std::size_t replicate = index % sums_.size();
  sums_[replicate] += x;
  ++counts_[replicate];
}

Estimate ReplicateMeans::estimate() const {
  double sum = 0.0;
  std::size_t count = 0;
  Moments means;
  bool each = true;
  for (std::size_t r = 0; r < sums_.size(); ++r) {
    sum += sums_[r];
    count += counts_[r];
    each = each && counts_[r] > 0;
    if (counts_[r] > 0) means.add(sums_[r] / static_cast<double>(counts_[r]));
  }
  validate(count > 0, "no values to take the mean of (at least one is needed) run some paths first");
  Estimate estimate{sum / static_cast<double>(count), std::nullopt};
  if (!each) return estimate;
  const boost::math::students_t student(static_cast<double>(sums_.size() - 1));
  const double wider =
      boost::math::quantile(student, 0.5 + 0.5 * student_confidence) / two_sided_normal(student_confidence);
  estimate.standard_error = *means.standard_error() * wider;
  return estimate;
}

Interval replicated_quantile_interval(std::span<const double> column, const SortedSample& sample,
                                      double alpha, std::uint32_t replicates) {
  const double q = quantile(sample, alpha);
  ReplicateMeans above(replicates);
  for (std::size_t i = 0; i < column.size(); ++i) above.add(i, column[i] > q ? 1.0 : 0.0);
  const Estimate tail = above.estimate();
  if (!tail.standard_error) return {};
  return invert_tail(sample, 1.0 - alpha, two_sided_normal(student_confidence) * *tail.standard_error);
}

Estimate replicated_shortfall(std::span<const double> column, const Shortfall& shortfall,
                              std::uint32_t replicates) {
  if (!shortfall.resolved) return {shortfall.value, std::nullopt};
  ReplicateMeans influence(replicates);
  for (std::size_t i = 0; i < column.size(); ++i) influence.add(i, shortfall.influence(column[i]));
  return {shortfall.value, influence.estimate().standard_error};
}

}  // namespace hedgerow::measure
