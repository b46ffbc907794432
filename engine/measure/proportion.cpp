#include "engine/measure/proportion.hpp"

#include <boost/math/distributions/beta.hpp>

#include "engine/base/check.hpp"

namespace hedgerow::measure {

Interval proportion_interval(std::uint64_t times, std::uint64_t count, double confidence) {
  validate(count >= 1, "no trial was made (at least one is needed)");
  validate(times <= count, "something happened more often than it was tried");
  validate(confidence > 0.0 && confidence < 1.0,
           "the confidence is out of range (must lie strictly between 0 and 1) write 95 % as 0.95");
  const double outside = 0.5 * (1.0 - confidence);
  const double k = static_cast<double>(times), n = static_cast<double>(count);
  Interval interval{0.0, 1.0};
  if (times > 0)
    interval.lower = boost::math::quantile(boost::math::beta_distribution<>(k, n - k + 1.0), outside);
  if (times < count)
    interval.upper =
        boost::math::quantile(complement(boost::math::beta_distribution<>(k + 1.0, n - k), outside));
  return interval;
}

}  // namespace hedgerow::measure
