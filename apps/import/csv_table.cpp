#include "apps/import/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace hedgerow::intake {

CsvTable::CsvTable(const std::string& name, ByteSource bytes, std::span<const TableColumn> columns,
                   Findings& findings, Repairs& repairs, bool extra_is_odd)
    : csv_(name, std::move(bytes)), columns_(columns), findings_(findings), index_(columns.size(), absent) {
  if (!csv_.next(record_)) refuse(name, {0, 0}, "the file is empty (its first record must name the columns)");
  read_header(repairs, extra_is_odd);
}

void CsvTable::read_header(Repairs& repairs, bool extra_is_odd) {
  size_ = record_.size();
  for (std::size_t i = 0; i < size_; ++i) {
    const auto found = std::find_if(columns_.begin(), columns_.end(),
                                    [&](const TableColumn& column) { return column.name == record_[i]; });
    if (found == columns_.end()) {
      if (extra_is_odd)
        repairs.note(Repair::column_unknown, findings_, record_.place(i), "the column", record_[i]);
      continue;
    }
    std::size_t& index = index_[static_cast<std::size_t>(found - columns_.begin())];
    if (index != absent)
      findings_.error(record_.place(i), fmt::format("the column {} is there twice", found->name));
    index = i;
  }
  for (std::size_t c = 0; c < columns_.size(); ++c)
    if (columns_[c].needed && index_[c] == absent)
      findings_.error(record_.place(), fmt::format("the column {} is missing", columns_[c].name));
}

bool CsvTable::next() {
  while (csv_.next(record_)) {
    if (record_.size() == size_) return true;
    findings_.error(record_.place(),
                    fmt::format("the record has {} fields (the header names {})", record_.size(), size_),
                    "is a quote missing?");
  }
  return false;
}

Field CsvTable::field(std::size_t column) const {
  if (!has(column)) return {columns_[column].name, {}, record_.place()};
  return {columns_[column].name, record_[index_[column]], record_.place(index_[column])};
}

}  // namespace hedgerow::intake
