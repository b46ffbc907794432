// What each strategy costs: measures, years, the whole distribution, and curves as Open Results Data.

#include "apps/tables/families.hpp"

namespace hedgerow::tables {
namespace {

Table strategies_table(const Strategies& strategies) {
  Sheet sheet("strategies",
              "strategy position:integer plan_total_cost:real hedge_premium:real hedge_premium_se:real "
              "stranded:real stranded_se:real paths_replayed:integer mean_paths:integer");
  for (const auto& [name, of] : strategies)
    sheet.add({name, sheet.size(), of["plan"]["total_cost"], of["hedge_premium"]["mean"]["value"],
               of["hedge_premium"]["mean"]["se"], of["stranded"]["value"], of["stranded"]["se"],
               of["attribution"]["paths_replayed"], of["attribution"]["mean_paths"]});
  return std::move(sheet).take();
}

Table measures(const Strategies& strategies) {
  Sheet sheet("measures", "strategy measure statistic level:real value:real se:real lower:real upper:real");
  for (const auto& [name, of] : strategies)
    for (const auto& [measure, at] : of["measures"].members()) {
      sheet.add({name, measure, "mean", none, at["mean"]["value"], at["mean"]["se"], none, none});
      sheet.add({name, measure, "sd", none, at["sd"], none, none, none});
      for (const Node& p : at["percentiles"].list())
        sheet.add(
            {name, measure, "percentile", p["level"], p["value"], none, p["ci"].end(0), p["ci"].end(1)});
      for (const Node& tail : at["expected_shortfall"].list())
        sheet.add({name, measure, "expected_shortfall", tail["level"], tail["value"], tail["se"],
                   tail["ci"].end(0), tail["ci"].end(1)});
    }
  return std::move(sheet).take();
}

Table years(const Strategies& strategies) {
  Sheet sheet("years",
              "strategy measure year:integer statistic level:real value:real se:real lower:real upper:real");
  for (const auto& [name, of] : strategies)
    for (const auto& [measure, summary] : of["measures"].members())
      for (const Node& at : summary["years"].list()) {
        sheet.add(
            {name, measure, at["year"], "mean", none, at["mean"]["value"], at["mean"]["se"], none, none});
        for (const Node& p : at.optional("percentiles").list())
          sheet.add({name, measure, at["year"], "percentile", p["level"], p["value"], none, p["ci"].end(0),
                     p["ci"].end(1)});
      }
  return std::move(sheet).take();
}

Table quantiles(const Strategies& strategies) {
  Sheet sheet("quantiles", "strategy measure level:real value:real lower:real upper:real");
  for (const auto& [name, of] : strategies)
    for (const Node& p : of["distribution"]["quantiles"].list())
      sheet.add(
          {name, of["distribution"]["measure"], p["level"], p["value"], p["ci"].end(0), p["ci"].end(1)});
  return std::move(sheet).take();
}

/// Bins from left to right; the first has no lower end and the last no upper one.
Table histogram(const Strategies& strategies) {
  Sheet sheet("histogram", "strategy measure bin:integer lower:real upper:real count:integer");
  for (const auto& [name, of] : strategies) {
    const Node measure = of["distribution"]["measure"], bins = of["distribution"]["histogram"];
    const double first = bins["first"].real(), width = bins["width"].real();
    const std::vector<Node> counts = bins["counts"].list();
    const auto edge = [&](std::size_t i) { return first + static_cast<double>(i) * width; };
    sheet.add({name, measure, std::size_t{0}, none, first, bins["below"]});
    for (std::size_t i = 0; i < counts.size(); ++i)
      sheet.add({name, measure, i + 1, edge(i), edge(i + 1), counts[i]});
    sheet.add({name, measure, counts.size() + 1, edge(counts.size()), none, bins["above"]});
  }
  return std::move(sheet).take();
}

/// The curves of a strategy, or of one year of it: the node that holds `aep` and `oep`.
struct Curves {
  const std::string& strategy;
  Node year, all, of;
};

/// In the order of their SummaryId, which counts from 1.
std::vector<Curves> summaries(const Strategies& strategies) {
  std::vector<Curves> all;
  for (const auto& [name, of] : strategies) {
    const Node curves = of["curves"];
    all.push_back({name, curves.optional("year"), curves, curves});
    for (const Node& at : curves["by_year"].list()) all.push_back({name, at["year"], curves, at});
  }
  return all;
}

Table curve_summaries(const Strategies& strategies) {
  Sheet sheet("curve_summaries", "SummaryId:integer strategy year:integer measure basis");
  for (const Curves& c : summaries(strategies))
    sheet.add({sheet.size() + 1, c.strategy, c.year, c.all["measure"], c.all["basis"]});
  return std::move(sheet).take();
}

/// Every sample counts alike and none is averaged first: what Open Results Data calls full uncertainty.
constexpr const char* method = "FULL_UNCERTAINTY";

Table curves(const Strategies& strategies) {
  Sheet sheet("curves",
              "SummaryId:integer EPMethod EPType ReturnPeriod:real Loss:real Lower:real Upper:real");
  std::size_t id = 0;
  for (const Curves& c : summaries(strategies)) {
    ++id;
    for (const auto& [key, type] : {std::pair("aep", "AEP"), std::pair("oep", "OEP")})
      for (const Node& point : c.of[key].list())
        sheet.add({id, method, type, point["return_period"], point["value"], point["ci"].end(0),
                   point["ci"].end(1)});
  }
  return std::move(sheet).take();
}

Table parameter_uncertainty(const Strategies& strategies) {
  Sheet sheet("parameter_uncertainty",
              "strategy statistic output value:real se:real groups:integer paths_by_group:integer");
  for (const auto& [name, of] : strategies) {
    const Node split = of.optional("parameter_uncertainty");
    if (split.is_null()) continue;
    sheet.add({name, "variance_share", "total_cost", split["variance_share"]["value"],
               split["variance_share"]["se"], split["groups"], split["paths_by_group"]});
    for (const Node& open : split["numbers"].list())
      sheet.add({name, "sd", open["output"], open["sd"], none, none, none});
  }
  return std::move(sheet).take();
}

Table diagnostics(const Strategies& strategies) {
  Sheet sheet("diagnostics", "strategy code message");
  for (const auto& [name, of] : strategies)
    for (const Node& at : of["diagnostics"].list()) sheet.add({name, at["code"], at["message"]});
  return std::move(sheet).take();
}

}  // namespace

std::vector<Table> tables_of_costs(const Strategies& strategies) {
  return {strategies_table(strategies), measures(strategies),    years(strategies),
          quantiles(strategies),        histogram(strategies),   curves(strategies),
          curve_summaries(strategies),  diagnostics(strategies), parameter_uncertainty(strategies)};
}

}  // namespace hedgerow::tables
