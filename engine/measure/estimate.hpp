#pragma once
// What every measure hands back: a number with its standard error, or an interval.

#include <optional>

namespace hedgerow::measure {

/// A number read off a sample, with the standard deviation of its sampling error.
struct Estimate {
  double value = 0.0;
  /// Missing where the sample cannot tell it (one value only, or a tail without variance).
  std::optional<double> standard_error;
};

/// A two-sided confidence interval, both ends included. A missing bound means that the sample cannot
/// bound the quantity on that side at that confidence.
struct Interval {
  std::optional<double> lower;
  std::optional<double> upper;
};

/// z with P(|N(0,1)| <= z) = confidence, e.g. 1.959964 for 0.95.
/// Throws InvalidInput unless 0 < confidence < 1.
double two_sided_normal(double confidence);

/// value -/+ z * standard_error; both bounds are missing without a standard error.
/// Asymptotic (central limit theorem): docs/coverage.md says how honest it is on finite samples.
/// Throws InvalidInput unless 0 < confidence < 1.
Interval normal_interval(const Estimate& estimate, double confidence = 0.95);

/// -1 or 1 where that interval lies below or above 0; 0 where it does not tell.
/// Throws InvalidInput unless 0 < confidence < 1.
int told_sign(const Estimate& estimate, double confidence = 0.95);

}  // namespace hedgerow::measure
