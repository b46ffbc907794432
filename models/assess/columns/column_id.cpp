#include "models/assess/columns/column_id.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>

#include "models/assess/parameter_uncertainty.hpp"

namespace hedgerow::models {
namespace {

/// Every `count`-th value, from the one at `first` on.
Rows<double> every(std::span<const double> values, std::size_t count, std::size_t first) {
  Rows<double> column;
  column.reserve(values.size() / std::max<std::size_t>(count, 1) + 1);
  for (std::size_t i = first; i < values.size(); i += count) column.push_back(values[i]);
  return column;
}

/// Without the paths on which nothing was agreed.
Rows<double> agreed(std::span<const double> column) {
  Rows<double> values;
  std::copy_if(column.begin(), column.end(), std::back_inserter(values),
               [](double value) { return !std::isnan(value); });
  return values;
}

Rows<double> rows_of(const std::vector<double>& values) { return {values.begin(), values.end()}; }

}  // namespace

std::span<const double> values_of(const PlayedPaths& paths, const ColumnId& id, Rows<double>& room) {
  const Columns& of = paths.columns()[id.strategy.value];
  const Calendar& calendar = paths.calendar();
  switch (id.kind) {
    case ColumnKind::total_cost:
      return of.total_cost;
    case ColumnKind::component:
      return of.components[id.index];
    case ColumnKind::annual_cost:
      return room = every(of.annual_cost, calendar.years, id.index);
    case ColumnKind::annual_outage:
      return room = every(of.annual_outage, calendar.whole_years, id.index);
    case ColumnKind::annual_incident:
      return room = every(of.annual_incident, calendar.whole_years, id.index);
    case ColumnKind::all_outages:
      return of.annual_outage;
    case ColumnKind::all_incidents:
      return of.annual_incident;
    case ColumnKind::renewal_price:
      return room = agreed(of.renewals[id.index].price);
    case ColumnKind::renewal_leverage:
      return room = agreed(of.renewals[id.index].leverage);
    case ColumnKind::parameter_group:  // paths begin with a block, whose size is a multiple of the groups
      return room = every(of.total_cost, split_groups, id.index);
    case ColumnKind::largest:
      return room = rows_of(paths.tally().tails[id.strategy.value].largest(id.index));
  }
  throw std::logic_error("no such column");
}

}  // namespace hedgerow::models
