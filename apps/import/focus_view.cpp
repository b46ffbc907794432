#include "apps/import/focus_view.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace hedgerow::intake {
namespace {

std::string name_on(SpendBy side, const SpendKey& key) {
  switch (side) {
    case SpendBy::provider:
      return shown_name(key.provider, "provider");
    case SpendBy::host:
      return shown_name(key.host, "host");
    case SpendBy::region:
      return shown_name(key.provider, "provider") + " " + shown_name(key.region, "region");
    case SpendBy::category:
      return shown_name(key.category, "category");
    case SpendBy::workload:
      return shown_name(key.workload, "workload");
    case SpendBy::month:
      return month_name(key.month);
  }
  return {};
}

}  // namespace

std::string shown_name(std::string_view name, std::string_view what) {
  return name.empty() ? "(no " + std::string(what) + ")" : std::string(name);
}

std::vector<SpendLine> spend_by(const Bill& bill, std::string_view currency, SpendBy side) {
  std::map<std::string, Costs> sums;
  for (const SpendGroup& group : bill.groups)
    if (group.key.currency == currency) sums[name_on(side, group.key)] += group.costs;
  std::vector<SpendLine> lines;
  for (auto& [name, costs] : sums) lines.push_back({name, costs});
  if (side != SpendBy::month)
    std::stable_sort(lines.begin(), lines.end(), [](const SpendLine& a, const SpendLine& b) {
      return std::tie(a.costs.effective, a.costs.billed) > std::tie(b.costs.effective, b.costs.billed);
    });
  return lines;
}

Costs total(const Bill& bill, std::string_view currency) {
  Costs sum;
  for (const SpendGroup& group : bill.groups)
    if (group.key.currency == currency) sum += group.costs;
  return sum;
}

std::optional<measure::Concentration> concentration_of(const std::vector<SpendLine>& lines) {
  std::vector<double> amounts;
  for (const SpendLine& line : lines) amounts.push_back(line.costs.effective.value());
  return measure::concentration(amounts);
}

std::optional<double> utilisation(const CommitmentUse& use) {
  const double used = use.used.value(), all = used + use.unused.value();
  if (!(all > 0.0)) return std::nullopt;
  return std::clamp(used / all, 0.0, 1.0);
}

double part_within(const ContractUse& use, const Period& period) {
  if (!use.start || !use.end) return 0.0;
  const Period common{std::max(*use.start, period.start), std::min(*use.end, period.end)};
  return common.end <= common.start ? 0.0 : common.hours() / Period{*use.start, *use.end}.hours();
}

Period covered(const Bill& bill) {
  if (bill.usage) return *bill.usage;
  const auto by_month = [](const SpendGroup& a, const SpendGroup& b) { return a.key.month < b.key.month; };
  const auto [first, last] = std::minmax_element(bill.groups.begin(), bill.groups.end(), by_month);
  return {month_start(first->key.month), month_start(last->key.month + 1)};
}

}  // namespace hedgerow::intake
