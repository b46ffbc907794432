#include "apps/import/focus_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "apps/config/spelling.hpp"

namespace hedgerow::intake {
namespace {

/// In the order of FocusColumn.
constexpr std::array<std::string_view, focus_column_count> focus_names{"BilledCost",
                                                                       "EffectiveCost",
                                                                       "ListCost",
                                                                       "BillingCurrency",
                                                                       "BillingPeriodStart",
                                                                       "ChargePeriodStart",
                                                                       "ChargePeriodEnd",
                                                                       "ChargeCategory",
                                                                       "ChargeClass",
                                                                       "ProviderName",
                                                                       "ServiceProviderName",
                                                                       "HostProviderName",
                                                                       "RegionId",
                                                                       "RegionName",
                                                                       "ServiceCategory",
                                                                       "CommitmentDiscountId",
                                                                       "CommitmentDiscountName",
                                                                       "CommitmentDiscountCategory",
                                                                       "CommitmentDiscountType",
                                                                       "CommitmentDiscountStatus",
                                                                       "ContractApplied"};

struct Known {
  std::string_view name, since;
};

/// Every column of FOCUS 1.0 to 1.3 and the version that has it first (specification, CC BY 4.0).
constexpr auto focus_known = std::to_array<Known>({
    {"AvailabilityZone", "1.0"},
    {"BilledCost", "1.0"},
    {"BillingAccountId", "1.0"},
    {"BillingAccountName", "1.0"},
    {"BillingCurrency", "1.0"},
    {"BillingPeriodEnd", "1.0"},
    {"BillingPeriodStart", "1.0"},
    {"ChargeCategory", "1.0"},
    {"ChargeClass", "1.0"},
    {"ChargeDescription", "1.0"},
    {"ChargeFrequency", "1.0"},
    {"ChargePeriodEnd", "1.0"},
    {"ChargePeriodStart", "1.0"},
    {"CommitmentDiscountCategory", "1.0"},
    {"CommitmentDiscountId", "1.0"},
    {"CommitmentDiscountName", "1.0"},
    {"CommitmentDiscountStatus", "1.0"},
    {"CommitmentDiscountType", "1.0"},
    {"ConsumedQuantity", "1.0"},
    {"ConsumedUnit", "1.0"},
    {"ContractedCost", "1.0"},
    {"ContractedUnitPrice", "1.0"},
    {"EffectiveCost", "1.0"},
    {"InvoiceIssuerName", "1.0"},
    {"ListCost", "1.0"},
    {"ListUnitPrice", "1.0"},
    {"PricingCategory", "1.0"},
    {"PricingQuantity", "1.0"},
    {"PricingUnit", "1.0"},
    {"ProviderName", "1.0"},
    {"PublisherName", "1.0"},
    {"RegionId", "1.0"},
    {"RegionName", "1.0"},
    {"ResourceId", "1.0"},
    {"ResourceName", "1.0"},
    {"ResourceType", "1.0"},
    {"ServiceCategory", "1.0"},
    {"ServiceName", "1.0"},
    {"SkuId", "1.0"},
    {"SkuPriceId", "1.0"},
    {"SubAccountId", "1.0"},
    {"SubAccountName", "1.0"},
    {"Tags", "1.0"},
    {"CapacityReservationId", "1.1"},
    {"CapacityReservationStatus", "1.1"},
    {"CommitmentDiscountQuantity", "1.1"},
    {"CommitmentDiscountUnit", "1.1"},
    {"ServiceSubcategory", "1.1"},
    {"SkuMeter", "1.1"},
    {"SkuPriceDetails", "1.1"},
    {"BillingAccountType", "1.2"},
    {"InvoiceId", "1.2"},
    {"PricingCurrency", "1.2"},
    {"PricingCurrencyContractedUnitPrice", "1.2"},
    {"PricingCurrencyEffectiveCost", "1.2"},
    {"PricingCurrencyListUnitPrice", "1.2"},
    {"SubAccountType", "1.2"},
    {"AllocatedMethodDetails", "1.3"},
    {"AllocatedMethodId", "1.3"},
    {"AllocatedResourceId", "1.3"},
    {"AllocatedResourceName", "1.3"},
    {"AllocatedTags", "1.3"},
    {"ContractApplied", "1.3"},
    {"HostProviderName", "1.3"},
    {"ServiceProviderName", "1.3"},
});

bool equal_but_for_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

const Known* find_known(std::string_view name) {
  const auto found = std::find_if(focus_known.begin(), focus_known.end(),
                                  [name](const Known& k) { return equal_but_for_case(k.name, name); });
  return found == focus_known.end() ? nullptr : &*found;
}

/// Of the owner of the export, as FOCUS allows.
bool is_custom(std::string_view name) { return name.starts_with("x_") || name.starts_with("X_"); }

std::size_t position_of(std::string_view name) {
  return static_cast<std::size_t>(std::find(focus_names.begin(), focus_names.end(), name) -
                                  focus_names.begin());
}

}  // namespace

std::string_view name_of(FocusColumn column) { return focus_names.at(static_cast<std::size_t>(column)); }

FocusColumns::FocusColumns(const CsvRecord& header, const std::string& workload, Findings& findings,
                           Repairs& repairs)
    : size_(header.size()) {
  index_.fill(absent);
  read(header, findings, repairs);
  require(header, findings, repairs);
  for (std::size_t i = 0; i < size_ && !workload.empty() && !workload_; ++i)
    if (header[i] == workload) workload_ = i;
  if (!workload.empty() && !workload_) {
    std::vector<std::string_view> all;
    for (std::size_t i = 0; i < size_; ++i) all.push_back(header[i]);
    findings.error(header.place(),
                   fmt::format("there is no column {} to take workloads from", in_quotes(workload)),
                   config::suggestion(workload, all));
  }
  findings.throw_if_any();
}

void FocusColumns::read(const CsvRecord& header, Findings& findings, Repairs& repairs) {
  for (std::size_t i = 0; i < size_; ++i) {
    const Known* const column = find_known(header[i]);
    if (column == nullptr) {
      if (!is_custom(header[i]))
        repairs.note(Repair::column_unknown, findings, header.place(i), "the column", header[i]);
      continue;
    }
    if (column->name != header[i])
      repairs.note(Repair::column_case, findings, header.place(i), "the column", header[i]);
    version_ = std::max(version_, std::string(column->since));
    const std::size_t position = position_of(column->name);
    if (position == focus_names.size()) continue;
    if (index_[position] != absent)
      findings.error(header.place(i), fmt::format("the column {} is there twice", column->name));
    index_[position] = i;
  }
}

void FocusColumns::require(const CsvRecord& header, Findings& findings, Repairs& repairs) const {
  const auto missing = [&](FocusColumn column, const char* hint = "") {
    if (!has(column))
      findings.error(header.place(),
                     fmt::format("the column {} is missing (FOCUS demands it)", name_of(column)), hint);
  };
  missing(FocusColumn::billed_cost, "is this a FOCUS export? The first record must name its columns");
  missing(FocusColumn::effective_cost);
  missing(FocusColumn::billing_currency);
  missing(FocusColumn::billing_period_start);
  if (!has(FocusColumn::service_provider_name)) missing(FocusColumn::provider_name);
  for (const FocusColumn column :
       {FocusColumn::list_cost, FocusColumn::charge_period_start, FocusColumn::charge_period_end,
        FocusColumn::charge_category, FocusColumn::service_category})
    if (!has(column)) repairs.note(Repair::column_missing, findings, header.place(), name_of(column), "");
}

FocusColumn FocusColumns::provider() const {
  return has(FocusColumn::service_provider_name) ? FocusColumn::service_provider_name
                                                 : FocusColumn::provider_name;
}

}  // namespace hedgerow::intake
