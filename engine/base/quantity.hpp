#pragma once
// Numbers that carry their dimension in their type, so that two of them cannot be swapped unnoticed.
// They are used in the declarations of what a user configures; arithmetic takes `.value` out.

#include <compare>

namespace hedgerow {

template <class Tag>
struct Quantity {
  double value = 0.0;
  constexpr Quantity() = default;
  constexpr explicit Quantity(double v) : value(v) {}
  friend constexpr auto operator<=>(const Quantity&, const Quantity&) = default;
};

using Hours = Quantity<struct HoursTag>;        ///< [h]
using Years = Quantity<struct YearsTag>;        ///< [yr]
using PerYear = Quantity<struct PerYearTag>;    ///< [1/yr]
using Fraction = Quantity<struct FractionTag>;  ///< [-], a share or probability, 0..1 unless said otherwise

inline constexpr double hours_per_year = 8760.0;  ///< no leap years (docs/model/path.md)
inline constexpr int months_per_year = 12;
inline constexpr double hours_per_month = hours_per_year / months_per_year;  ///< 730 h

}  // namespace hedgerow
