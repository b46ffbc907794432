#include "apps/import/field_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apps/config/unit.hpp"

namespace hedgerow::intake {

void FieldReader::error(const Field& field, std::string_view allowed) {
  findings_.error(field.place, field.text.empty() ? fmt::format("{} is empty ({})", field.name, allowed)
                                                  : fmt::format("{} is {} ({})", field.name,
                                                                in_quotes(field.text), allowed));
}

std::string_view FieldReader::text(const Field& field) {
  std::string_view text = field.text;
  if (!text.empty() && (text.front() == ' ' || text.back() == ' ')) {
    note(Repair::blanks_around, field);
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    text = text.substr(first, text.find_last_not_of(' ') - first + 1);
  }
  if (!is_null_as_text(text)) return text;
  note(Repair::null_as_text, field);
  return {};
}

std::string_view FieldReader::name(const Field& field, std::size_t longest) {
  const std::string_view name = text(field);
  if (name.size() <= longest) return name;
  error(field, fmt::format("has {} bytes, must be {} at most", name.size(), longest));
  return {};
}

std::optional<Amount> FieldReader::amount(const Field& field) {
  if (field.text.empty()) return std::nullopt;
  const std::optional<ReadAmount> read = read_amount(field.text);
  if (read && read->as_people_write) note(Repair::money_as_written, field);
  if (read) return read->amount;
  if (!text(field).empty()) error(field, "must be a number such as 10100.00, below 1e15");
  return std::nullopt;
}

std::optional<Moment> FieldReader::moment(const Field& field, bool needed) {
  if (field.text.empty()) return std::nullopt;
  if (field.text != last_moment_text_) {
    last_moment_text_ = field.text;
    last_moment_ = read_moment(field.text);
  }
  if (last_moment_) {
    if (last_moment_->form == MomentForm::iso_like) note(Repair::date_iso_like, field);
    if (last_moment_->form == MomentForm::month_day_year) note(Repair::date_month_day_year, field);
    return last_moment_->at;
  }
  if (text(field).empty()) return std::nullopt;
  if (needed)
    error(field, "must be a date such as 2024-09-01T00:00:00Z");
  else
    note(Repair::period_unreadable, field);
  return std::nullopt;
}

std::string FieldReader::currency(const Field& field) {
  std::string currency(text(field));
  if (config::is_currency(currency)) return currency;
  std::string capitals = currency;
  std::transform(capitals.begin(), capitals.end(), capitals.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (config::is_currency(capitals)) {
    note(Repair::currency_case, field);
    return capitals;
  }
  error(field, "must be three capital letters such as USD");
  return {};
}

}  // namespace hedgerow::intake
