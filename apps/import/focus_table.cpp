// A bill as tables for the terminal.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "apps/config/utf8.hpp"
#include "apps/import/focus_report.hpp"
#include "apps/import/focus_view.hpp"
#include "apps/import/words.hpp"
#include "apps/results/format.hpp"
#include "apps/results/table.hpp"

namespace hedgerow::intake {
namespace {

using config::utf8::printable;
using results::grouped;

constexpr std::size_t most_lines = 12;  // of each part of a table; the rest is joined
constexpr std::size_t most_commitments = 20;

std::vector<std::string> row(const std::string& name, const Costs& costs, const Costs& all) {
  const double whole = all.effective.value();
  const std::optional<double> share =
      whole > 0.0 ? std::optional(costs.effective.value() / whole) : std::nullopt;
  return {"  " + printable(name), money(costs.billed), money(costs.effective), money(costs.list),
          percent(share)};
}

void add_part(results::Table& table, const std::string& heading, const std::vector<SpendLine>& lines,
              const Costs& all) {
  table.heading(heading);
  const std::size_t shown = lines.size() <= most_lines + 1 ? lines.size() : most_lines;
  for (std::size_t i = 0; i < shown; ++i) table.add(row(lines[i].name, lines[i].costs, all));
  if (shown == lines.size()) return;
  Costs rest;
  for (std::size_t i = shown; i < lines.size(); ++i) rest += lines[i].costs;
  table.add(row(fmt::format("{} others", grouped(lines.size() - shown)), rest, all));
}

/// The last months, because they are what is to come.
void add_months(results::Table& table, std::vector<SpendLine> months, const Costs& all) {
  constexpr std::ptrdiff_t most_months = 24;
  const auto count = static_cast<std::ptrdiff_t>(months.size());
  const bool is_cut = count > most_months;
  if (is_cut) months.erase(months.begin(), months.begin() + (count - most_months));
  table.heading(is_cut ? fmt::format("Month of the bill, the last {} of {}", most_months, count)
                       : "Month of the bill");
  for (const SpendLine& month : months) table.add(row(month.name, month.costs, all));
}

std::string spend(const Bill& bill, const std::string& currency, bool colour) {
  const Costs all = total(bill, currency);
  results::Table table({"[" + currency + "]", "billed", "effective", "at list", "of effective"});
  const std::vector<SpendLine> providers = spend_by(bill, currency, SpendBy::provider);
  add_part(table, "Provider", providers, all);
  table.add(row("total", all, all));
  if (bill.has_hosts)
    add_part(table, "Runs on (host provider)", spend_by(bill, currency, SpendBy::host), all);
  add_part(table, "Region", spend_by(bill, currency, SpendBy::region), all);
  add_part(table, "Service category", spend_by(bill, currency, SpendBy::category), all);
  if (bill.workloads_from != "ServiceCategory")
    add_part(table, "Workload, by " + printable(bill.workloads_from),
             spend_by(bill, currency, SpendBy::workload), all);
  add_months(table, spend_by(bill, currency, SpendBy::month), all);
  std::string text = table.render(colour);
  if (const auto concentration = concentration_of(providers))
    text += fmt::format("As if {:.2f} providers of one size (Herfindahl index {:.3f} of effective cost)\n",
                        concentration->effective_number, concentration->herfindahl);
  return text;
}

std::string commitments(const Bill& bill, bool colour) {
  if (bill.commitments.empty()) return "";
  std::vector<CommitmentUse> uses = bill.commitments;
  std::stable_sort(uses.begin(), uses.end(), [](const CommitmentUse& a, const CommitmentUse& b) {
    return a.used.value() + a.unused.value() > b.used.value() + b.unused.value();
  });
  results::Table table(
      {"Commitment discounts", "provider", "type", "bought", "used", "unused", "", "in use"});
  for (std::size_t i = 0; i < std::min(uses.size(), most_commitments); ++i) {
    const CommitmentUse& use = uses[i];
    table.add({"  " + printable(in_quotes(use.name.empty() ? use.id : use.name)), printable(use.provider),
               printable(use.type), money(use.purchased), money(use.used), money(use.unused), use.currency,
               percent(utilisation(use))});
  }
  std::string text = "\n" + table.render(colour);
  if (uses.size() > most_commitments)
    text += fmt::format("  and {} smaller ones (--format json has all)\n",
                        grouped(uses.size() - most_commitments));
  return text;
}

std::string contracts(const Bill& bill, bool colour) {
  if (bill.contracts.empty()) return "";
  const Period period = covered(bill);
  results::Table table(
      {"Commitments in contracts", "provider", "type", "from", "to", "committed", "gone by", "applied", ""});
  for (std::size_t i = 0; i < std::min(bill.contracts.size(), most_commitments); ++i) {
    const ContractUse& use = bill.contracts[i];
    table.add({"  " + printable(in_quotes(use.id)), printable(use.provider), printable(use.type),
               use.start ? day_name(*use.start) : "?", use.end ? day_name(*use.end) : "?",
               use.committed ? money(*use.committed) : "?",
               use.committed ? percent(part_within(use, period)) : "?", money(use.applied), use.currency});
  }
  std::string text = "\n" + table.render(colour);
  if (bill.contracts.size() > most_commitments)
    text += fmt::format("  and {} more (--format json has all)\n",
                        grouped(bill.contracts.size() - most_commitments));
  return text;
}

std::string notes(const Bill& bill) {
  std::string text;
  const auto note = [&text](std::uint64_t count, const char* what) {
    if (count > 0)
      text += fmt::format("{}{} {}\n", text.empty() ? "As it was  " : "           ", grouped(count), what);
  };
  note(bill.negative_rows, "rows with a negative cost (credits, refunds): summed as they stand");
  note(bill.rows_without_region, "rows without a region");
  note(bill.folded_rows,
       "rows of too many kinds: their regions and categories are joined as (others), sums stay right");
  note(bill.stray_quotes, "quotes inside of fields without quotes: taken as they stand");
  return text;
}

}  // namespace

std::string as_table(const Bill& bill, bool colour) {
  std::string text = fmt::format("{}: FOCUS {}, {}, ", printable(bill.file), bill.version,
                                 results::counted(bill.rows, "row", "rows"));
  const Period period = covered(bill);
  text += fmt::format("{} from {} to {}\n", bill.usage ? "usage" : "months", day_name(period.start),
                      day_name(period.end));
  const std::vector<std::string> currencies = bill.currencies();
  if (currencies.size() > 1)
    text += fmt::format("Currencies: {}. They are never added up; --currency picks one for a config.\n",
                        fmt::join(currencies, ", "));
  for (const std::string& currency : currencies) text += "\n" + spend(bill, currency, colour);
  return text + commitments(bill, colour) + contracts(bill, colour) + "\n" + notes(bill) +
         repairs_in_words(bill.repairs);
}

}  // namespace hedgerow::intake
