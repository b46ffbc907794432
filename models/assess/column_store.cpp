#include "models/assess/column_store.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>

namespace hedgerow::models {
namespace {

Rows<double> year_column(std::span<const double> annual, std::size_t years, std::size_t year) {
  Rows<double> column;
  column.reserve(annual.size() / std::max<std::size_t>(years, 1));
  for (std::size_t i = year; i < annual.size(); i += years) column.push_back(annual[i]);
  return column;
}

/// Without the paths on which nothing was agreed.
Rows<double> agreed(std::span<const double> column) {
  Rows<double> values;
  std::copy_if(column.begin(), column.end(), std::back_inserter(values),
               [](double value) { return !std::isnan(value); });
  return values;
}

}  // namespace

std::span<const double> values_of(const PlayedPaths& paths, const ColumnId& id, Rows<double>& room) {
  const Columns& of = paths.columns()[id.strategy.value];
  const Calendar& calendar = paths.calendar();
  switch (id.kind) {
    case ColumnKind::component:
      return of.components[id.index];
    case ColumnKind::annual_cost:
      return room = year_column(of.annual_cost, calendar.years, id.index);
    case ColumnKind::annual_outage:
      return room = year_column(of.annual_outage, calendar.whole_years, id.index);
    case ColumnKind::annual_incident:
      return room = year_column(of.annual_incident, calendar.whole_years, id.index);
    case ColumnKind::all_outages:
      return of.annual_outage;
    case ColumnKind::all_incidents:
      return of.annual_incident;
    case ColumnKind::renewal_price:
      return room = agreed(of.renewals[id.index].price);
    case ColumnKind::renewal_leverage:
      return room = agreed(of.renewals[id.index].leverage);
  }
  throw std::logic_error("no such column");
}

void RenewalDifference::add(const std::vector<Columns>& columns) {
  const RenewalColumns& a = columns[ours.value].renewals[our_date];
  const RenewalColumns& b = columns[theirs.value].renewals[their_date];
  for (std::size_t i = 0; i < a.price.size(); ++i) {
    const bool happened = !std::isnan(a.price[i]) && !std::isnan(b.price[i]);
    both.add(happened);
    if (!happened) continue;
    price.add(a.price[i] - b.price[i]);
    leverage.add(a.leverage[i] - b.leverage[i]);
  }
}

measure::SortedSample LocalColumns::sample(const ColumnId& id) const {
  Rows<double> room;
  return measure::SortedSample(values_of(paths_, id, room));
}

void LocalColumns::add(const ColumnId& id, measure::ExceedanceFrequency& to) const {
  const Columns& of = paths_.columns()[id.strategy.value];
  to.add(id.kind == ColumnKind::all_outages ? of.annual_outage : of.annual_incident,
         paths_.calendar().whole_years);
}

void LocalColumns::add(RenewalDifference& to) const { to.add(paths_.columns()); }

}  // namespace hedgerow::models
