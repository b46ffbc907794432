#pragma once
// What is known of a rate after events were counted over some time.

#include "engine/measure/estimate.hpp"

namespace hedgerow::fit {

/// Gamma law of a rate: shape `events`, rate parameter `exposure`. As a prior it counts for so many events in
/// so much time that were never seen; seeing more adds up (conjugate to Poisson counts; docs/fit.md).
struct RatePosterior {
  double events;    ///< shape [-], > 0
  double exposure;  ///< [time], > 0

  /// @throws InvalidInput unless both are > 0 and finite.
  RatePosterior(double shape, double rate_parameter);

  /// After `count` >= 0 more events in `time` >= 0 more. @throws InvalidInput otherwise.
  RatePosterior updated(double count, double time) const;

  double mean() const { return events / exposure; }  ///< [1/time]
  double sd() const;                                 ///< [1/time]
  double quantile(double u) const;                   ///< [1/time]; u in (0, 1)
  /// Equal tails; both bounds are there. @throws InvalidInput unless 0 < confidence < 1.
  measure::Interval interval(double confidence = 0.95) const;

  /// Variance of the number of events in `time` to come, not knowing the rate.
  double predictive_variance(double time) const;
  /// P(at least `count` events in `time` to come), not knowing the rate: negative binomial.
  double predictive_at_least(unsigned count, double time) const;
};

/// The rate behind `count` events of a Poisson process in `time` > 0: exact and so somewhat wide (Garwood
/// 1936).
/// @throws InvalidInput unless time > 0 and 0 < confidence < 1.
measure::Interval poisson_rate_interval(double count, double time, double confidence = 0.95);

}  // namespace hedgerow::fit
