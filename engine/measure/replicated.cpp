#include "engine/measure/replicated.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <utility>

#include "engine/base/check.hpp"
#include "engine/measure/moments.hpp"
#include "engine/measure/quantile.hpp"

namespace hedgerow::measure {
namespace {

constexpr double student_confidence = 0.95;

}  // namespace

ReplicateMeans::ReplicateMeans(std::uint32_t replicates, std::size_t means)
    : replicates_(replicates), means_(means), sums_(replicates * means, 0.0) {
  validate(replicates >= 2, "fewer than two replicates (their spread is the error)");
}

std::span<double> ReplicateMeans::next() {
  const std::size_t replicate = count_++ % replicates_;
  return std::span(sums_).subspan(replicate * means_, means_);
}

Estimate ReplicateMeans::estimate(std::size_t mean) const {
  validate(count_ > 0, "no values to take the mean of (at least one is needed) run some paths first");
  double all = 0.0;
  Moments means;
  for (std::size_t r = 0; r < replicates_; ++r) {
    const std::uint64_t values = count_ / replicates_ + (r < count_ % replicates_);
    all += sum(r, mean);
    if (values > 0) means.add(sum(r, mean) / static_cast<double>(values));
  }
  Estimate estimate{all / static_cast<double>(count_), std::nullopt};
  if (count_ < replicates_) return estimate;
  const boost::math::students_t student(static_cast<double>(replicates_ - 1));
  const double wider =
      boost::math::quantile(student, 0.5 + 0.5 * student_confidence) / two_sided_normal(student_confidence);
  estimate.standard_error = *means.standard_error() * wider;
  return estimate;
}

ReplicatedErrors::ReplicatedErrors(std::uint32_t replicates, std::vector<double> quantiles,
                                   std::vector<Shortfall> shortfalls)
    : quantiles_(std::move(quantiles)),
      shortfalls_(std::move(shortfalls)),
      means_(replicates, 1 + quantiles_.size() + shortfalls_.size()) {}

void ReplicatedErrors::add(double x) {
  auto sum = means_.next().begin();
  *sum++ += x;
  for (const double q : quantiles_) *sum++ += x > q ? 1.0 : 0.0;
  for (const Shortfall& shortfall : shortfalls_) *sum++ += shortfall.influence(x);
}

Interval ReplicatedErrors::of_quantile(const SortedSample& sample, double alpha, std::size_t i) const {
  const Estimate tail = means_.estimate(1 + i);
  if (!tail.standard_error) return {};
  return invert_tail(sample, 1.0 - alpha, two_sided_normal(student_confidence) * *tail.standard_error);
}

Estimate ReplicatedErrors::of_shortfall(std::size_t i) const {
  const Shortfall& shortfall = shortfalls_[i];
  if (!shortfall.resolved) return {shortfall.value, std::nullopt};
  return {shortfall.value, means_.estimate(1 + quantiles_.size() + i).standard_error};
}

}  // namespace hedgerow::measure
