// How a strategy and each provider get on: regimes, severance, exits, renewals, and the corridor of shares.

#include "apps/tables/families.hpp"

namespace hedgerow::tables {
namespace {

/// Calls `add` with the names of a strategy and a provider, and what the strategy says of it.
template <class Add>
void for_each_provider(const Strategies& strategies, Add add) {
  for (const auto& [strategy, of] : strategies)
    for (const auto& [provider, at] : of["providers"].members()) add(strategy, provider, at);
}

Table providers(const Strategies& strategies) {
  Sheet sheet(
      "providers",
      "strategy provider severed_by_horizon:real severed_by_horizon_se:real loss_given_severance:real "
      "loss_given_severance_se:real loss_otherwise:real loss_otherwise_se:real");
  for_each_provider(strategies,
                    [&](const std::string& strategy, const std::string& provider, const Node& of) {
                      const Node severed = of["severed_by_horizon"], given = of["loss_given_severance"];
                      const Node otherwise = of["loss_otherwise"];
                      sheet.add({strategy, provider, severed["value"], severed["se"], given["value"],
                                 given["se"], otherwise["value"], otherwise["se"]});
                    });
  return std::move(sheet).take();
}

Table regimes(const Strategies& strategies) {
  Sheet sheet("regimes", "strategy provider year:integer regime probability:real se:real");
  for_each_provider(strategies,
                    [&](const std::string& strategy, const std::string& provider, const Node& of) {
                      for (const Node& at : of["regime_by_year"].list())
                        for (const auto& [regime, p] : at["probability"].members())
                          sheet.add({strategy, provider, at["year"], regime, p["value"], p["se"]});
                    });
  return std::move(sheet).take();
}

Table regime_years(const Strategies& strategies) {
  Sheet sheet("regime_years", "strategy provider regime years:real se:real");
  for_each_provider(strategies,
                    [&](const std::string& strategy, const std::string& provider, const Node& of) {
                      for (const auto& [regime, years] : of["years_in_regime"].members())
                        sheet.add({strategy, provider, regime, years["value"], years["se"]});
                    });
  return std::move(sheet).take();
}

Table exits(const Strategies& strategies) {
  Sheet sheet("exits",
              "strategy provider market completed:real completed_se:real months:real months_se:real");
  for_each_provider(strategies,
                    [&](const std::string& strategy, const std::string& provider, const Node& of) {
                      for (const char* market : {"normal", "scarce"}) {
                        const Node at = of["exit_time_months"][market];
                        sheet.add({strategy, provider, market, at["completed"]["value"],
                                   at["completed"]["se"], at["months"]["value"], at["months"]["se"]});
                      }
                    });
  return std::move(sheet).take();
}

Table renewals(const Strategies& strategies) {
  Sheet sheet(
      "renewals",
      "strategy provider month:integer statistic level:real value:real se:real lower:real upper:real");
  for_each_provider(
      strategies, [&](const std::string& strategy, const std::string& provider, const Node& of) {
        for (const Node& at : of["leverage"]["renewals"].list()) {
          for (const char* statistic : {"probability", "list_price", "price", "leverage", "no_deal"})
            sheet.add({strategy, provider, at["month"], statistic, none, at[statistic]["value"],
                       at[statistic]["se"], none, none});
          for (const auto& [list, statistic] : {std::pair("price_percentiles", "price_percentile"),
                                                std::pair("leverage_percentiles", "leverage_percentile")})
            for (const Node& p : at[list].list())
              sheet.add({strategy, provider, at["month"], statistic, p["level"], p["value"], none,
                         p["ci"].end(0), p["ci"].end(1)});
        }
      });
  return std::move(sheet).take();
}

Table severed_providers(const Strategies& strategies) {
  Sheet sheet("severed_providers", "strategy severed:integer probability:real se:real");
  for (const auto& [name, of] : strategies)
    for (const Node& at : of["severed_providers"].list())
      sheet.add({name, at["count"], at["probability"]["value"], at["probability"]["se"]});
  return std::move(sheet).take();
}

Table corridors(const Strategies& strategies) {
  Sheet sheet("corridors",
              "strategy provider notice_months:real from_share:real to_share:real fails_below fails_above "
              "binding");
  for_each_provider(strategies,
                    [&](const std::string& strategy, const std::string& provider, const Node& of) {
                      const Node corridor = of.optional("corridor");
                      if (corridor.is_null()) return;
                      const Node chosen = corridor["corridor"];
                      sheet.add({strategy, provider, corridor["notice_months"], chosen["from"], chosen["to"],
                                 chosen["fails_below"], chosen["fails_above"], corridor["binding"]});
                    });
  return std::move(sheet).take();
}

Table corridor_intervals(const Strategies& strategies) {
  Sheet sheet("corridor_intervals",
              "strategy provider position:integer from_share:real to_share:real fails_below fails_above");
  for_each_provider(strategies, [&](const std::string& strategy, const std::string& provider,
                                    const Node& of) {
    std::size_t position = 0;
    for (const Node& at : of.optional("corridor")["intervals"].list())
      sheet.add({strategy, provider, position++, at["from"], at["to"], at["fails_below"], at["fails_above"]});
  });
  return std::move(sheet).take();
}

Table corridor_points(const Strategies& strategies) {
  Sheet sheet(
      "corridor_points",
      "strategy provider point share:real discount:real leverage:real unserved_hours:real "
      "unserved_hours_se:real exit_months:integer passes_benefit:integer passes_unserved_hours:integer "
      "passes_exit_time:integer");
  for_each_provider(strategies,
                    [&](const std::string& strategy, const std::string& provider, const Node& of) {
                      for (const char* point : {"today", "closest"}) {
                        const Node at = of.optional("corridor")[point];
                        if (at.is_null()) continue;
                        const Node passes = at["passes"], hours = at["unserved_hours"];
                        sheet.add({strategy, provider, point, at["share"], at["discount"], at["leverage"],
                                   hours["value"], hours["se"], at["exit_months"], passes["benefit"],
                                   passes["unserved_hours"], passes["exit_time"]});
                      }
                    });
  return std::move(sheet).take();
}

}  // namespace

std::vector<Table> tables_of_relations(const Strategies& strategies) {
  return {providers(strategies),      regimes(strategies),
          regime_years(strategies),   exits(strategies),
          renewals(strategies),       severed_providers(strategies),
          corridors(strategies),      corridor_intervals(strategies),
          corridor_points(strategies)};
}

}  // namespace hedgerow::tables
