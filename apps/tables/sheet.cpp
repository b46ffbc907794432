#include "apps/tables/sheet.hpp"

#include "engine/base/check.hpp"

namespace hedgerow::tables {
namespace {

Column column(std::string_view written) {
  const std::size_t colon = written.find(':');
  if (colon == std::string_view::npos) return {written, Type::text};
  return {written.substr(0, colon), written.substr(colon + 1) == "real" ? Type::real : Type::integer};
}

}  // namespace

Sheet::Sheet(std::string_view name, std::string_view columns) {
  table_.name = name;
  for (std::size_t at = 0; at < columns.size();) {
    const std::size_t end = std::min(columns.find(' ', at), columns.size());
    table_.columns.push_back(column(columns.substr(at, end - at)));
    at = end + 1;
  }
}

void Sheet::add(std::initializer_list<Item> items) {
  HEDGEROW_EXPECT(items.size() == table_.columns.size());
  Row row;
  row.reserve(items.size());
  for (const Item& item : items) row.push_back(item.cell(table_.columns[row.size()].type));
  table_.rows.push_back(std::move(row));
}

}  // namespace hedgerow::tables
