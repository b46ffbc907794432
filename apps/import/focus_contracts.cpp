// The contract commitment dataset of FOCUS 1.3: what was promised, beside what the bill counts towards it.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "apps/import/csv_table.hpp"
#include "apps/import/focus_bill.hpp"

namespace hedgerow::intake {
namespace {

enum ContractColumn : std::size_t { id, type, category, cost, start, end, contract, currency };
constexpr std::array<TableColumn, 8> contract_columns{{{"ContractCommitmentId", true},
                                                       {"ContractCommitmentType"},
                                                       {"ContractCommitmentCategory"},
                                                       {"ContractCommitmentCost", true},
                                                       {"ContractCommitmentPeriodStart", true},
                                                       {"ContractCommitmentPeriodEnd", true},
                                                       {"ContractId"},
                                                       {"BillingCurrency", true}}};
constexpr std::size_t most_contracts = 100'000;

ContractUse& find_or_add(std::vector<ContractUse>& contracts, std::string_view name) {
  const auto at =
      std::lower_bound(contracts.begin(), contracts.end(), name,
                       [](const ContractUse& use, std::string_view wanted) { return use.id < wanted; });
  if (at != contracts.end() && at->id == name) return *at;
  ContractUse fresh;
  fresh.id = name;
  return *contracts.insert(at, std::move(fresh));
}

void read_commitment(const CsvTable& table, FieldReader& fields, Bill& bill) {
  const std::string_view name = fields.name(table.field(id), longest_focus_id);
  if (name.empty()) return fields.error(table.field(id), "must name the commitment");
  const std::string unit = fields.currency(table.field(currency));
  ContractUse& use = find_or_add(bill.contracts, name);
  if (use.committed) return fields.error(table.field(id), "must be there once; an earlier record has it too");
  if (!use.currency.empty() && use.currency != unit)
    return fields.error(table.field(currency), fmt::format("must be {} as in the bill", use.currency));
  use.currency = unit;
  use.contract = fields.name(table.field(contract), longest_focus_id);
  use.type = fields.name(table.field(type), longest_focus_name);
  use.category = fields.name(table.field(category), longest_focus_name);
  use.committed = fields.amount(table.field(cost));
  use.start = fields.moment(table.field(start), true);
  use.end = fields.moment(table.field(end), true);
  if (!use.committed) fields.error(table.field(cost), "must be an amount");
  if (!use.start || !use.end || *use.end <= *use.start)
    fields.error(table.field(end), "must be later than the start of the period");
}

}  // namespace

void add_contracts(Bill& bill, const std::string& name, ByteSource bytes, bool strict) {
  Findings findings(name);
  Repairs repairs(strict);
  CsvTable table(name, std::move(bytes), contract_columns, findings, repairs, false);
  findings.throw_if_any();
  FieldReader fields(findings, repairs);
  while (findings.total() < most_contracts && table.next()) {
    if (bill.contracts.size() >= most_contracts)
      refuse(name, table.place(), fmt::format("more than {} commitments", most_contracts));
    read_commitment(table, fields, bill);
  }
  findings.throw_if_any();
  const std::vector<RepairCount> mended = repairs.counted();
  bill.repairs.insert(bill.repairs.end(), mended.begin(), mended.end());
}

}  // namespace hedgerow::intake
