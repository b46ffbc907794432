#pragma once
// What a billing export in the FOCUS format says in sum: spend by provider, region, service category and
// month, and what became of commitments.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "apps/import/amount.hpp"
#include "apps/import/byte_source.hpp"
#include "apps/import/moment.hpp"
#include "apps/import/repairs.hpp"

namespace hedgerow::intake {

/// Sums of rows, exact.
struct Costs {
  Amount billed;           ///< BilledCost: what invoices ask for (cash)
  Amount effective;        ///< EffectiveCost: the same with what was paid ahead spread over its use
  Amount list;             ///< ListCost
  Amount usage_effective;  ///< EffectiveCost of usage, without commitments that went unused
  Amount usage_list;       ///< ListCost of the same rows
  std::uint64_t rows = 0;

  Costs& operator+=(const Costs& other);
};

/// What rows have in common. Empty where the export says nothing.
struct SpendKey {
  std::string currency;
  std::string provider;  ///< with whom the contract is
  std::string host;      ///< HostProviderName (1.3): on whose infrastructure it runs
  std::string region;    ///< RegionId, or RegionName where that is empty
  std::string category;  ///< ServiceCategory
  std::string workload;  ///< the category, unless another column was named
  int month = 0;         ///< of the billing period, a month_number()

  friend auto operator<=>(const SpendKey&, const SpendKey&) = default;
};

struct SpendGroup {
  SpendKey key;
  Costs costs;
};

/// One commitment discount: a reservation, a savings plan, committed use.
struct CommitmentUse {
  std::string id, provider, currency, name, category, type;
  Amount purchased;  ///< BilledCost of its purchases
  Amount used;       ///< EffectiveCost of usage that it covered
  Amount unused;     ///< EffectiveCost of what nobody used
  std::uint64_t rows = 0;
};

/// A commitment in a contract, from ContractApplied and from the contract commitment dataset of FOCUS 1.3.
struct ContractUse {
  std::string id, contract, provider, currency, type, category;
  std::optional<Amount> committed;   ///< for its whole period; nothing: the dataset was not given
  std::optional<Moment> start, end;  ///< of its period
  Amount applied;                    ///< what the rows of the bill count towards it
};

struct Period {
  Moment start, end;
  double hours() const;
};

struct Bill {
  std::string file;
  std::string version;         ///< of FOCUS, "1.0" to "1.3"
  std::string workloads_from;  ///< the column that workloads are taken from
  bool has_list_cost = false, has_hosts = false;
  std::uint64_t rows = 0;
  std::uint64_t negative_rows = 0;  ///< a cost below 0: credits, refunds, corrections; summed as they stand
  std::uint64_t rows_without_region = 0;
  std::uint64_t folded_rows = 0;  ///< of so many kinds that their region, category and workload were joined
  std::uint64_t stray_quotes = 0;
  std::optional<Period> usage;             ///< from the first charge for usage to the last
  std::vector<SpendGroup> groups;          ///< sorted
  std::vector<CommitmentUse> commitments;  ///< sorted by id
  std::vector<ContractUse> contracts;      ///< sorted by id
  std::vector<RepairCount> repairs;

  /// In alphabetical order.
  std::vector<std::string> currencies() const;
};

struct FocusOptions {
  std::string workloads;              ///< a column of the export; empty: ServiceCategory
  bool strict = false;                ///< refuse what would have to be mended
  std::size_t most_groups = 100'000;  ///< kinds of rows that are kept apart
  std::size_t most_commitments = 100'000;
};

/// Longest name of a provider, region, service category or workload, and longest id of a commitment [byte].
inline constexpr std::size_t longest_focus_name = 256;
inline constexpr std::size_t longest_focus_id = 1024;

/// Reads an export to its end, in memory that grows with the number of kinds of rows and not with the rows.
/// `name`: of the file, for messages. Throws BadData where a row cannot be used, with the first of them.
Bill read_focus(const std::string& name, ByteSource bytes, const FocusOptions& options = {});

/// Adds what the contract commitment dataset of FOCUS 1.3 says. Throws BadData as read_focus() does.
void add_contracts(Bill& bill, const std::string& name, ByteSource bytes, bool strict);

}  // namespace hedgerow::intake
