#include "apps/config/key.hpp"

#include <fmt/format.h>

#include <cmath>

namespace hedgerow::config {

std::string range_text(const Range& range, Unit unit, std::string_view currency) {
  const auto text = [&](double value) { return text_of(value, unit, currency); };
  const bool low = std::isfinite(range.low), high = std::isfinite(range.high);
  if (low && high && !range.low_open && !range.high_open)
    return fmt::format("must be between {} and {}", text(range.low), text(range.high));
  const std::string from = fmt::format("{} {}", range.low_open ? "above" : "at least", text(range.low));
  const std::string to = fmt::format("{} {}", range.high_open ? "below" : "at most", text(range.high));
  if (low && high) return fmt::format("must be {} and {}", from, to);
  if (low || high) return fmt::format("must be {}", low ? from : to);
  return "may be any number";
}

}  // namespace hedgerow::config
