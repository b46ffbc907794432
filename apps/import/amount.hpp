#pragma once
// Money to the last digit: whole multiples of 1e-18, so that a sum of any number of rows is exact and does
// not depend on their order.

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace hedgerow::intake {

__extension__ typedef __int128 WideInteger;

/// An amount in units of its currency, between -1.7e20 and 1.7e20.
class Amount {
 public:
  /// Decimals that are kept.
  static constexpr int decimals = 18;

  constexpr Amount() = default;

  /// `units` multiples of 1e-18.
  static constexpr Amount of_units(WideInteger units) {
    Amount amount;
    amount.units_ = units;
    return amount;
  }

  /// Adds; false, and nothing is changed, where the sum would leave the range.
  [[nodiscard]] bool add(Amount other) {
    WideInteger sum = 0;
    if (__builtin_add_overflow(units_, other.units_, &sum)) return false;
    units_ = sum;
    return true;
  }

  /// Adds where the caller knows that the sum stays in the range.
  Amount& operator+=(Amount other) {
    units_ += other.units_;
    return *this;
  }
  Amount size() const { return of_units(units_ < 0 ? -units_ : units_); }

  bool is_zero() const { return units_ == 0; }
  bool is_negative() const { return units_ < 0; }

  /// The nearest double, give or take its last bit.
  double value() const;

  /// With so many decimals (0 to 18), halves away from 0: "14.98", "-0.50"; what rounds to 0 has no sign.
  std::string text(int shown) const;

  /// All digits and no more: "14.976514", "0".
  std::string exact() const;

  friend auto operator<=>(const Amount&, const Amount&) = default;

 private:
  WideInteger units_ = 0;
};

/// Most that one amount may be, as in a config.
inline constexpr double largest_amount = 1e15;

struct ReadAmount {
  Amount amount;
  bool as_people_write = false;  ///< with a currency sign, blanks, groups of thousands or brackets
};

/// Reads a number, `-12.5` or `1.2E-05`, or what spreadsheets make of one: `"$10,100.00 "`, `(3.50)`.
/// What is finer than 1e-18 is rounded, halves away from 0. Nothing for any other text, and from 1e15 on.
std::optional<ReadAmount> read_amount(std::string_view text);

}  // namespace hedgerow::intake
