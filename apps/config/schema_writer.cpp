#include "apps/config/schema_writer.hpp"

#include <fmt/format.h>

#include "apps/config/measure_path.hpp"
#include "apps/config/quantile_key.hpp"
#include "apps/config/schema_number.hpp"

namespace hedgerow::config {
namespace {

constexpr std::string_view example_currency = "USD";
constexpr std::string_view month_pattern = "^(19|[2-9][0-9])[0-9]{2}-(0[1-9]|1[0-2])$";

}  // namespace

using Json = SchemaWriter::Json;

Json SchemaWriter::reference(const std::string& name) { return {{"$ref", "#/$defs/" + name}}; }

Json SchemaWriter::any_of(std::vector<Json> schemas) { return {{"anyOf", std::move(schemas)}}; }

Json SchemaWriter::empty_object() {
  return {{"type", "object"},
          {"properties", Json::object()},
          {"required", Json::array()},
          {"additionalProperties", false}};
}

Json SchemaWriter::map_of(Json values) {
  return {
      {"type", "object"}, {"propertyNames", reference("name")}, {"additionalProperties", std::move(values)}};
}

void SchemaWriter::finish(Json& object) {
  if (object["required"].empty()) object.erase("required");
}

void SchemaWriter::add(const Key& key, Json schema) {
  Json property;
  if (!key.help.empty()) property["description"] = key.help;
  property.update(schema);
  open_.back()["properties"][std::string(key.name)] = std::move(property);
}

Json SchemaWriter::number_reference(const Key& key) {
  const std::string name = number_name(key.unit, key.range);
  definitions_.try_emplace(name, number_schema(key.unit, key.range));
  return reference(name);
}

void SchemaWriter::number(const Key& key, double&, Required) {
  add(key, number_reference(key));
  require(key);
}

void SchemaWriter::number(const Key& key, double&, const models::Default& fallback) {
  Json schema = number_reference(key);
  if (key.unit == Unit::pure)
    schema["default"] = fallback.value;
  else
    schema["default"] = text_of(fallback.value, key.unit, example_currency);
  add(key, std::move(schema));
}

void SchemaWriter::add_law(const Key& first, const Key& second, const Key& quantile) {
  add(first, number_reference(first));
  add(second, number_reference(second));
  Json value{{"description", quantile.help}};
  value.update(number_reference(quantile));
  open_.back()["patternProperties"][std::string(quantile_pattern)] = std::move(value);
  Json no_quantile = {{"not", {{"pattern", quantile_pattern}}}};
  Json parameters = {{"required", {first.name, second.name}}, {"propertyNames", std::move(no_quantile)}};
  Json quantiles = {
      {"minProperties", 2}, {"maxProperties", 3}, {"propertyNames", {{"pattern", quantile_pattern}}}};
  open_.back()["anyOf"] = {std::move(parameters), std::move(quantiles)};
}

void SchemaWriter::count(const Key& key, std::uint64_t& member) {
  Json schema = count_schema(key.range);
  schema["default"] = member;
  add(key, std::move(schema));
}

void SchemaWriter::months(const Key& key, int& member, const models::Reason&) {
  Json schema = number_reference(key);
  schema["default"] = text_of(member, key.unit, "");
  add(key, std::move(schema));
}

void SchemaWriter::either_months(const Key& key, const Key& other, int& member) {
  Json schema = number_reference(key);
  schema["default"] = member / static_cast<double>(months_per_year);
  add(key, std::move(schema));
  add(other, number_reference(other));
  open_.back()["not"] = {{"required", {key.name, other.name}}};
}

void SchemaWriter::text(const Key& key, std::string&) { add(key, {{"type", "string"}}); }

void SchemaWriter::currency(const Key& key, std::string& member) {
  add(key, {{"type", "string"}, {"pattern", "^[A-Z]{3}$"}, {"default", member}});
}

void SchemaWriter::first_month(const Key& key, int& year, int& month) {
  add(key,
      {{"type", "string"}, {"pattern", month_pattern}, {"default", fmt::format("{:04}-{:02}", year, month)}});
}

void SchemaWriter::contract_month(const Key& key, int&, const models::Reason&) {
  add(key, {{"type", "string"}, {"pattern", month_pattern}});
}

void SchemaWriter::yes_no(const Key& key, bool& member, const models::Reason&) {
  Json words = {{"enum", {"yes", "no", "true", "false"}}};
  Json schema = any_of({{{"type", "boolean"}}, std::move(words)});
  schema["default"] = member;
  add(key, std::move(schema));
}

void SchemaWriter::version(const Key& key) {
  add(key, {{"const", format_version}});
  require(key);
}

void SchemaWriter::levels(const Key& key, std::vector<double>& member) {
  Json schema = {{"type", "array"}, {"items", number_reference(key)}, {"default", Json::array()}};
  for (const double level : member) schema["default"].push_back(level);
  add(key, std::move(schema));
}

void SchemaWriter::numbers(const Key& key, std::map<std::string, double>&, Required) {
  add(key, map_of(number_reference(key)));
  require(key);
}

void SchemaWriter::number_or_map(const Key& key, std::variant<Fraction, std::map<std::string, double>>&,
                                 const models::Default& fallback) {
  Json schema = any_of({number_reference(key), map_of(number_reference(key))});
  schema["default"] = text_of(fallback.value, key.unit, example_currency);
  add(key, std::move(schema));
}

void SchemaWriter::add_or_word(const Key& key, Json schema, std::string_view word) {
  add(key, any_of({std::move(schema), {{"const", word}}}));
}

Json SchemaWriter::pair_list(const Key& key, const Key& second) {
  const Json pair = {{"type", "array"},
                     {"prefixItems", {number_reference(key), number_reference(second)}},
                     {"minItems", 2},
                     {"maxItems", 2}};
  return {{"type", "array"}, {"minItems", 1}, {"items", pair}};
}

void SchemaWriter::pairs(const Key& key, const Key& second, std::vector<std::pair<double, double>>&,
                         Required) {
  add(key, pair_list(key, second));
  require(key);
}

void SchemaWriter::pairs(const Key& key, const Key& second, std::vector<std::pair<double, double>>&,
                         const models::Reason&) {
  add_or_word(key, pair_list(key, second), "none");
}

void SchemaWriter::amounts(const Key& key, std::vector<double>&, const models::Reason&) {
  const Json list = {{"type", "array"}, {"minItems", 1}, {"items", number_reference(key)}};
  add(key, any_of({number_reference(key), list, {{"const", "none"}}}));
}

void SchemaWriter::table(const Key& key, std::map<std::string, std::map<std::string, double>>&,
                         const models::Reason&) {
  add_or_word(key, map_of(map_of(number_reference(key))), "none");
}

void SchemaWriter::measure(const Key& key, models::Limit&) {
  add(key, {{"type", "string"}, {"pattern", measure_pattern()}});
  require(key);
}

void SchemaWriter::bounds(const Key& upper, const Key& lower, models::Limit&) {
  for (const Key& bound : {upper, lower})
    add(bound,
        any_of({number_reference({.name = "", .unit = Unit::money, .help = ""}),
                number_reference({.name = "", .unit = Unit::fraction, .range = between(0, 1), .help = ""})}));
  open_.back()["oneOf"] = {{{"required", {upper.name}}}, {{"required", {lower.name}}}};
}

void SchemaWriter::weights(const Key& key, std::optional<std::map<std::string, double>>&) {
  add(key, map_of(number_reference(key)));
}

}  // namespace hedgerow::config
