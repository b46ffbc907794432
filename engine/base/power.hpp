#pragma once
// Powers and exponentials of many numbers at once: the SIMD twins of a scalar power and exponential, equal to
// them bit for bit on every instruction set (Highway chooses one when the program runs).

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>

#include "engine/base/polynomial.hpp"

namespace hedgerow {
namespace detail {

/// x = 2^k m with m in [1/sqrt 2, sqrt 2), up to rounding: the bits of 1/sqrt 2 begin the mantissas.
inline constexpr std::int64_t root_bits = 0x3fe6a09e667f3bcd;
inline constexpr std::int64_t exponent_bits = static_cast<std::int64_t>(0xfff0000000000000ULL);
/// Added to a number below 2^51, it leaves the nearest whole number in the last bits.
inline constexpr double to_whole = 0x1.8p52;
/// ln 2 in two parts: whole numbers below 2^20 times the first are exact.
inline constexpr double ln_2_high = 0x1.62e42feep-1, ln_2_low = 0x1.a39ef35793c76p-33;
inline constexpr double ln_2 = 0x1.62e42fefa39efp-1, inverse_ln_2 = 0x1.71547652b82fep0;

/// ln m = 2 s (1 + s^2 / 3 + s^4 / 5 + ...) with s = (m - 1) / (m + 1), |s| < 0.172: the coefficients
/// after the 1.
inline constexpr std::array<double, 10> log_series{1.0 / 3,  1.0 / 5,  1.0 / 7,  1.0 / 9,  1.0 / 11,
                                                   1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21};
/// e^t = 1 + t + t^2 / 2 + ... for |t| <= ln 2 / 2: the coefficients after the 1.
inline constexpr std::array<double, 13> exp_series{1.0,
                                                   1.0 / 2,
                                                   1.0 / 6,
                                                   1.0 / 24,
                                                   1.0 / 120,
                                                   1.0 / 720,
                                                   1.0 / 5040,
                                                   1.0 / 40320.0,
                                                   1.0 / 362880.0,
                                                   1.0 / 3628800.0,
                                                   1.0 / 39916800.0,
                                                   1.0 / 479001600.0,
                                                   1.0 / 6227020800.0};

/// 2^n (1 + t + t^2 / 2 + ...), where n is what has been shifted by to_whole.
inline double scaled_exp(double t, double shifted) {
  const double growth = polynomial(exp_series, t);
  const std::int64_t n = std::bit_cast<std::int64_t>(shifted) - std::bit_cast<std::int64_t>(to_whole);
  return (growth * t + 1.0) * std::bit_cast<double>((n + 1023) << 52);
}

/// Of bases and powers within 2^-limit .. 2^limit; beyond them std::pow is asked.
inline constexpr double power_limit = 1000.0;
inline constexpr double exp_limit = 693.0;

}  // namespace detail

/// x^exponent for x > 0; relative error below 1e-14 where the power lies within 1e-3 .. 1e3, and growing with
/// its logarithm.
inline double power(double x, double exponent) {
  using namespace detail;
  const auto bits = std::bit_cast<std::int64_t>(x);
  const std::int64_t whole = (bits - root_bits) >> 52;
  const double m = std::bit_cast<double>(bits - ((bits - root_bits) & exponent_bits));
  const double s = (m - 1.0) / (m + 1.0), z = s * s;
  const double log2_m = (s + s) * (polynomial(log_series, z) * z + 1.0) * inverse_ln_2;
  const double y = (static_cast<double>(whole) + log2_m) * exponent;
  if (!(x >= 0x1p-1000 && x <= 0x1p1000 && std::abs(y) <= power_limit)) return std::pow(x, exponent);
  const double shifted = y + to_whole;
  return scaled_exp((y - (shifted - to_whole)) * ln_2, shifted);
}

/// e^x; relative error below 1e-15. Beyond e^693 and e^-693 std::exp is asked.
inline double exponential(double x) {
  using namespace detail;
  if (!(std::abs(x) <= exp_limit)) return std::exp(x);
  const double shifted = x * inverse_ln_2 + to_whole, n = shifted - to_whole;
  return scaled_exp((x - n * ln_2_high) - n * ln_2_low, shifted);
}

/// Replaces every x > 0 by power(x, exponent).
void power_batch(std::span<double> values, double exponent);

/// Replaces every x by exponential(x).
void exponential_batch(std::span<double> values);

}  // namespace hedgerow
