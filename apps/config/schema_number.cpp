#include "apps/config/schema_number.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace hedgerow::config {

using Json = nlohmann::ordered_json;

namespace {

constexpr const char* digit_groups = "[0-9](_?[0-9])*";

/// In the order of Unit.
constexpr std::array<std::string_view, 16> unit_names{
    "number",         "fraction",     "rate",  "hours",          "years",          "months",
    "years_number",   "capacity",     "price", "money_per_hour", "money_per_year", "money",
    "money_per_unit", "money_per_tb", "data",  "units_per_year"};

std::string number_pattern(bool negative) {
  return fmt::format("{0}({1}(\\.({1})?)?|\\.{1})([eE][+-]?[0-9]+)?[kMBT]?", negative ? "[+-]?" : "\\+?",
                     digit_groups);
}

std::string unit_pattern(const UnitRule& rule) {
  std::string all;
  for (const auto& spelling : rule.spellings)
    all += fmt::format("{}{}", all.empty() ? "" : "|", with_currency(spelling.text, "[A-Z]{3}"));
  return all;
}

void add_bounds(Json& schema, const Range& range) {
  if (std::isfinite(range.low)) schema[range.low_open ? "exclusiveMinimum" : "minimum"] = range.low;
  if (std::isfinite(range.high)) schema[range.high_open ? "exclusiveMaximum" : "maximum"] = range.high;
}

/// `forms` alone, or as the value beside a source.
Json with_source(Json forms) {
  const Json value = {{"anyOf", forms}};
  forms.push_back({{"type", "object"},
                   {"properties", {{"value", value}, {"source", {{"type", "string"}}}}},
                   {"required", {"value"}},
                   {"additionalProperties", false}});
  return {{"anyOf", std::move(forms)}};
}

std::string bound_name(double bound) {
  std::string text = fmt::format("{}", bound);
  for (auto& c : text)
    if (c == '.') c = 'p';
  return bound < 0 ? "minus_" + text.substr(1) : text;
}

}  // namespace

std::string pattern_of(Unit unit, const Range& range) {
  const UnitRule& rule = rule_of(unit);
  const std::string number = number_pattern(range.low < 0.0);
  if (rule.spellings.empty()) return fmt::format("^{}$", number);
  const bool optional = rule.may_be_bare;
  return fmt::format("^{}( ?({})){}$", number, unit_pattern(rule), optional ? "?" : "");
}

Json number_schema(Unit unit, const Range& range) {
  Json forms = Json::array();
  Json number = {{"type", "number"}};
  add_bounds(number, range);
  if (rule_of(unit).may_be_bare)
    forms.push_back(number);
  else if (range.contains(0.0))
    forms.push_back({{"const", 0}});
  forms.push_back({{"type", "string"}, {"pattern", pattern_of(unit, range)}});
  return with_source(std::move(forms));
}

Json count_schema(const Range& range) {
  Json integer = {{"type", "integer"}};
  add_bounds(integer, range);
  const Json text = {
      {"type", "string"},
      {"pattern", fmt::format("^\\+?{}(\\.{})?([eE]\\+?[0-9]+)?[kMBT]?$", digit_groups, digit_groups)}};
  return with_source(Json::array({integer, text}));
}

std::string number_name(Unit unit, const Range& range) {
  std::string name(unit_names.at(static_cast<std::size_t>(unit)));
  if (std::isfinite(range.low)) name += (range.low_open ? "_above_" : "_from_") + bound_name(range.low);
  if (std::isfinite(range.high)) name += (range.high_open ? "_below_" : "_to_") + bound_name(range.high);
  return name;
}

}  // namespace hedgerow::config
