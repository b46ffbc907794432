#include "apps/import/dora_skeleton.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "apps/import/dora_plan.hpp"
#include "apps/import/skeleton.hpp"
#include "apps/import/words.hpp"
#include "engine/base/quantity.hpp"

namespace hedgerow::intake {
namespace {

class DoraSkeleton {
 public:
  DoraSkeleton(const Register& from, const DoraConcentration& found,
               const std::map<std::string, double>& rates)
      : from_(from),
        found_(found),
        rates_(rates),
        source_(source_name(from.name) + (from.date ? ", " + day_name(*from.date) : "")),
        plan_(plan_of(from)) {}

  std::string run() {
    write_head();
    write_providers();
    write_dependencies();
    write_workloads();
    write_strategy();
    return out_.text();
  }

 private:
  void write_head() {
    out_.note(0, fmt::format("Written by `hedgerow import dora` from {}.", source_));
    write_legend(out_, "the register");
    out_.note(0, fmt::format("One unit is what 1 {} an hour buys, so every price is 1. A workload is what a "
                             "function has at one",
                             from_.currency));
    out_.note(0,
              "provider: it stops when that provider does, whatever its other providers do. The cost of a "
              "provider is");
    out_.note(
        0, "split evenly over the functions that lean on it, which is assumed: a register does not say it.");
    if (plan_.only_critical) out_.note(0, "Only critical or important functions are here.");
    out_.line(0, "hedgerow: 1");
    out_.line(0, "title: " + yaml_text("What the register " + source_name(from_.name) + " says"));
    out_.line(0, "currency: " + from_.currency);
    if (from_.date)
      out_.line(0, fmt::format("horizon: {{start: {}, years: 5}}", month_name(month_number(*from_.date) + 1)),
                "assumed: five years");
    else
      out_.line(0, fmt::format("horizon: {{start: {}, years: 5}}", gap), "2026-01; assumed: five years");
    out_.line(0, "simulation: {paths: 100k, seed: 1}");
    out_.blank();
  }

  void write_providers() {
    std::set<std::string> taken{"own", "industry"};
    for (const auto& [id, provider] : plan_.providers) taken.insert(provider.name);
    ConfigNames group_names(std::move(taken));
    std::map<std::string, std::string> names;
    for (const auto& [parent, size] : plan_.group_sizes)
      if (size > 1) names[parent] = group_names.make("group " + from_.provider_name(parent), "group");
    out_.line(0, "providers:");
    for (const auto& [id, provider] : plan_.providers) {
      const std::string parent = from_.group_of(id);
      out_.line(1, provider.name + ":",
                fmt::format("{}, {}; ultimate parent {}", from_.provider_name(id), id, parent));
      out_.line(2, fmt::format("list_price: {{value: {}}}",
                               sourced("1 " + from_.currency + "/unit-hour", "by definition of the unit")));
      if (const auto group = names.find(parent); group != names.end()) {
        const std::string why = fmt::format("one ultimate parent, {}", parent);
        out_.line(2, "price_group: " + group->second, why);
        out_.line(2, "regime_group: " + group->second, why);
        out_.line(2, "frailty_group: " + group->second, why);
      }
      if (plan_.providers.size() > 1)
        out_.line(2, fmt::format("provisioning: {{normal: {}}}", gap),
                  "units/yr that it would take over from others; 0: nothing");
      out_.line(2, "divergence: {}", "assumed: how often a vendor turns rival or leaves");
      out_.line(2, "regions:", "by country of provision");
      for (const auto& [country, region] : provider.regions) write_region(out_, region, "");
    }
    out_.blank();
  }

