#pragma once
// Options that are a span of time.

#include <string>

#include <fmt/format.h>

#include "apps/cli/usage.hpp"
#include "apps/config/quantity.hpp"

namespace hedgerow::cli {

/// "90s", "10min" or "2h" [s], more than 0. Throws UsageError.
inline double seconds_from(const std::string& option, const std::string& text) {
  constexpr double seconds_an_hour = 3600.0;
  try {
    if (const double hours = config::read_quantity(text, config::Unit::hours, "USD"); hours > 0.0)
      return seconds_an_hour * hours;
  } catch (const config::BadQuantity& bad) {
    throw UsageError(fmt::format("{} is {} ({})", option, text, bad.what()));
  }
  throw UsageError(fmt::format("{} is {} (must be more than 0)", option, text));
}

}  // namespace hedgerow::cli
