#include "apps/config/unit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "engine/base/quantity.hpp"

namespace hedgerow::config {
namespace {

constexpr double days_per_year = hours_per_year / 24.0;

constexpr std::array<UnitSpelling, 1> fraction{{{"%"}}};  // the number parser divides by 100 exactly
constexpr std::array<UnitSpelling, 5> per_year{
    {{"/yr"}, {"/y"}, {"/mo", months_per_year}, {"/d", days_per_year}, {"/h", hours_per_year}}};
constexpr std::array<UnitSpelling, 7> hours{{{"h"},
                                             {"min", 1.0, 60.0},
                                             {"s", 1.0, 3600.0},
                                             {"d", 24.0},
                                             {"mo", hours_per_month},
                                             {"yr", hours_per_year},
                                             {"y", hours_per_year}}};
constexpr std::array<UnitSpelling, 5> years{
    {{"yr"}, {"y"}, {"mo", 1.0, months_per_year}, {"d", 1.0, days_per_year}, {"h", 1.0, hours_per_year}}};
constexpr std::array<UnitSpelling, 3> months{{{"mo"}, {"yr", months_per_year}, {"y", months_per_year}}};
constexpr std::array<UnitSpelling, 2> bare_years{{{"yr"}, {"y"}}};
constexpr std::array<UnitSpelling, 2> capacity{{{"units"}, {"unit"}}};
constexpr std::array<UnitSpelling, 2> price{{{"¤/unit-hour"}, {"¤/unit-h"}}};
constexpr std::array<UnitSpelling, 5> money_per_hour{{{"¤/h"},
                                                      {"¤/d", 1.0, 24.0},
                                                      {"¤/mo", 1.0, hours_per_month},
                                                      {"¤/yr", 1.0, hours_per_year},
                                                      {"¤/y", 1.0, hours_per_year}}};
constexpr std::array<UnitSpelling, 5> money_per_year{
    {{"¤/yr"}, {"¤/y"}, {"¤/mo", months_per_year}, {"¤/d", days_per_year}, {"¤/h", hours_per_year}}};
constexpr std::array<UnitSpelling, 1> money{{{"¤"}}};
constexpr std::array<UnitSpelling, 1> money_per_unit{{{"¤/unit"}}};
constexpr std::array<UnitSpelling, 3> money_per_tb{{{"¤/TB"}, {"¤/GB", 1000.0}, {"¤/PB", 1.0, 1000.0}}};
constexpr std::array<UnitSpelling, 3> data{{{"TB"}, {"GB", 1.0, 1000.0}, {"PB", 1000.0}}};
constexpr std::array<UnitSpelling, 4> units_per_year{
    {{"units/yr"}, {"units/y"}, {"units/mo", months_per_year}, {"units/d", days_per_year}}};

/// In the order of Unit.
const std::array<UnitRule, 16> rules{{
    {"a pure number", {}, true, "0.5"},
    {"a fraction", fraction, true, "15% or 0.15"},
    {"a rate", per_year, false, "3/yr or 0.1/mo"},
    {"a duration", hours, false, "2h, 30min or 5d"},
    {"a duration", years, false, "6mo or 2yr"},
    {"a number of months", months, false, "36mo or 3yr"},
    {"a number of years", bare_years, true, "7 or 7yr"},
    {"an amount of capacity", capacity, false, "10_000 units"},
    {"a price", price, false, "2.0 ¤/unit-hour"},
    {"money per hour", money_per_hour, false, "50_000 ¤/h"},
    {"money per year", money_per_year, false, "20M ¤/yr"},
    {"an amount of money", money, false, "50M ¤"},
    {"money per unit", money_per_unit, false, "800 ¤/unit"},
    {"a price of data", money_per_tb, false, "80 ¤/TB or 0.08 ¤/GB"},
    {"an amount of data", data, false, "500 TB or 2 PB"},
    {"a number of units per year", units_per_year, false, "8_000 units/yr"},
}};

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/// `value` times 100, shifted in decimal digits so that nothing is lost: 0.9995 gives 99.95.
std::string hundredfold(double value) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value),
                                 std::chars_format::scientific);
  const std::string_view scientific(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
  const auto e = scientific.find('e');
  std::string digits(scientific.substr(0, e));
  std::erase(digits, '.');
  const int point = std::stoi(std::string(scientific.substr(e + 1))) + 3;  // digits in front of the point
  const int size = static_cast<int>(digits.size());
  const std::string sign = value < 0.0 ? "-" : "";
  if (point > 18 || point < -4) return fmt::format("{}{}e{}", sign, digits, point - size);
  if (point <= 0) return fmt::format("{}0.{:0<{}}{}", sign, "", -point, digits);
  if (point >= size) return fmt::format("{}{:0<{}}", sign, digits, point);
  return fmt::format("{}{}.{}", sign, digits.substr(0, point), digits.substr(point));
}

}  // namespace

const UnitRule& rule_of(Unit unit) { return rules.at(static_cast<std::size_t>(unit)); }

bool is_currency(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), is_capital);
}

std::string with_currency(std::string_view spelling, std::string_view currency) {
  std::string text(spelling);
  for (std::size_t at = 0; (at = text.find("¤", at)) != std::string::npos; at += currency.size())
    text.replace(at, std::string_view("¤").size(), currency);
  return text;
}

std::string text_of(double value, Unit unit, std::string_view currency) {
  if (unit == Unit::fraction) return value == 0.0 ? "0%" : hundredfold(value) + "%";
  const UnitRule& rule = rule_of(unit);
  if (rule.spellings.empty()) return fmt::format("{}", value);
  const std::string spelling = with_currency(rule.spellings.front().text, currency);
  const bool is_close = spelling.size() <= 3 && std::none_of(spelling.begin(), spelling.end(), is_capital);
  return fmt::format("{}{}{}", value, is_close ? "" : " ", spelling);  // 2h, but 50 USD and 5 TB
}

}  // namespace hedgerow::config
