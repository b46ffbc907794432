// A register as tables for the terminal.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/config/utf8.hpp"
#include "apps/import/dora_report.hpp"
#include "apps/import/words.hpp"
#include "apps/results/format.hpp"
#include "apps/results/table.hpp"

namespace hedgerow::intake {
namespace {

using config::utf8::printable;
using results::counted;

constexpr std::size_t most_items = 20;  // of each kind; JSON has all

std::string hours(std::optional<double> time) { return time ? fmt::format("{:g} h", *time) : "?"; }

class DoraTableWriter {
 public:
  DoraTableWriter(const Register& from, const DoraConcentration& found) : from_(from), found_(found) {}

  std::string run(bool colour) {
    text_ = fmt::format("{}: {}{}\n", printable(from_.name),
                        from_.entity.empty() ? "no entity" : printable(from_.entity),
                        from_.date ? ", as of " + day_name(*from_.date) : "");
    groups(colour);
    functions(colour);
    article();
    list("Doubts", from_.doubts, [](const std::string& doubt) { return doubt; });
    text_ += "\n" + repairs_in_words(from_.repairs);
    return text_;
  }

 private:
  std::string names(const std::set<std::string>& functions) const {
    std::vector<std::string> all;
    for (const std::string& function : functions) all.push_back(from_.function_name(function));
    return fmt::format("{}", fmt::join(all, ", "));
  }
  std::string provider(const std::string& id) const { return from_.provider_name(id); }

  std::string cost_of(const GroupExposure& group) const {
    std::string text;
    for (const auto& [currency, cost] : group.cost)
      text += fmt::format("{}{} {}", text.empty() ? "" : " + ", money(cost), currency);
    return text.empty() ? "0" : text;
  }

  /// "2 of 3": a group on which all of them hang is a single point.
  std::string of_critical(const std::set<std::string>& functions) const {
    return fmt::format("{} of {}", functions.size(), found_.critical_functions);
  }

  void groups(bool colour) {
    double whole = 0.0;
    for (const GroupExposure& group : found_.groups) whole += group.converted.value_or(0.0);
    results::Table table({"By ultimate parent", "arrangements", "cost of a year", "share",
                          "critical functions", "and through others", "to replace", "exit plan", "first end",
                          "their notice"});
    for (const GroupExposure& g : found_.groups)
      table.add({"  " + printable(g.name), std::to_string(g.arrangements.size()), cost_of(g),
                 !g.converted || whole == 0.0 ? "?" : percent(*g.converted / whole), of_critical(g.critical),
                 of_critical(g.critical_through_others),
                 std::string(words_of(dora::substitutability(), g.substitutability)),
                 std::string(words_of(dora::answers(), g.exit_plan)),
                 g.first_end ? day_name(*g.first_end) : "open",
                 g.provider_notice ? fmt::format("{:g} d", *g.provider_notice) : "?"});
    text_ += "\n" + table.render(colour);
    index("cost", found_.by_cost);
    index("critical functions", found_.by_function);
    if (!found_.currencies_without_rate.empty())
      text_ += fmt::format("Shares leave out {}: give --rate {}=…, what one is worth in {}\n",
                           fmt::join(found_.currencies_without_rate, ", "),
                           *found_.currencies_without_rate.begin(),
                           from_.currency.empty() ? "the base currency" : from_.currency);
  }

  void index(std::string_view of, const std::optional<measure::Concentration>& concentration) {
    if (concentration)
      text_ += fmt::format("As if {:.2f} groups of one size by {} (Herfindahl index {:.3f})\n",
                           concentration->effective_number, of, concentration->herfindahl);
  }

