#pragma once
// What had to be mended while data were read: counted, the first case of each kind with its place.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "apps/import/findings.hpp"

namespace hedgerow::intake {

/// What real files do although the format does not allow it.
enum class Repair {
  null_as_text,         ///< NULL, null, NaN, \N where a field should be empty
  date_iso_like,        ///< 2024-09-01 00:00:00 for 2024-09-01T00:00:00Z
  date_month_day_year,  ///< 9/1/24
  money_as_written,     ///< "$10,100.00 "
  blanks_around,        ///< blanks around a text or a code
  column_case,          ///< SkuPriceid for SkuPriceId
  column_unknown,       ///< a column that neither the format knows nor x_ marks as its owner's
  column_missing,       ///< a column that the format demands and nothing here needs
  currency_case,        ///< usd for USD
  value_missing,        ///< a value that the format demands is empty; what stands in for it is told
  period_unreadable,    ///< a period that is not needed and cannot be read is left out
  code_unprefixed,      ///< x960 for eba_ZZ:x960
  reference_dangling,   ///< a reference to what is nowhere described
};
inline constexpr std::size_t repair_kinds = 13;

/// Name for programs, such as `null_as_text`.
std::string_view name_of(Repair kind);
/// What was done, for people.
std::string_view words_for(Repair kind);

/// One kind that occurred.
struct RepairCount {
  Repair kind;
  std::uint64_t count;
  std::string file;     ///< of the first one
  Place place;          ///< of the first one
  std::string example;  ///< what the first one said
};

/// Counts repairs, or refuses each of them.
class Repairs {
 public:
  /// `strict`: nothing is mended; each case becomes an error of the file at hand.
  explicit Repairs(bool strict) : strict_(strict) {}

  /// `what`: the field and what it says, such as "BilledCost is `$5.00 `".
  void note(Repair kind, Findings& findings, Place place, std::string_view field, std::string_view said);

  /// The kinds that occurred, in the order of Repair.
  std::vector<RepairCount> counted() const;
  std::uint64_t total() const;

 private:
  struct Entry {
    std::uint64_t count = 0;
    std::string file;
    Place place;
    std::string example;
  };
  bool strict_;
  std::array<Entry, repair_kinds> entries_;
};

/// A text of any length in quotes, cut for a message.
std::string in_quotes(std::string_view text);

/// Whether a text says that there is no value: NULL, null, None, NaN, \N.
bool is_null_as_text(std::string_view text);

}  // namespace hedgerow::intake
