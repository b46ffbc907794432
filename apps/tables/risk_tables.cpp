// What the costs of a strategy are owed to, and on how few it hangs.

#include "apps/tables/families.hpp"

namespace hedgerow::tables {
namespace {

Table contributions(const Strategies& strategies) {
  Sheet sheet("contributions", "strategy component provider statistic level:real value:real se:real");
  for (const auto& [name, of] : strategies)
    for (const Node& part : of["contributions"].list()) {
      const auto add = [&, &strategy = name](const char* statistic, const Item& level, const Item& value,
                                             const Item& se) {
        sheet.add({strategy, part["component"], part["provider"], statistic, level, value, se});
      };
      add("mean", none, part["mean"]["value"], part["mean"]["se"]);
      add("plan", none, part["plan"], none);
      for (const char* statistic : {"tail", "stand_alone"})
        for (const Node& at : part[statistic].list()) add(statistic, at["level"], at["value"], at["se"]);
    }
  return std::move(sheet).take();
}

Table provider_risks(const Strategies& strategies) {
  Sheet sheet("provider_risks", "strategy provider statistic level:real value:real se:real");
  for (const auto& [name, of] : strategies)
    for (const auto& [provider, part] : of["attribution"]["providers"].members()) {
      for (const char* statistic : {"spend", "mean_loss"})
        sheet.add({name, provider, statistic, none, part[statistic]["value"], part[statistic]["se"]});
      for (const char* statistic : {"tail", "stand_alone", "marginal"})
        for (const Node& at : part[statistic].list())
          sheet.add({name, provider, statistic, at["level"], at["value"], at["se"]});
    }
  return std::move(sheet).take();
}

Table causes(const Strategies& strategies) {
  Sheet sheet("causes", "strategy cause provider statistic level:real value:real se:real");
  for (const auto& [name, of] : strategies)
    for (const Node& part : of["attribution"]["causes"].list()) {
      sheet.add(
          {name, part["cause"], part["provider"], "mean", none, part["mean"]["value"], part["mean"]["se"]});
      for (const Node& at : part["tail"].list())
        sheet.add({name, part["cause"], part["provider"], "tail", at["level"], at["value"], at["se"]});
    }
  return std::move(sheet).take();
}

/// What a mean and a tail are parts of: all of one cause, or all of one entity.
Table parts(const Strategies& strategies, const char* table, const char* columns, const char* list,
            const char* key) {
  Sheet sheet(table, columns);
  for (const auto& [name, of] : strategies)
    for (const Node& part : of["attribution"][list].list()) {
      sheet.add({name, part[key], "mean", none, part["mean"]["value"], part["mean"]["se"]});
      for (const Node& at : part["tail"].list())
        sheet.add({name, part[key], "tail", at["level"], at["value"], at["se"]});
    }
  return std::move(sheet).take();
}

Table concentration(const Strategies& strategies) {
  Sheet sheet("concentration", "strategy basis level:real statistic value:real se:real");
  for (const auto& [name, of] : strategies) {
    const auto add = [&, &strategy = name](const char* basis, const Node& level, const Node& at) {
      for (const char* index : {"hhi", "effective_vendors"})
        sheet.add({strategy, basis, level, index, at[index]["value"], at[index]["se"]});
      sheet.add({strategy, basis, level, "entropy_vendors", at["entropy_vendors"], none});
    };
    const Node spend = of["concentration"]["spend"];
    add("spend", spend.optional("level"), spend);
    for (const Node& at : of["concentration"]["risk"].list()) {
      add("risk", at["level"], at);
      sheet.add({name, "risk", at["level"], "diversification_index", at["diversification_index"], none});
      const Node shared = at["shared_share"];
      sheet.add({name, "risk", at["level"], "shared_share", shared["value"], shared["se"]});
    }
  }
  return std::move(sheet).take();
}

}  // namespace

std::vector<Table> tables_of_risks(const Strategies& strategies) {
  return {contributions(strategies),
          provider_risks(strategies),
          causes(strategies),
          parts(strategies, "cause_totals", "strategy cause statistic level:real value:real se:real",
                "by_cause", "cause"),
          parts(strategies, "entities", "strategy entity statistic level:real value:real se:real", "entities",
                "entity"),
          concentration(strategies)};
}

}  // namespace hedgerow::tables
