#include "engine/fit/rate_posterior.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "engine/base/check.hpp"

namespace hedgerow::fit {
namespace {

void require_confidence(double confidence) {
  validate(confidence > 0.0 && confidence < 1.0, "confidence out of range (must be in (0, 1))");
}

}  // namespace

RatePosterior::RatePosterior(double shape, double rate_parameter) : events(shape), exposure(rate_parameter) {
  validate(events > 0.0 && std::isfinite(events), "events of a rate posterior out of range (must be > 0)");
  validate(exposure > 0.0 && std::isfinite(exposure),
           "exposure of a rate posterior out of range (must be > 0)");
}

RatePosterior RatePosterior::updated(double count, double time) const {
  validate(count >= 0.0 && time >= 0.0, "counts and times must not be negative");
  return {events + count, exposure + time};
}

double RatePosterior::sd() const { return std::sqrt(events) / exposure; }

double RatePosterior::quantile(double u) const { return boost::math::gamma_p_inv(events, u) / exposure; }

measure::Interval RatePosterior::interval(double confidence) const {
  require_confidence(confidence);
  return {quantile(0.5 * (1.0 - confidence)), quantile(0.5 * (1.0 + confidence))};
}

double RatePosterior::predictive_variance(double time) const {
  return mean() * time * (1.0 + time / exposure);
}

double RatePosterior::predictive_at_least(unsigned count, double time) const {
  return count == 0 ? 1.0 : boost::math::ibeta(count, events, time / (exposure + time));
}

measure::Interval poisson_rate_interval(double count, double time, double confidence) {
  validate(count >= 0.0 && time > 0.0, "a rate needs a count >= 0 and a time > 0");
  require_confidence(confidence);
  const double tail = 0.5 * (1.0 - confidence);
  const double lower = count > 0.0 ? boost::math::gamma_p_inv(count, tail) : 0.0;
  return {lower / time, boost::math::gamma_q_inv(count + 1.0, tail) / time};
}

}  // namespace hedgerow::fit
