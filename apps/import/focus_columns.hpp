#pragma once
// Columns of a FOCUS export: which of those that matter here are there, and what version that makes it.
// FOCUS is the FinOps Open Cost and Usage Specification, https://focus.finops.org, versions 1.0 to 1.3.

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "apps/import/csv_reader.hpp"
#include "apps/import/repairs.hpp"

namespace hedgerow::intake {

/// Columns that are read.
enum class FocusColumn {
  billed_cost,
  effective_cost,
  list_cost,
  billing_currency,
  billing_period_start,
  charge_period_start,
  charge_period_end,
  charge_category,
  charge_class,
  provider_name,
  service_provider_name,
  host_provider_name,
  region_id,
  region_name,
  service_category,
  commitment_id,
  commitment_name,
  commitment_category,
  commitment_type,
  commitment_status,
  contract_applied,
};
inline constexpr std::size_t focus_column_count = 21;

/// The name that FOCUS gives the column.
std::string_view name_of(FocusColumn column);

/// Where each column stands in the records of one file.
class FocusColumns {
 public:
  /// Reads the header. `workload`: a column of any name that says which workload a row belongs to; empty:
  /// ServiceCategory. Throws BadData where a column is missing or twice that nothing can stand in for:
  /// BilledCost, EffectiveCost, BillingCurrency, BillingPeriodStart, a provider.
  FocusColumns(const CsvRecord& header, const std::string& workload, Findings& findings, Repairs& repairs);

  bool has(FocusColumn column) const { return index(column) != absent; }
  /// The field of a record that is as long as the header; empty where the column is absent.
  std::string_view field(const CsvRecord& record, FocusColumn column) const {
    return has(column) ? record[index(column)] : std::string_view();
  }
  /// Where the field begins; the record where the column is absent.
  Place place(const CsvRecord& record, FocusColumn column) const {
    return has(column) ? record.place(index(column)) : record.place();
  }
  std::optional<std::size_t> workload() const { return workload_; }
  std::size_t size() const { return size_; }
  /// ServiceProviderName (1.3) where it is there, else ProviderName.
  FocusColumn provider() const;
  /// The earliest version of FOCUS that has every column of the file that any version has: "1.0" to "1.3".
  const std::string& version() const { return version_; }

 private:
  static constexpr std::size_t absent = ~std::size_t{0};
  std::size_t index(FocusColumn column) const { return index_[static_cast<std::size_t>(column)]; }
  void read(const CsvRecord& header, Findings& findings, Repairs& repairs);
  void require(const CsvRecord& header, Findings& findings, Repairs& repairs) const;

  std::array<std::size_t, focus_column_count> index_;
  std::optional<std::size_t> workload_;
  std::size_t size_;
  std::string version_ = "1.0";
};

}  // namespace hedgerow::intake