  /// Locations that go down with a subcontractor: those of the providers that it works for, and its own.
  std::map<std::string, std::set<std::string>> dependencies() const {
    std::map<std::string, std::set<std::string>> all;
    for (const Subcontracting& chain : found_.chains) {
      std::set<std::string> locations;
      for (const auto& [id, provider] : plan_.providers)
        for (const DoraReliance* r : provider.reliances)
          if (id != chain.link.provider && r->arrangement == chain.link.arrangement)
            locations.insert(plan_.location(*r));
      if (locations.empty()) continue;
      if (const auto own = plan_.providers.find(chain.link.provider); own != plan_.providers.end())
        for (const DoraReliance* r : own->second.reliances) locations.insert(plan_.location(*r));
      all[chain.link.provider].insert(locations.begin(), locations.end());
    }
    return all;
  }

  void write_dependencies() {
    const auto all = dependencies();
    if (all.empty()) return;
    out_.note(0,
              "Subcontractors (B_05.02): their outages take down whom they work for. What only their own "
              "customers");
    out_.note(0, "feel belongs to the regions above.");
    out_.line(0, "shared_dependencies:");
    ConfigNames names;
    for (const auto& [id, locations] : all) {
      std::vector<std::string> impact;
      for (const std::string& location : locations) impact.push_back(location + ": 100%");
      out_.line(1, names.make("at " + from_.provider_name(id), "subcontractor") + ":",
                from_.provider_name(id));
      out_.line(2, fmt::format("outages: {}", gap));
      out_.line(2, fmt::format("impact: {{{}}}", fmt::join(impact, ", ")), "assumed: all of it");
    }
    out_.blank();
  }

  /// Yearly cost of a provider in the base currency.
  std::optional<double> cost_of(const std::string& provider) const {
    const auto found = from_.providers.find(provider);
    if (found == from_.providers.end() || !found->second.cost) return std::nullopt;
    if (found->second.currency == from_.currency) return found->second.cost->value();
    const auto rate = rates_.find(found->second.currency);
    return rate == rates_.end() ? std::nullopt : std::optional(rate->second * found->second.cost->value());
  }

  void write_workloads() {
    out_.line(0, "workloads:");
    for (const DoraWorkload& workload : plan_.workloads) {
      const DoraReliance& first = *workload.reliances.front();
      const auto function = from_.functions.find(first.function);
      out_.line(
          1, workload.name + ":",
          fmt::format("{} on {}", from_.function_name(first.function), from_.provider_name(first.provider)));
      const std::optional<double> cost = cost_of(first.provider);
      const double part = static_cast<double>(workload.reliances.size()) /
                          static_cast<double>(plan_.providers.at(first.provider).all_reliances);
      if (cost && *cost > 0.0)
        out_.line(2, "demand: " + sourced(*cost * part / hours_per_year, most_demand, " units",
                                          fmt::format("{}: B_05.01, cost of a year, {:.3g} % of it", source_,
                                                      100.0 * part)));
      else
        out_.line(2, fmt::format("demand: {}", gap), "units; its cost is not told in " + from_.currency);
      std::string why = fmt::format("{}/h: what an hour without it costs; {}", from_.currency,
                                    words_of(dora::reliance(), first.reliance));
      if (function != from_.functions.end())
        why += fmt::format("; impact {}", words_of(dora::impact(), function->second.impact));
      out_.line(2, fmt::format("revenue_at_risk: {}", gap), why);
    }
    out_.blank();
  }

  void write_strategy() {
    out_.note(0, "What you have today. Add a strategy beside it to compare: the first is the reference.");
    out_.line(0, "strategies:");
    out_.line(1, "as-registered:");
    for (const DoraWorkload& workload : plan_.workloads) write_choice(workload);
    out_.line(2, "contracts:");
    for (const auto& [id, provider] : plan_.providers) write_contract(id, provider);
  }

