#pragma once
// Fields of CSV records as values, what can be mended being mended and counted.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "apps/import/amount.hpp"
#include "apps/import/csv_reader.hpp"
#include "apps/import/moment.hpp"
#include "apps/import/repairs.hpp"

namespace hedgerow::intake {

/// One field of one record, and what it is called.
struct Field {
  std::string_view name, text;
  Place place;
};

/// Turns fields into values. What cannot be mended becomes an error; the value is then empty.
class FieldReader {
 public:
  FieldReader(Findings& findings, Repairs& repairs) : findings_(findings), repairs_(repairs) {}

  /// Without blanks around; empty for no value, also where NULL is written out.
  std::string_view text(const Field& field);
  /// The same of at most `longest` bytes, an error beyond.
  std::string_view name(const Field& field, std::size_t longest);
  /// Nothing where the field is empty or is no amount; the second is an error.
  std::optional<Amount> amount(const Field& field);
  /// Nothing where the field is empty or is no point in time; the second is an error if `needed` and left
  /// out, counted, otherwise.
  std::optional<Moment> moment(const Field& field, bool needed);
  /// Three capital letters; small ones are mended. Empty where it is none: an error.
  std::string currency(const Field& field);

  /// Counts a value that is missing although it is demanded.
  void missing(const Field& field) {
    repairs_.note(Repair::value_missing, findings_, field.place, field.name, "");
  }
  void error(const Field& field, std::string_view allowed);

 private:
  void note(Repair kind, const Field& field) {
    repairs_.note(kind, findings_, field.place, field.name, field.text);
  }

  Findings& findings_;
  Repairs& repairs_;
  std::string last_moment_text_;  // dates repeat from row to row
  std::optional<ReadMoment> last_moment_;
};

}  // namespace hedgerow::intake
