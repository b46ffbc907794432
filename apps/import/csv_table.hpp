#pragma once
// A small CSV file whose header names columns that are known beforehand.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "apps/import/field_reader.hpp"

namespace hedgerow::intake {

/// Column of a table and whether nothing can be read without it.
struct TableColumn {
  std::string_view name;
  bool needed = false;
};

/// Reads records one at a time; their fields are asked for by the position of their column in `columns`.
class CsvTable {
 public:
  /// Reads the header. A column that is needed and missing is an error; other columns of the file are left
  /// alone, and counted where `extra_is_odd`. `columns` must outlive the table.
  CsvTable(const std::string& name, ByteSource bytes, std::span<const TableColumn> columns,
           Findings& findings, Repairs& repairs, bool extra_is_odd);

  /// The next record that is as long as the header; those that are not are errors. False at the end.
  bool next();
  /// Empty where the file lacks the column.
  Field field(std::size_t column) const;
  bool has(std::size_t column) const { return index_[column] != absent; }
  /// Where the record begins.
  Place place() const { return record_.place(); }

 private:
  static constexpr std::size_t absent = ~std::size_t{0};
  void read_header(Repairs& repairs, bool extra_is_odd);

  CsvReader csv_;
  CsvRecord record_;
  std::span<const TableColumn> columns_;
  Findings& findings_;
  std::vector<std::size_t> index_;
  std::size_t size_ = 0;
};

}  // namespace hedgerow::intake
