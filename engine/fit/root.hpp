#pragma once
// Where a function that changes its sign once is zero.

#include <boost/math/tools/toms748_solve.hpp>
#include <cstdint>

#include "engine/base/check.hpp"

namespace hedgerow::fit {

/// The zero of `function` in [low, high], to a few units of rounding (Alefeld, Potra & Shi 1995).
/// Throws InvalidInput with `message` where the function has the same sign at both ends.
template <class Function>
double zero_between(Function function, double low, double high, const char* message) {
  const double at_low = function(low), at_high = function(high);
  if (at_low == 0.0) return low;
  if (at_high == 0.0) return high;
  validate((at_low < 0.0) != (at_high < 0.0), message);
  std::uintmax_t steps = 200;
  const auto [left, right] = boost::math::tools::toms748_solve(
      function, low, high, at_low, at_high, boost::math::tools::eps_tolerance<double>(51), steps);
  return 0.5 * (left + right);
}

}  // namespace hedgerow::fit
