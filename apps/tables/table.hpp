#pragma once
// The numbers of a results document as tables, one for each kind of answer: what CSV files, databases and
// spreadsheets are made of (docs/tables.md).

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "apps/results/document.hpp"

namespace hedgerow::tables {

using results::BadResults;

enum class Type { text, integer, real };

struct Column {
  std::string_view name;
  Type type = Type::text;
};

/// What stands in a row: nothing (not known, or does not apply), or a value of the column's type.
/// Truth values are the integers 0 and 1.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double>;
using Row = std::vector<Cell>;

struct Table {
  std::string_view name;
  std::vector<Column> columns;
  std::vector<Row> rows;  ///< as many cells each as there are columns
};

/// Every table, the same ones in the same order for any document; `runs`, the first, has one row. A table of
/// what the document knows nothing about is empty. Throws BadResults.
std::vector<Table> tables_of(const nlohmann::ordered_json& results);

/// The table of that name; `tables` must have it.
const Table& table_named(const std::vector<Table>& tables, std::string_view name);

}  // namespace hedgerow::tables
