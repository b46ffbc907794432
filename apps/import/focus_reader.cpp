// Streams a FOCUS export into sums.

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "apps/import/contract_applied.hpp"
#include "apps/import/field_reader.hpp"
#include "apps/import/focus_bill.hpp"
#include "apps/import/focus_columns.hpp"
#include "apps/import/focus_groups.hpp"

namespace hedgerow::intake {
namespace {

constexpr std::size_t most_errors = 1000;  // after so many rows that cannot be used nothing is learnt

/// What the columns of one row say about money.
struct RowCosts {
  Amount billed, effective, list;
};

class FocusReader {
 public:
  FocusReader(const std::string& name, ByteSource bytes, const FocusOptions& options)
      : options_(options),
        csv_(name, std::move(bytes)),
        findings_(name),
        repairs_(options.strict),
        fields_(findings_, repairs_),
        columns_(read_header()),
        groups_(options.most_groups) {}

  Bill run() {
    while (findings_.total() < most_errors && csv_.next(record_)) read_row();
    findings_.throw_if_any();
    if (bill_.rows == 0) refuse(csv_.name(), {0, 0}, "the export has no rows");
    return finish();
  }

 private:
  FocusColumns read_header() {
    if (!csv_.next(record_)) refuse(csv_.name(), {0, 0}, "the file is empty (must be a FOCUS export)");
    return FocusColumns(record_, options_.workloads, findings_, repairs_);
  }

  Field field(FocusColumn column) const {
    return {name_of(column), columns_.field(record_, column), columns_.place(record_, column)};
  }
  std::string_view name(FocusColumn column) { return fields_.name(field(column), longest_focus_name); }

  /// A name that the format demands; what is missing is counted and stays empty.
  std::string_view demanded(FocusColumn column) {
    const std::string_view text = name(column);
    if (text.empty() && columns_.has(column)) fields_.missing(field(column));
    return text;
  }

  void read_row() {
    ++bill_.rows;
    if (record_.size() != columns_.size()) {
      findings_.error(
          record_.place(),
          fmt::format("the record has {} fields (the header names {})", record_.size(), columns_.size()),
          "is a quote missing?");
      return;
    }
    const std::string currency = fields_.currency(field(FocusColumn::billing_currency));
    const SpendPlace place = read_place(currency);
    const RowCosts costs = read_costs();
    if (findings_.total() > 0) return;
    add(place, costs);
  }

  SpendPlace read_place(std::string_view currency) {
    SpendPlace place;
    place.currency = currency;
    place.provider = demanded(columns_.provider());
    place.host = name(FocusColumn::host_provider_name);
    place.region = name(FocusColumn::region_id);
    if (place.region.empty()) place.region = name(FocusColumn::region_name);
    if (place.region.empty()) ++bill_.rows_without_region;
    place.category = demanded(FocusColumn::service_category);
    place.workload = place.category;
    if (const auto column = columns_.workload())
      place.workload =
          fields_.name({options_.workloads, record_[*column], record_.place(*column)}, longest_focus_name);
    place.month = read_month();
    return place;
  }

  int read_month() {
    const std::optional<Moment> start = fields_.moment(field(FocusColumn::billing_period_start), true);
    if (start) return month_number(*start);
    const Field period = field(FocusColumn::billing_period_start);
    if (!period.text.empty() && !is_null_as_text(period.text)) return 0;  // an error already
    const std::optional<Moment> charge = fields_.moment(field(FocusColumn::charge_period_start), true);
    if (charge)
      fields_.missing(period);
    else
      fields_.error(period, "must be a date such as 2024-09-01T00:00:00Z");
    return charge ? month_number(*charge) : 0;
  }

  Amount demanded_amount(FocusColumn column) {
    const std::size_t before = findings_.total();
    const std::optional<Amount> amount = fields_.amount(field(column));
    if (!amount && findings_.total() == before) fields_.error(field(column), "must be an amount");
    return amount.value_or(Amount());
  }

  RowCosts read_costs() {
    RowCosts costs;
    costs.billed = demanded_amount(FocusColumn::billed_cost);
    costs.effective = demanded_amount(FocusColumn::effective_cost);
    const std::optional<Amount> list = fields_.amount(field(FocusColumn::list_cost));
    if (!list && columns_.has(FocusColumn::list_cost)) fields_.missing(field(FocusColumn::list_cost));
    costs.list = list.value_or(costs.effective);
    if (costs.billed.is_negative() || costs.effective.is_negative()) ++bill_.negative_rows;
    for (const Amount amount : {costs.billed, costs.effective, costs.list})
      if (!magnitude_.add(amount.size()))
        refuse(csv_.name(), record_.place(),
               "the costs up to here add up to more than 1.7e20, all of them positive");
    return costs;
  }

  void add(const SpendPlace& place, const RowCosts& row) {
    const std::string_view status = name(FocusColumn::commitment_status);
    const std::string_view charge = name(FocusColumn::charge_category);
    const bool is_usage = !columns_.has(FocusColumn::charge_category) || charge == "Usage";
    Costs* const costs = groups_.find(place);
    if (costs == nullptr)
      refuse(csv_.name(), record_.place(),
             fmt::format("more than {} different currencies, providers and months", options_.most_groups),
             "is this a FOCUS export?");
    costs->billed += row.billed;
    costs->effective += row.effective;
    costs->list += row.list;
    if (is_usage && status != "Unused") {
      costs->usage_effective += row.effective;
      costs->usage_list += row.list;
    }
    ++costs->rows;
    if (is_usage) read_usage_period();
    add_commitment(place, row, charge, status);
    add_contracts(place);
  }

