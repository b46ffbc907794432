// Single paths: the 1-in-100 story of each strategy, and what each failure would do alone.

#include "apps/tables/families.hpp"

namespace hedgerow::tables {
namespace {

Table stories(const Strategies& strategies) {
  Sheet sheet("stories",
              "strategy level:real path:integer plan:real total:real around_paths:integer "
              "around_mean_total:real around_matters_from:real");
  for (const auto& [name, of] : strategies) {
    const Node at = of.optional("story"), around = at["around"];
    if (!at.is_null())
      sheet.add({name, at["level"], at["story"]["path"], at["story"]["plan"], at["story"]["total"],
                 around["paths"], around["mean_total"], around["matters_from"]});
  }
  return std::move(sheet).take();
}

Table events(const Strategies& strategies) {
  Sheet sheet("story_events",
              "strategy position:integer kind from_year:real until_year:real words amount:real count:integer "
              "provider entity workload regime price:real plan_price:real list_price:real capped:integer "
              "hours:real unserved_hours:real units:real plan_units:real share:real");
  for (const auto& [name, of] : strategies) {
    std::size_t position = 0;
    for (const Node& at : of.optional("story")["story"]["events"].list()) {
      const auto maybe = [&](const char* key) { return at.optional(key); };
      sheet.add({name,
                 position++,
                 at["kind"],
                 at["from"],
                 at["until"],
                 at["words"],
                 at["amount"],
                 at["count"],
                 maybe("provider"),
                 maybe("entity"),
                 maybe("workload"),
                 maybe("regime"),
                 maybe("price"),
                 maybe("plan_price"),
                 maybe("list_price"),
                 maybe("capped"),
                 maybe("hours"),
                 maybe("unserved_hours"),
                 maybe("units"),
                 maybe("plan_units"),
                 maybe("share")});
    }
  }
  return std::move(sheet).take();
}

Table around_causes(const Strategies& strategies) {
  Sheet sheet("story_causes", "strategy cause provider fraction:real mean_amount:real");
  for (const auto& [name, of] : strategies)
    for (const Node& at : of.optional("story")["around"]["causes"].list())
      sheet.add({name, at["cause"], at["provider"], at["fraction"], at["mean_amount"]});
  return std::move(sheet).take();
}

Table around_providers(const Strategies& strategies) {
  Sheet sheet("story_providers", "strategy provider rival:real severed:real scarce_signing:real");
  for (const auto& [name, of] : strategies)
    for (const auto& [provider, at] : of.optional("story")["around"]["providers"].members())
      sheet.add({name, provider, at["rival"], at["severed"], at["scarce_signing"]});
  return std::move(sheet).take();
}

Table outages(const Strategies& strategies) {
  Sheet sheet("outages_of_a_day",
              "strategy entity frequency_per_year:real frequency_of_a_day_or_more:real outage:real "
              "reputation:real unserved_share:real");
  for (const auto& [name, of] : strategies)
    for (const Node& at : of.optional("single_points")["outage_of_a_day"].list())
      sheet.add({name, at["entity"], at["frequency_per_year"], at["frequency_of_a_day_or_more"], at["outage"],
                 at["reputation"], at["unserved_share"]});
  return std::move(sheet).take();
}

Table severed(const Strategies& strategies) {
  Sheet sheet("severed_today",
              "strategy provider share:real notice_months:real market unserved_hours:real "
              "capacity_shortage:real migration:real exit_months:integer stranded:integer");
  for (const auto& [name, of] : strategies)
    for (const Node& point : of.optional("single_points")["severed_today"].list())
      for (const char* market : {"normal", "scarce"}) {
        const Node at = point[market];
        if (!at.is_null())
          sheet.add({name, point["provider"], point["share"], point["notice_months"], market,
                     at["unserved_hours"], at["capacity_shortage"], at["migration"], at["exit_months"],
                     at["stranded"]});
      }
  return std::move(sheet).take();
}

}  // namespace

std::vector<Table> tables_of_futures(const Strategies& strategies) {
  return {stories(strategies),          events(strategies),  around_causes(strategies),
          around_providers(strategies), outages(strategies), severed(strategies)};
}

}  // namespace hedgerow::tables
