#pragma once
// Counts how often intervals hold the truth over many independent repetitions.

#include <cmath>
#include <string>

#include "engine/measure/estimate.hpp"
#include "engine/measure/moments.hpp"

namespace hedgerow::measure::study {

/// What was seen of one interval or estimate over all repetitions.
struct Tally {
  Moments below;      ///< 1 where the whole interval lies below the truth
  Moments above;      ///< 1 where the whole interval lies above the truth
  Moments unbounded;  ///< 1 where a bound is missing (it then counts as -/+ infinity)
  Moments values;     ///< the estimates; empty for bare intervals
  Moments errors;     ///< their reported standard errors

  void add(const Interval& interval, double truth) {
    below.add(interval.upper && *interval.upper < truth ? 1.0 : 0.0);
    above.add(interval.lower && *interval.lower > truth ? 1.0 : 0.0);
    unbounded.add(interval.lower && interval.upper ? 0.0 : 1.0);
  }
  void add(const Estimate& estimate, double truth, double confidence) {
    add(normal_interval(estimate, confidence), truth);
    values.add(estimate.value);
    if (estimate.standard_error) errors.add(*estimate.standard_error);
  }

  /// Fraction of repetitions whose interval held the truth.
  double coverage() const { return 1.0 - below.mean - above.mean; }
  /// Binomial standard error of coverage() if its true value were `expected`.
  double coverage_error(double expected) const {
    return std::sqrt(expected * (1.0 - expected) / static_cast<double>(below.count));
  }
  /// Mean reported standard error over the observed standard deviation of the estimates.
  double error_ratio() const { return errors.mean / std::sqrt(values.variance().value()); }
  /// Bias of the estimates in units of their standard deviation.
  double bias(double truth) const { return (values.mean - truth) / std::sqrt(values.variance().value()); }
};

/// One line of the study.
struct Row {
  std::string law;
  std::string measure;
  double level = 0.0;  ///< alpha, or 1 - 1/RP for curves; 0 where there is none
  double truth = 0.0;
  Tally tally = {};
};

}  // namespace hedgerow::measure::study
