#pragma once
// The columns that are kept of played paths, by name: one number by path, or some of each path.

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/base/rows.hpp"
#include "models/assess/paths/played_paths.hpp"

namespace hedgerow::models {

enum class ColumnKind : std::uint64_t {
  total_cost,
  component,         ///< index: of the component
  annual_cost,       ///< index: year
  annual_outage,     ///< index: whole year
  annual_incident,   ///< index: whole year
  all_outages,       ///< every whole year of every path, path by path
  all_incidents,     ///< the same
  renewal_price,     ///< index: of the date, without paths on which nothing was agreed
  renewal_leverage,  ///< the same
  parameter_group,   ///< total costs of the paths with the same parameters; index: group (split_groups)
  largest,           ///< the largest values of what is not kept, no path's in particular; index: TailTally's
};

struct ColumnId {
  ColumnKind kind{};
  StrategyId strategy;
  std::size_t index = 0;
  friend bool operator==(const ColumnId&, const ColumnId&) = default;
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.kind, self.strategy, self.index);
  }
};

/// The rows of a column that are here; of one that does not lie in one piece they are put into `room`.
std::span<const double> values_of(const PlayedPaths& paths, const ColumnId& id, Rows<double>& room);

}  // namespace hedgerow::models