  void functions(bool colour) {
    results::Table table(
        {"Functions", "critical", "recovery time", "recovery point", "if it stops", "leans on"});
    std::size_t told = 0;
    for (const auto& [key, function] : from_.functions) {
      if (++told > most_items) break;
      std::vector<std::string> on;
      for (const DoraReliance& r : from_.reliances)
        if (r.function == key)
          on.push_back(fmt::format("{} ({})", provider(r.provider), words_of(dora::reliance(), r.reliance)));
      table.add({"  " + printable(from_.function_name(key)),
                 std::string(words_of(dora::answers(), function.critical)), hours(function.recovery_time),
                 hours(function.recovery_point), std::string(words_of(dora::impact(), function.impact)),
                 printable(fmt::format("{}", fmt::join(on, "; ")))});
    }
    text_ += "\n" + table.render(colour);
    if (from_.functions.size() > most_items)
      text_ += fmt::format("  and {} more (--format json has all)\n", from_.functions.size() - most_items);
  }

  /// A heading and a line for each item; that there is none is said as well.
  template <class Items, class Tell>
  void list(const std::string& heading, const Items& items, const Tell& tell) {
    text_ += "\n" + heading + "\n";
    if (items.empty()) text_ += "  none\n";
    std::size_t told = 0;
    for (const auto& item : items) {
      if (++told > most_items) {
        text_ += fmt::format("  and {} more (--format json has all)\n", items.size() - most_items);
        return;
      }
      text_ += "  " + printable(tell(item)) + "\n";
    }
  }

  void article() {
    list("Article 29(1)(a): providers of critical or important functions that are not easily substitutable",
         found_.hard_to_replace, [this](const HardToReplace& h) { return hard(h); });
    list("Article 29(1)(b): several arrangements for critical or important functions with one group",
         found_.several, [this](const SeveralArrangements& s) { return several(s); });
    list("Article 29(2): subcontractors of critical or important functions", found_.chains,
         [this](const Subcontracting& s) {
           return fmt::format("{}: {}, rank {}, works for {} ({}); {}", s.link.arrangement,
                              provider(s.link.provider), s.link.rank,
                              s.link.recipient.empty() ? "?" : provider(s.link.recipient),
                              words_of(dora::services(), s.link.service), names(s.functions));
         });
    list("Article 29(2): law, service or data outside of the European Economic Area", found_.third_countries,
         [this](const ThirdCountry& t) {
           return fmt::format("{}: {} by {}, {}", t.arrangement, from_.function_name(t.function),
                              provider(t.provider), fmt::join(t.countries, ", "));
         });
    list("Article 28(8): critical or important functions without an exit plan", found_.without_exit_plan,
         [this](const DoraReliance& r) {
           return fmt::format("{}: {} by {}", r.arrangement, from_.function_name(r.function),
                              provider(r.provider));
         });
  }

  std::string hard(const HardToReplace& h) const {
    const DoraAssessment& a = h.assessment;
    std::string text = fmt::format("{}: {}, {}", a.arrangement, provider(a.provider),
                                   words_of(dora::substitutability(), a.substitutability));
    if (a.reason) text += fmt::format(" ({})", words_of(dora::not_substitutable_reasons(), a.reason));
    text += fmt::format(
        "; back in house: {}; exit plan: {}; alternatives: {}",
        words_of(dora::reintegration(), a.reintegration), words_of(dora::answers(), a.exit_plan),
        a.alternative.empty() ? words_of(dora::answers(), a.alternatives) : std::string_view(a.alternative));
    return text + "; " + names(h.functions);
  }

  std::string several(const SeveralArrangements& s) const {
    std::string text = provider(s.group) + ": ";
    if (!s.arrangements.empty()) text += fmt::format("{} directly", fmt::join(s.arrangements, ", "));
    if (!s.through.empty())
      text +=
          fmt::format("{}{} through others", s.arrangements.empty() ? "" : ", ", fmt::join(s.through, ", "));
    return text + "; " + names(s.functions);
  }

  const Register& from_;
  const DoraConcentration& found_;
  std::string text_;
};

}  // namespace

std::string as_table(const Register& from, const DoraConcentration& found, bool colour) {
  return DoraTableWriter(from, found).run(colour);
}

}  // namespace hedgerow::intake
