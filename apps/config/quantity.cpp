#include "apps/config/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <system_error>

namespace hedgerow::config {
namespace {

constexpr std::string_view magnitudes = "kMBT";  // 10^3, 10^6, 10^9, 10^12
constexpr int largest_exponent = 100'000;        // far outside of a double, far inside of an int

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// A number as decimal digits and a power of ten, and what follows it.
struct Decimal {
  bool negative = false;
  std::string digits;  // with at most one point; empty: there is no number
  int exponent = 0;
  bool percent = false;
  std::string_view rest;  // the unit
};

/// Takes the parts of a number from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : left_(text) {}

  Decimal scan() {
    Decimal d;
    d.negative = left_.starts_with('-');
    if (left_.starts_with('-') || left_.starts_with('+')) left_.remove_prefix(1);
    d.digits = digits();
    if (left_.starts_with('.')) {
      left_.remove_prefix(1);
      d.digits += '.' + digits();
    }
    if (d.digits == ".") d.digits.clear();
    d.exponent = exponent() + magnitude();
    if (left_.starts_with('%')) {
      left_.remove_prefix(1);
      d.exponent -= 2;
      d.percent = true;
    }
    d.rest = trimmed(left_);
    return d;
  }

 private:
  /// Digits, which may be grouped by single underscores.
  std::string digits() {
    std::string taken;
    while (!left_.empty()) {
      const bool grouping = left_[0] == '_' && !taken.empty() && left_.size() > 1 && is_digit(left_[1]);
      if (grouping) left_.remove_prefix(1);
      if (!is_digit(left_[0])) break;
      taken += left_[0];
      left_.remove_prefix(1);
    }
    return taken;
  }

  int exponent() {
    if (left_.empty() || (left_[0] != 'e' && left_[0] != 'E')) return 0;
    std::string_view after = left_.substr(1);
    const bool negative = after.starts_with('-');
    if (negative || after.starts_with('+')) after.remove_prefix(1);
    if (after.empty() || !is_digit(after[0])) return 0;
    int value = 0;
    while (!after.empty() && is_digit(after[0])) {
      value = std::min(largest_exponent, 10 * value + (after[0] - '0'));
      after.remove_prefix(1);
    }
    left_ = after;
    return negative ? -value : value;
  }

  /// k, M, B or T, unless it begins a word or is that of TB.
  int magnitude() {
    if (left_.empty() || (left_.size() > 1 && is_lower(left_[1])) || trimmed(left_) == "TB") return 0;
    const auto index = magnitudes.find(left_[0]);
    if (index == std::string_view::npos) return 0;
    left_.remove_prefix(1);
    return 3 * (static_cast<int>(index) + 1);
  }

  std::string_view left_;
};

double to_double(const Decimal& d) {
  const std::string text = fmt::format("{}e{}", d.digits, d.exponent);
  double value = 0.0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || !std::isfinite(value))
    throw BadQuantity("too large or too small for a number");
  return d.negative && value != 0.0 ? -value : value;
}

bool is_not_finite(std::string_view text) {
  std::string word;
  for (const char c : text)
    if (c != '.' && c != '+' && c != '-') word += static_cast<char>(c | 0x20);
  return word == "inf" || word == "infinity" || word == "nan";
}

Decimal scan(std::string_view text) {
  text = trimmed(text);
  if (is_not_finite(text)) throw BadQuantity("must be a finite number");
  return Scanner(text).scan();
}

/// The currency that a unit begins with, if one stands in front of a slash or alone where money is meant.
std::string_view currency_of(std::string_view unit, const UnitRule& rule) {
  const std::string_view front = unit.substr(0, unit.find('/'));
  const bool may_stand_alone = !rule.spellings.empty() && rule.spellings.front().text == "¤";
  return is_currency(front) && (front.size() < unit.size() || may_stand_alone) ? front : std::string_view{};
}

std::optional<UnitSpelling> spelling_of(const Decimal& d, const UnitRule& rule, std::string_view currency) {
  const std::string_view written = d.percent ? "%" : d.rest;
  for (const auto& spelling : rule.spellings)
    if (written == with_currency(spelling.text, currency)) return spelling;
  return std::nullopt;
}

[[noreturn]] void refuse(const Decimal& d, const UnitRule& rule, std::string_view currency) {
  const std::string example = with_currency(rule.example, currency);
  const std::string_view other = currency_of(d.rest, rule);
  if (!other.empty() && other != currency && rule.example.find("¤") != std::string_view::npos)
    throw BadQuantity(fmt::format("the currency of this config is {}", currency),
                      "convert the amount, or change currency: at the top");
  if (d.rest.empty() && !d.percent)
    throw BadQuantity(fmt::format("{} needs its unit: {}", rule.name, example));
  throw BadQuantity(fmt::format("must be {}: {}", rule.name, example),
                    d.rest.starts_with(',') ? "digits are grouped by _, as in 1_000" : "");
}

}  // namespace

double read_quantity(std::string_view text, Unit unit, std::string_view currency) {
  const UnitRule& rule = rule_of(unit);
  const Decimal d = scan(text);
  if (d.digits.empty())
    throw BadQuantity(fmt::format("must be {}: {}", rule.name, with_currency(rule.example, currency)));
  if (d.percent && !d.rest.empty()) refuse(d, rule, currency);
  const double value = to_double(d);
  if (const auto spelling = spelling_of(d, rule, currency)) return value * spelling->times / spelling->over;
  const bool bare = d.rest.empty() && !d.percent;
  if (bare && (rule.may_be_bare || value == 0.0)) return value;
  refuse(d, rule, currency);
}

std::uint64_t read_count(std::string_view text) {
  constexpr const char* allowed = "must be a whole number, 0 or more, as in 1_000_000, 500k, 1M or 1B";
  text = trimmed(text);
  std::string plain;
  std::copy_if(text.begin(), text.end(), std::back_inserter(plain), [](char c) { return c != '_'; });
  std::uint64_t count = 0;
  const auto result = std::from_chars(plain.data(), plain.data() + plain.size(), count);
  const bool only_digits = result.ptr == plain.data() + plain.size();
  if (only_digits && result.ec == std::errc::result_out_of_range)
    throw BadQuantity("must be a whole number below 2^64");
  if (only_digits && result.ec == std::errc() && plain.size() == text.size()) return count;
  constexpr double exact = 9007199254740992.0;  // 2^53
  const Decimal d = scan(text);
  if (d.digits.empty() || !d.rest.empty() || d.percent) throw BadQuantity(allowed);
  const double value = to_double(d);
  if (value < 0.0 || value != std::floor(value)) throw BadQuantity(allowed);
  if (value > exact) throw BadQuantity("must be a whole number; above 2^53 only digits are exact");
  return static_cast<std::uint64_t>(value);
}

}  // namespace hedgerow::config
