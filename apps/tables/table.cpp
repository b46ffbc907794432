#include "apps/tables/table.hpp"

#include <algorithm>
#include <iterator>

#include "apps/tables/families.hpp"
#include "engine/base/check.hpp"

namespace hedgerow::tables {

std::vector<Table> tables_of(const nlohmann::ordered_json& results) {
  const Node root(results);
  const Strategies strategies = root["strategies"].members();
  std::vector<Table> all = tables_of_run(root);
  for (auto family :
       {tables_of_costs(strategies), tables_of_risks(strategies), tables_of_relations(strategies),
        tables_of_futures(strategies), tables_of_comparisons(root["comparisons"].list())})
    std::move(family.begin(), family.end(), std::back_inserter(all));
  return all;
}

const Table& table_named(const std::vector<Table>& tables, std::string_view name) {
  const auto found =
      std::find_if(tables.begin(), tables.end(), [&](const Table& table) { return table.name == name; });
  HEDGEROW_EXPECT(found != tables.end());
  return *found;
}

}  // namespace hedgerow::tables
