// Strategies against the reference on the same paths. Every difference is strategy less reference.

#include "apps/tables/families.hpp"

namespace hedgerow::tables {
namespace {

Table comparisons_table(const Comparisons& comparisons) {
  Sheet sheet("comparisons",
              "strategy reference measure mean:real mean_se:real probability_cheaper:real "
              "probability_cheaper_se:real");
  for (const Node& c : comparisons)
    sheet.add({c["strategy"], c["reference"], c["measure"], c["mean"]["value"], c["mean"]["se"],
               c["probability_cheaper"]["value"], c["probability_cheaper"]["se"]});
  return std::move(sheet).take();
}

Table levels(const Comparisons& comparisons) {
  Sheet sheet("comparison_levels", "strategy reference statistic level:real value:real se:real");
  for (const Node& c : comparisons)
    for (const auto& [list, statistic] :
         {std::pair("percentiles", "percentile"), std::pair("expected_shortfall", "expected_shortfall")})
      for (const Node& at : c[list].list())
        sheet.add({c["strategy"], c["reference"], statistic, at["level"], at["value"], at["se"]});
  return std::move(sheet).take();
}

Table hedges(const Comparisons& comparisons) {
  Sheet sheet("hedges", "strategy reference level:real trade efficiency:real efficiency_se:real");
  for (const Node& c : comparisons)
    for (const Node& at : c["hedge"].list())
      sheet.add({c["strategy"], c["reference"], at["level"], at["trade"], at["efficiency"]["value"],
                 at["efficiency"]["se"]});
  return std::move(sheet).take();
}

Table dominance(const Comparisons& comparisons) {
  Sheet sheet("dominance",
              "strategy reference degree:integer holds:integer violation_threshold:real violation_size:real "
              "violation_se:real violation_ratio:real improvement_threshold:real improvement_size:real "
              "improvement_se:real improvement_ratio:real");
  for (const Node& c : comparisons)
    for (const auto& [key, degree] : {std::pair("first_order", 1), std::pair("second_order", 2)}) {
      const Node at = c["dominance"][key], worse = at["violation"], better = at["improvement"];
      sheet.add({c["strategy"], c["reference"], static_cast<std::size_t>(degree), at["holds"],
                 worse["threshold"], worse["size"], worse["se"], worse["ratio"], better["threshold"],
                 better["size"], better["se"], better["ratio"]});
    }
  return std::move(sheet).take();
}

Table renewal_changes(const Comparisons& comparisons) {
  Sheet sheet("comparison_renewals",
              "strategy reference provider month:integer both_renewed:real both_renewed_se:real price:real "
              "price_se:real leverage:real leverage_se:real");
  for (const Node& c : comparisons)
    for (const Node& at : c["renewals"].list())
      sheet.add({c["strategy"], c["reference"], at["provider"], at["month"], at["both_renewed"]["value"],
                 at["both_renewed"]["se"], at["price"]["value"], at["price"]["se"], at["leverage"]["value"],
                 at["leverage"]["se"]});
  return std::move(sheet).take();
}

Table break_evens(const Comparisons& comparisons) {
  Sheet sheet("break_evens",
              "strategy reference provider paths:integer discount:real verdict break_even:real "
              "break_even_se:real gap:real");
  for (const Node& c : comparisons)
    for (const Node& at : c.optional("break_even_discount").list())
      sheet.add({c["strategy"], c["reference"], at["provider"], at["paths"], at["discount"], at["verdict"],
                 at["break_even"]["value"], at["break_even"]["se"], at["gap"]});
  return std::move(sheet).take();
}

Table waterfalls(const Comparisons& comparisons) {
  Sheet sheet("waterfalls",
              "strategy reference paths:integer difference:real difference_se:real rest:real rest_se:real");
  for (const Node& c : comparisons) {
    const Node at = c.optional("waterfall");
    if (!at.is_null())
      sheet.add({c["strategy"], c["reference"], at["paths"], at["difference"]["value"],
                 at["difference"]["se"], at["rest"]["value"], at["rest"]["se"]});
  }
  return std::move(sheet).take();
}

Table waterfall_steps(const Comparisons& comparisons) {
  Sheet sheet("waterfall_steps",
              "strategy reference position:integer feature increment:real increment_se:real shapley:real "
              "shapley_se:real");
  for (const Node& c : comparisons) {
    std::size_t position = 0;
    for (const Node& at : c.optional("waterfall")["steps"].list())
      sheet.add({c["strategy"], c["reference"], position++, at["feature"], at["increment"]["value"],
                 at["increment"]["se"], at["shapley"]["value"], at["shapley"]["se"]});
  }
  return std::move(sheet).take();
}

Table waterfall_kinds(const Comparisons& comparisons) {
  Sheet sheet("waterfall_kinds",
              "strategy reference kind shapley:real shapley_se:real behind:real behind_se:real");
  for (const Node& c : comparisons)
    for (const Node& at : c.optional("waterfall").optional("kinds").list())
      sheet.add({c["strategy"], c["reference"], at["kind"], at["shapley"]["value"], at["shapley"]["se"],
                 at["behind"]["value"], at["behind"]["se"]});
  return std::move(sheet).take();
}

}  // namespace

std::vector<Table> tables_of_comparisons(const Comparisons& comparisons) {
  return {comparisons_table(comparisons), levels(comparisons),          hedges(comparisons),
          dominance(comparisons),         renewal_changes(comparisons), break_evens(comparisons),
          waterfalls(comparisons),        waterfall_steps(comparisons), waterfall_kinds(comparisons)};
}

}  // namespace hedgerow::tables
