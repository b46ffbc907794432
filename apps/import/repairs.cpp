#include "apps/import/repairs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "apps/config/utf8.hpp"

namespace hedgerow::intake {
namespace {

struct Words {
  std::string_view name, done, allowed;
};

/// In the order of Repair.
constexpr std::array<Words, repair_kinds> repair_words{{
    {"null_as_text", "NULL as text taken as no value", "must be empty where there is no value"},
    {"date_iso_like", "dates that are nearly ISO 8601 taken as UTC", "must be as 2024-09-01T00:00:00Z"},
    {"date_month_day_year", "dates taken as month/day/year", "must be as 2024-09-01T00:00:00Z"},
    {"money_as_written", "money as people write it", "must be a number such as 10100.00"},
    {"blanks_around", "blanks cut off around a value", "must have no blanks around it"},
    {"column_case", "columns found in spite of other capitals", "is not how the format writes it"},
    {"column_unknown", "columns that are not of the format left alone", "is no column of the format"},
    {"column_missing", "columns that the format demands and that are not there", "is demanded by the format"},
    {"currency_case", "currencies in small letters", "must be three capital letters such as USD"},
    {"value_missing", "values that are demanded and missing, filled in", "must have a value"},
    {"period_unreadable", "periods that cannot be read left out", "must be a date"},
    {"code_unprefixed", "codes of closed lists without their prefix", "must have its prefix"},
    {"reference_dangling", "references to what is not described", "refers to what is nowhere described"},
}};

const Words& words_of(Repair kind) { return repair_words.at(static_cast<std::size_t>(kind)); }

}  // namespace

std::string_view name_of(Repair kind) { return words_of(kind).name; }
std::string_view words_for(Repair kind) { return words_of(kind).done; }

void Repairs::note(Repair kind, Findings& findings, Place place, std::string_view field,
                   std::string_view said) {
  Entry& entry = entries_.at(static_cast<std::size_t>(kind));
  if (strict_) {
    findings.error(place,
                   said.empty()
                       ? fmt::format("{} {}", field, words_of(kind).allowed)
                       : fmt::format("{} is {} ({})", field, in_quotes(said), words_of(kind).allowed),
                   "without --strict it is mended and counted");
    return;
  }
  if (entry.count++ > 0) return;
  entry.file = findings.file();
  entry.place = place;
  entry.example = said.empty() ? std::string(field) : fmt::format("{} {}", field, in_quotes(said));
}

std::vector<RepairCount> Repairs::counted() const {
  std::vector<RepairCount> all;
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (entries_[i].count > 0)
      all.push_back({static_cast<Repair>(i), entries_[i].count, entries_[i].file, entries_[i].place,
                     entries_[i].example});
  return all;
}

std::uint64_t Repairs::total() const {
  return std::accumulate(entries_.begin(), entries_.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const Entry& entry) { return sum + entry.count; });
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 40;
  return "`" + config::utf8::shortened(text, longest) + "`";
}

bool is_null_as_text(std::string_view text) {
  constexpr std::array<std::string_view, 6> spellings{"NULL", "null", "Null", "None", "NaN", "\\N"};
  return std::find(spellings.begin(), spellings.end(), text) != spellings.end();
}

}  // namespace hedgerow::intake