  void write_choice(const DoraWorkload& workload) {
    const auto function = from_.functions.find(workload.reliances.front()->function);
    const bool has_objective = function != from_.functions.end() && function->second.recovery_time;
    out_.line(2, workload.name + ":");
    out_.line(3, "failover: none",
              has_objective ? fmt::format("the objective is {:g} h; {{policy: warm, recovery_time: {:g}h, "
                                          "headroom: 20%}} if that has been tested",
                                          *function->second.recovery_time, *function->second.recovery_time)
                            : "assumed: what is down waits");
    std::map<std::string, double> weights;
    for (const DoraReliance* r : workload.reliances) weights[plan_.location(*r)] += 1.0;
    std::vector<double> amounts;
    for (const auto& [place, weight] : weights) amounts.push_back(weight);
    const std::vector<std::string> shares = percentages(amounts);
    std::vector<std::string> placed;
    std::size_t i = 0;
    for (const auto& [place, weight] : weights)
      if (const std::string& share = shares[i++]; !share.empty())
        placed.push_back(fmt::format("{}: {}", place, share));
    out_.line(3, fmt::format("placement: {{{}}}", fmt::join(placed, ", ")),
              weights.size() > 1 ? "assumed: evenly over its countries" : "");
  }

  void write_contract(const std::string& id, const DirectProvider& provider) {
    std::optional<double> notice;
    std::optional<Moment> start, end;
    std::set<std::string> arrangements;
    for (const DoraReliance* r : provider.reliances) {
      arrangements.insert(r->arrangement);
      if (r->provider_notice && (!notice || *r->provider_notice < *notice)) notice = r->provider_notice;
      if (r->start && (!start || *r->start < *start)) start = r->start;
      if (r->end && (!end || *r->end < *end)) end = r->end;
    }
    out_.line(3, provider.name + ":", fmt::format("{}", fmt::join(arrangements, ", ")));
    for (const DoraAssessment& a : from_.assessments)
      if (a.provider == id && arrangements.contains(a.arrangement))
        out_.note(4, fmt::format("{}: to replace: {}; back in house: {}; exit plan: {}; alternatives: {}",
                                 a.arrangement, words_of(dora::substitutability(), a.substitutability),
                                 words_of(dora::reintegration(), a.reintegration),
                                 words_of(dora::answers(), a.exit_plan),
                                 a.alternative.empty() ? words_of(dora::answers(), a.alternatives)
                                                       : std::string_view(a.alternative)));
    write_term(start, end);
    if (notice)
      out_.line(4, "notice: " + sourced(*notice, most_notice, "d",
                                        source_ + ": B_02.02, notice of the provider, the shortest"));
    else
      out_.line(4, fmt::format("notice: {}", gap), "6mo: from the day they end it to the cut-off");
  }

  void write_term(const std::optional<Moment>& start, const std::optional<Moment>& end) {
    if (!start || !end || *end <= *start || months_between(*start, *end) > most_term) {
      out_.line(4, "mode: float", "assumed; its end is open");
      return;
    }
    const double months = months_between(*start, *end);
    const std::string source =
        fmt::format("{}: B_02.02, {} to {}", source_, day_name(*start), day_name(*end));
    out_.line(4, fmt::format("mode: {}", gap), "fixed, cap or float: the register does not tell it");
    out_.line(4, "term: " + sourced(fmt::format("{}mo", std::max(std::lround(months), 1L)), source));
    out_.line(4,
              "start: " + (from_.date ? contract_start(month_number(*start), month_number(*from_.date) + 1)
                                      : month_name(month_number(*start))),
              "the same");
  }

  static double months_between(Moment start, Moment end) {
    return static_cast<double>((end - start).count()) / 3600.0 / hours_per_month;
  }

  const Register& from_;
  const DoraConcentration& found_;
  const std::map<std::string, double>& rates_;
  std::string source_;
  DoraPlan plan_;
  SkeletonWriter out_;
};

}  // namespace

std::string dora_skeleton(const Register& from, const DoraConcentration& found,
                          const std::map<std::string, double>& rates) {
  if (from.reliances.empty())
    refuse(from.name, {0, 0}, "no function leans on a provider (B_02.02 has no records)");
  if (from.currency.size() != 3)
    refuse(from.name, {0, 0}, "no base currency is told", "baseCurrency in parameters.csv, as iso4217:EUR");
  return DoraSkeleton(from, found, rates).run();
}

}  // namespace hedgerow::intake
