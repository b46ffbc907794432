#pragma once
// Reads numbers as people write them: 1e6, 1_000_000, 1M, 38B, 99.95%, 2h, 3/yr, 50_000 USD/h.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "apps/config/unit.hpp"

namespace hedgerow::config {

/// A text that is no number of the wanted kind. `what()` says what is allowed, for example
/// "a rate needs its unit: 3/yr or 0.1/mo"; the reader puts the place and the text in front.
class BadQuantity : public std::runtime_error {
 public:
  explicit BadQuantity(const std::string& allowed, std::string hint_text = "")
      : std::runtime_error(allowed), hint(std::move(hint_text)) {}
  std::string hint;
};

/// The number in the canonical unit of `unit`.
///
///     number  = [+-] digits [. digits] [e [+-] digits] [k | M | B | T] [%]
///     text    = number [blank] [unit]          digits may be grouped by _
///
/// Magnitudes and percent signs shift the decimal point before the text becomes a double, so that
/// 15% and 0.15 are the same bits. Throws BadQuantity: not finite, out of the range of a double, no
/// number, trailing text, a unit of another kind, no unit, another currency than `currency`.
double read_quantity(std::string_view text, Unit unit, std::string_view currency);

/// A whole number from 0 to 2^64 - 1, without loss. Throws BadQuantity.
std::uint64_t read_count(std::string_view text);

}  // namespace hedgerow::config
