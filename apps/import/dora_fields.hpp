#pragma once
// Fields of the register's tables: codes of closed lists, countries, currencies, days.

#include <string>
#include <string_view>

#include "apps/import/csv_table.hpp"
#include "apps/import/dora_register.hpp"

namespace hedgerow::intake {

/// Turns fields of one table of a register into values.
class DoraFields {
 public:
  DoraFields(const CsvTable& table, Findings& findings, Repairs& repairs)
      : table_(table), fields_(findings, repairs), findings_(findings), repairs_(repairs) {}

  /// Empty for no value.
  std::string text(std::size_t column);
  /// An error where it is empty.
  std::string needed(std::size_t column);
  /// Nothing for no value; an unknown code is an error. A code without its prefix is mended.
  Code code(std::size_t column, ClosedList list);
  /// "eba_GA:IE" or "IE" as "IE"; the second is mended.
  std::string country(std::size_t column) { return prefixed(column, "eba_GA:", 2); }
  std::string currency(std::size_t column) { return prefixed(column, "eba_CU:", 3); }
  std::optional<Amount> amount(std::size_t column) { return fields_.amount(table_.field(column)); }
  /// "iso4217:EUR" or "EUR" as "EUR"; all else is an error.
  std::string base_currency(std::size_t column);
  /// A number from 0 on, such as days or hours.
  std::optional<double> number(std::size_t column);
  /// A place in a chain of subcontractors, from 1 on; 1 where there is none.
  int rank(std::size_t column);
  /// Nothing for no date, and for 9999-12-31, which stands for an open end.
  std::optional<Moment> date(std::size_t column);

 private:
  std::string prefixed(std::size_t column, std::string_view prefix, std::size_t letters);

  const CsvTable& table_;
  FieldReader fields_;
  Findings& findings_;
  Repairs& repairs_;
};

}  // namespace hedgerow::intake
