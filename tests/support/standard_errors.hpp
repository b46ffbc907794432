#pragma once
// |estimate - exact| <= 4 standard errors, and the standard error below a stated bound: a test whose
// error is allowed to grow cannot fail.

#include <doctest/doctest.h>

#include <cmath>

#include "engine/measure/estimate.hpp"

namespace hedgerow::test {

inline void check_within_4_se(const measure::Estimate& estimate, double exact, double largest_error) {
  REQUIRE(estimate.standard_error.has_value());
  const double rounding = 1e-12 * std::abs(exact);  // of quantities without chance
  INFO("estimate ", estimate.value, " +- ", *estimate.standard_error, ", exact ", exact, ", ",
       (estimate.value - exact) / *estimate.standard_error, " standard errors away");
  CHECK(*estimate.standard_error <= largest_error);
  CHECK(std::abs(estimate.value - exact) <= 4.0 * *estimate.standard_error + rounding);
}

/// For quantiles: the standard error is read off the 95 % interval.
inline void check_quantile_within_4_se(double value, const measure::Interval& interval, double exact,
                                       double largest_error) {
  REQUIRE(interval.lower.has_value());
  REQUIRE(interval.upper.has_value());
  check_within_4_se({value, (*interval.upper - *interval.lower) / (2.0 * 1.959964)}, exact, largest_error);
}

}  // namespace hedgerow::test