  /// Corrections reach into the past and say nothing about what the export covers.
  void read_usage_period() {
    if (name(FocusColumn::charge_class) == "Correction") return;
    const std::optional<Moment> start = fields_.moment(field(FocusColumn::charge_period_start), false);
    const std::optional<Moment> end = fields_.moment(field(FocusColumn::charge_period_end), false);
    if (!start || !end || *end <= *start) return;
    if (!bill_.usage) bill_.usage = Period{*start, *end};
    bill_.usage->start = std::min(bill_.usage->start, *start);
    bill_.usage->end = std::max(bill_.usage->end, *end);
  }

  /// The commitment of this name; where there are too many, one for all the others of the provider.
  CommitmentUse& commitment(std::string_view id, const SpendPlace& place) {
    if (const auto found = commitments_.find(id); found != commitments_.end()) return found->second;
    const bool is_room = commitments_.size() < options_.most_commitments;
    const std::string kept(is_room ? id : joined_name);
    CommitmentUse& use = commitments_[kept];
    use.id = kept;
    use.currency = place.currency;
    if (!is_room) return use;
    use.provider = place.provider;
    use.name = name(FocusColumn::commitment_name);
    use.category = name(FocusColumn::commitment_category);
    use.type = name(FocusColumn::commitment_type);
    return use;
  }

  void add_commitment(const SpendPlace& place, const RowCosts& row, std::string_view charge,
                      std::string_view status) {
    const std::string_view id = fields_.name(field(FocusColumn::commitment_id), longest_focus_id);
    if (id.empty()) return;
    CommitmentUse& use = commitment(id, place);
    ++use.rows;
    if (charge == "Purchase")
      use.purchased += row.billed;
    else if (status == "Unused")
      use.unused += row.effective;
    else
      use.used += row.effective;
  }

  void add_contracts(const SpendPlace& place) {
    const Field applied = field(FocusColumn::contract_applied);
    const std::string_view text = fields_.text(applied);
    if (text.empty()) return;
    const std::optional<std::vector<AppliedContract>> elements = read_contract_applied(text);
    if (!elements)
      return fields_.error(
          applied, "must be JSON as FOCUS 1.3 has it: {\"Elements\": [{\"ContractCommitmentId\": …}]}");
    for (const AppliedContract& element : *elements) {
      if (!magnitude_.add(element.cost.size()))
        return fields_.error(applied, "costs add up to more than 1.7e20");
      const bool is_known = contracts_.contains(element.commitment);
      const bool is_room = is_known || contracts_.size() < options_.most_commitments;
      ContractUse& use = contracts_[is_room ? element.commitment : std::string(joined_name)];
      use.applied += element.cost;
      if (is_known) continue;
      use.id = is_room ? element.commitment : std::string(joined_name);
      use.contract = element.contract;
      use.provider = place.provider;
      use.currency = place.currency;
    }
  }

  Bill finish() {
    bill_.file = csv_.name();
    bill_.version = columns_.version();
    bill_.workloads_from = options_.workloads.empty() ? "ServiceCategory" : options_.workloads;
    bill_.has_list_cost = columns_.has(FocusColumn::list_cost);
    bill_.has_hosts = columns_.has(FocusColumn::host_provider_name);
    bill_.folded_rows = groups_.folded_rows();
    bill_.stray_quotes = csv_.stray_quotes();
    bill_.groups = groups_.take();
    for (auto& [id, use] : commitments_) bill_.commitments.push_back(std::move(use));
    for (auto& [id, use] : contracts_) bill_.contracts.push_back(std::move(use));
    const auto by_id = [](const auto& a, const auto& b) { return a.id < b.id; };
    std::sort(bill_.commitments.begin(), bill_.commitments.end(), by_id);
    std::sort(bill_.contracts.begin(), bill_.contracts.end(), by_id);
    bill_.repairs = repairs_.counted();
    return std::move(bill_);
  }

  const FocusOptions& options_;
  CsvReader csv_;
  CsvRecord record_;
  Findings findings_;
  Repairs repairs_;
  FieldReader fields_;
  FocusColumns columns_;
  SpendGroups groups_;
  ByText<CommitmentUse> commitments_;
  ByText<ContractUse> contracts_;
  Amount magnitude_;  // of all amounts: no sum of some of them can leave the range
  Bill bill_;
};

}  // namespace

Costs& Costs::operator+=(const Costs& other) {
  billed += other.billed;
  effective += other.effective;
  list += other.list;
  usage_effective += other.usage_effective;
  usage_list += other.usage_list;
  rows += other.rows;
  return *this;
}

double Period::hours() const { return static_cast<double>((end - start).count()) / 3600.0; }

std::vector<std::string> Bill::currencies() const {
  std::vector<std::string> all;
  for (const SpendGroup& group : groups)
    if (all.empty() || all.back() != group.key.currency) all.push_back(group.key.currency);
  return all;
}

Bill read_focus(const std::string& name, ByteSource bytes, const FocusOptions& options) {
  return FocusReader(name, std::move(bytes), options).run();
}

}  // namespace hedgerow::intake
