#include "apps/import/dora_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "apps/config/unit.hpp"

namespace hedgerow::intake {
namespace {

constexpr double highest_rank = 1000.0;                   // of a subcontractor
constexpr std::string_view not_applicable = "eba_ZZ:x0";  // of any list: there is nothing to tell

std::string codes_of(ClosedList list) {
  std::string text;
  for (const Term& term : list)
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", term.code, term.words);
  return text;
}

std::string_view local_part(std::string_view code) { return code.substr(code.find(':') + 1); }

}  // namespace

std::string DoraFields::text(std::size_t column) {
  return std::string(fields_.name(table_.field(column), longest_dora_name));
}

std::string DoraFields::needed(std::size_t column) {
  std::string value = text(column);
  if (value.empty()) fields_.error(table_.field(column), "must be told");
  return value;
}

Code DoraFields::code(std::size_t column, ClosedList list) {
  const std::string value = text(column);
  if (value.empty() || value == not_applicable) return std::nullopt;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].code == value) return i;
    if (local_part(list[i].code) != value) continue;
    repairs_.note(Repair::code_unprefixed, findings_, table_.field(column).place, table_.field(column).name,
                  value);
    return i;
  }
  fields_.error(table_.field(column), "must be one of " + codes_of(list));
  return std::nullopt;
}

std::string DoraFields::prefixed(std::size_t column, std::string_view prefix, std::size_t letters) {
  const std::string value = text(column);
  if (value.empty() || value == not_applicable) return {};
  const bool has_prefix = value.starts_with(prefix);
  const std::string bare = has_prefix ? value.substr(prefix.size()) : value;
  if (bare.size() != letters ||
      !std::all_of(bare.begin(), bare.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
    fields_.error(table_.field(column), fmt::format("must be {} and {} capital letters", prefix, letters));
    return {};
  }
  if (!has_prefix)
    repairs_.note(Repair::code_unprefixed, findings_, table_.field(column).place, table_.field(column).name,
                  value);
  return bare;
}

std::string DoraFields::base_currency(std::size_t column) {
  const std::string value = text(column);
  const std::string currency(local_part(value));
  if (config::is_currency(currency)) return currency;
  fields_.error(table_.field(column), "must be a currency such as iso4217:EUR");
  return {};
}

std::optional<double> DoraFields::number(std::size_t column) {
  const std::optional<Amount> number = amount(column);
  if (!number) return std::nullopt;
  if (number->is_negative()) fields_.error(table_.field(column), "must be at least 0");
  return number->value();
}

int DoraFields::rank(std::size_t column) {
  const double rank = number(column).value_or(1.0);
  if (rank >= 1.0 && rank <= highest_rank && rank == std::floor(rank)) return static_cast<int>(rank);
  fields_.error(table_.field(column), "must be a whole number from 1 on");
  return 1;
}

std::optional<Moment> DoraFields::date(std::size_t column) {
  const Field field = table_.field(column);
  if (field.text.starts_with("9999-")) return std::nullopt;
  if (field.text.empty()) return std::nullopt;
  const std::optional<ReadMoment> read = read_moment(field.text);
  const bool is_day = read && field.text.size() == 10 && read->form == MomentForm::iso_like;
  if (is_day) return read->at;
  if (!read) {
    if (!fields_.text(field).empty()) fields_.error(field, "must be a date such as 2026-12-31");
    return std::nullopt;
  }
  repairs_.note(
      read->form == MomentForm::month_day_year ? Repair::date_month_day_year : Repair::date_iso_like,
      findings_, field.place, field.name, field.text);
  return read->at;
}

}  // namespace hedgerow::intake
