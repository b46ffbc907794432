#pragma once
// How tests compare numbers with published or independently computed ones.

#include <cmath>

namespace hedgerow::test {

inline double relative_error(double value, double exact) {
  return exact == 0.0 ? std::abs(value) : std::abs(value / exact - 1.0);
}

/// Whether `value` rounds to the `decimals` printed decimals of `printed`.
inline bool agrees_to_decimals(double value, double printed, int decimals) {
  return std::abs(value - printed) <= 0.5000001 * std::pow(10.0, -decimals);
}

}  // namespace hedgerow::test
