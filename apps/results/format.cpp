#include "apps/results/format.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace hedgerow::results {
namespace {

constexpr double most_decimals = 12;
constexpr double rounding = 1e-12;  // an error below this part of a number is what adding up leaves

}  // namespace

Scale scale_for(double largest) {
  const double size = std::abs(largest);
  if (size >= 1e9) return {1e9, "B"};
  if (size >= 1e6) return {1e6, "M"};
  if (size >= 1e4) return {1e3, "k"};
  return {1.0, ""};
}

int decimals_for(double half_width) {
  if (!(half_width > 0.0)) return 3;
  return static_cast<int>(std::clamp(std::ceil(-std::log10(half_width)), 0.0, most_decimals));
}

int decimals_for_unknown_error(double value) {
  if (value == 0.0 || std::isnan(value)) return 0;
  return static_cast<int>(std::clamp(2.0 - std::floor(std::log10(std::abs(value))), 0.0, 3.0));
}

std::string number(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find_first_not_of("-0.") == std::string::npos && text.front() == '-') text.erase(0, 1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::size_t first = text.front() == '-' ? 1 : 0;
  for (std::size_t i = point; i > first + 3; i -= 3) text.insert(i - 3, " ");
  return text;
}

std::string with_error(double value, std::optional<double> half_width, Scale scale) {
  const double scaled = value / scale.unit;
  if (!half_width) return fmt::format("{} ± ?", number(scaled, decimals_for_unknown_error(scaled)));
  if (*half_width <= rounding * std::abs(value)) return number(scaled, decimals_for_unknown_error(scaled));
  const int decimals = decimals_for(*half_width / scale.unit);
  return fmt::format("{} ± {}", number(scaled, decimals), number(*half_width / scale.unit, decimals));
}

std::string grouped(unsigned long long count) {
  std::string text = std::to_string(count);
  for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, " ");
  return text;
}

std::string counted(unsigned long long count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

std::string unit_name(Scale scale, std::string_view currency) {
  return scale.name.empty() ? std::string(currency) : fmt::format("{} {}", scale.name, currency);
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string wrapped(std::string_view front, std::string_view text, std::size_t width) {
  const std::string below(width_of(front), ' ');
  std::string all, line(front);
  std::size_t used = below.size();
  bool is_first = true;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (!is_first && used + 1 + width_of(word) > width) {
      all += line + "\n";
      line = below;
      used = below.size();
      is_first = true;
    }
    line += (is_first ? "" : " ") + std::string(word);
    used += width_of(word) + (is_first ? 0 : 1);
    is_first = false;
  }
  return all + line + "\n";
}

std::string pad_left(std::string_view text, std::size_t width) {
  const std::size_t has = width_of(text);
  return std::string(width > has ? width - has : 0, ' ') + std::string(text);
}

std::string pad_right(std::string_view text, std::size_t width) {
  const std::size_t has = width_of(text);
  return std::string(text) + std::string(width > has ? width - has : 0, ' ');
}

std::string printable(std::string_view text) {
  std::string clean;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    clean += byte < 0x20 || byte == 0x7f ? fmt::format("\\x{:02X}", byte) : std::string(1, c);
  }
  return clean;
}

}  // namespace hedgerow::results
