#pragma once
// Keys that name a quantile: p50, p95, p99.9.

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace hedgerow::config {

/// What such a key looks like, as a regular expression (ECMA 262).
inline constexpr std::string_view quantile_pattern = "^p[0-9]{1,2}(\\.[0-9]{1,6})?$";

/// 0.5, 0.95, 0.999; nothing where the key is none, or p0.
inline std::optional<double> quantile_level(std::string_view key) {
  if (key.size() < 2 || key.front() != 'p' || key.size() > 10) return std::nullopt;
  const std::string_view digits = key.substr(1);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const bool well_formed = digits.find_first_not_of("0123456789.") == std::string_view::npos && point >= 1 &&
                           point <= 2 && digits.back() != '.' &&
                           digits.find('.', point + 1) == std::string_view::npos;
  double percent = 0.0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), percent);
  if (!well_formed || error != std::errc() || percent <= 0.0) return std::nullopt;
  return percent / 100.0;
}

}  // namespace hedgerow::config
