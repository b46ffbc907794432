// A bill as JSON, format hedgerow-focus/1.

#include <nlohmann/json.hpp>

#include <cmath>

#include "apps/import/focus_report.hpp"
#include "apps/import/focus_view.hpp"
#include "apps/import/words.hpp"

namespace hedgerow::intake {
namespace {

using Json = nlohmann::ordered_json;

Json costs_of(const Costs& costs) {
  return {{"billed", costs.billed.exact()},
          {"effective", costs.effective.exact()},
          {"list", costs.list.exact()},
          {"usage_effective", costs.usage_effective.exact()},
          {"usage_list", costs.usage_list.exact()},
          {"rows", costs.rows}};
}

Json lines_of(const std::vector<SpendLine>& lines) {
  Json all = Json::array();
  for (const SpendLine& line : lines) {
    Json entry{{"name", line.name}};
    entry.update(costs_of(line.costs));
    all.push_back(std::move(entry));
  }
  return all;
}

Json currency_of(const Bill& bill, const std::string& currency) {
  const std::vector<SpendLine> providers = spend_by(bill, currency, SpendBy::provider);
  Json json{{"total", costs_of(total(bill, currency))},
            {"providers", lines_of(providers)},
            {"regions", lines_of(spend_by(bill, currency, SpendBy::region))},
            {"categories", lines_of(spend_by(bill, currency, SpendBy::category))},
            {"workloads", lines_of(spend_by(bill, currency, SpendBy::workload))},
            {"months", lines_of(spend_by(bill, currency, SpendBy::month))}};
  if (bill.has_hosts) json["hosts"] = lines_of(spend_by(bill, currency, SpendBy::host));
  const auto concentration = concentration_of(providers);
  json["herfindahl"] = concentration ? Json(concentration->herfindahl) : Json();
  json["effective_providers"] = concentration ? Json(concentration->effective_number) : Json();
  return json;
}

Json groups_of(const Bill& bill) {
  Json all = Json::array();
  for (const SpendGroup& group : bill.groups) {
    const SpendKey& key = group.key;
    Json entry{{"currency", key.currency},      {"provider", key.provider}, {"host", key.host},
               {"region", key.region},          {"category", key.category}, {"workload", key.workload},
               {"month", month_name(key.month)}};
    entry.update(costs_of(group.costs));
    all.push_back(std::move(entry));
  }
  return all;
}

Json commitments_of(const Bill& bill) {
  Json all = Json::array();
  for (const CommitmentUse& use : bill.commitments) {
    const std::optional<double> part = utilisation(use);
    all.push_back({{"id", use.id},
                   {"provider", use.provider},
                   {"currency", use.currency},
                   {"name", use.name},
                   {"category", use.category},
                   {"type", use.type},
                   {"purchased", use.purchased.exact()},
                   {"used", use.used.exact()},
                   {"unused", use.unused.exact()},
                   {"utilisation", part ? Json(*part) : Json()},
                   {"rows", use.rows}});
  }
  return all;
}

Json contracts_of(const Bill& bill) {
  const Period period = covered(bill);
  Json all = Json::array();
  for (const ContractUse& use : bill.contracts)
    all.push_back({{"id", use.id},
                   {"contract", use.contract},
                   {"provider", use.provider},
                   {"currency", use.currency},
                   {"type", use.type},
                   {"category", use.category},
                   {"start", use.start ? Json(day_name(*use.start)) : Json()},
                   {"end", use.end ? Json(day_name(*use.end)) : Json()},
                   {"committed", use.committed ? Json(use.committed->exact()) : Json()},
                   {"part_of_period", use.committed ? Json(part_within(use, period)) : Json()},
                   {"applied", use.applied.exact()}});
  return all;
}

}  // namespace

Json as_json(const Bill& bill) {
  const Period period = covered(bill);
  Json json{{"format", "hedgerow-focus/1"},
            {"file", bill.file},
            {"focus_version", bill.version},
            {"rows", bill.rows},
            {"period",
             {{"start", day_name(period.start)}, {"end", day_name(period.end)}, {"hours", period.hours()}}},
            {"workloads_from", bill.workloads_from},
            {"currencies", Json::object()}};
  for (const std::string& currency : bill.currencies())
    json["currencies"][currency] = currency_of(bill, currency);
  json["groups"] = groups_of(bill);
  json["commitments"] = commitments_of(bill);
  json["contracts"] = contracts_of(bill);
  json["as_it_was"] = {{"negative_rows", bill.negative_rows},
                       {"rows_without_region", bill.rows_without_region},
                       {"folded_rows", bill.folded_rows},
                       {"stray_quotes", bill.stray_quotes}};
  json["repairs"] = repairs_as_json(bill.repairs);
  return json;
}

}  // namespace hedgerow::intake
