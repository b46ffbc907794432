#include "engine/measure/estimate.hpp"

#include <boost/math/distributions/normal.hpp>

#include "engine/base/check.hpp"

namespace hedgerow::measure {

double two_sided_normal(double confidence) {
  validate(confidence > 0.0 && confidence < 1.0,
           "the confidence is out of range (must lie strictly between 0 and 1) write 95 % as 0.95");
  return boost::math::quantile(boost::math::normal(), 0.5 + 0.5 * confidence);
}

Interval normal_interval(const Estimate& estimate, double confidence) {
  const double z = two_sided_normal(confidence);
  if (!estimate.standard_error) return {};
  const double half_width = z * *estimate.standard_error;
  return {estimate.value - half_width, estimate.value + half_width};
}

int told_sign(const Estimate& estimate, double confidence) {
  const Interval interval = normal_interval(estimate, confidence);
  if (!interval.lower) return 0;
  return *interval.upper < 0.0 ? -1 : (*interval.lower > 0.0 ? 1 : 0);
}

}  // namespace hedgerow::measure
