#pragma once
// The tables by what they are about; together they are tables_of(). Each function throws BadResults.

#include "apps/tables/sheet.hpp"

namespace hedgerow::tables {

/// The strategies by name, or the entries of `comparisons`.
using Strategies = std::vector<std::pair<std::string, Node>>;
using Comparisons = std::vector<Node>;

std::vector<Table> tables_of_run(const Node& root);                ///< runs, inputs, limits, market
std::vector<Table> tables_of_costs(const Strategies& strategies);  ///< what a strategy costs, and how often
std::vector<Table> tables_of_risks(const Strategies& strategies);  ///< what the costs are owed to
std::vector<Table> tables_of_relations(const Strategies& strategies);  ///< strategy and provider
std::vector<Table> tables_of_futures(const Strategies& strategies);    ///< stories and single points
std::vector<Table> tables_of_comparisons(const Comparisons& comparisons);

}  // namespace hedgerow::tables
