#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/scenario/correlation.hpp"
#include "models/scenario/problem.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {
namespace {

using Names = std::set<std::string>;
using Path = std::vector<std::string>;

constexpr double sum_tolerance = 1e-9;
constexpr double smallest_variance = 1e-6;  // a gamma law of shape above 1e6 is a constant

template <class Map>
Names keys_of(const Map& map) {
  Names names;
  for (const auto& [name, unused] : map) names.insert(name);
  return names;
}

std::string percent(double share) { return fmt::format("{:.10g} %", 100.0 * share); }

std::string known(const Names& names) {
  return names.empty() ? "none is defined" : fmt::format("known: {}", fmt::join(names, ", "));
}

Path extended(Path path, std::initializer_list<std::string> more) {
  path.insert(path.end(), more);
  return path;
}

/// Collects the problems of one input, part by part.
class Inspector {
 public:
  explicit Inspector(const ScenarioInput& input) : input_(input), providers_(keys_of(input.providers)) {}

  std::vector<Problem> run() {
    require_parts();
    collect_locations();
    check_frailty_names();
    for (const auto& [name, provider] : input_.providers) check_provider(name, provider);
    for (const auto& [name, shared] : input_.shared_dependencies) check_shared(name, shared);
    check_correlation();
    for (const auto& [name, strategy] : input_.strategies) check_strategy(name, strategy);
    return std::move(found_);
  }

 private:
  void report(Path path, std::string message, std::string hint = "") {
    found_.push_back({std::move(path), std::move(message), std::move(hint)});
  }

  void require_parts() {
    if (input_.providers.empty()) report({"providers"}, "no provider is defined (at least one is needed)");
    if (input_.workloads.empty()) report({"workloads"}, "no workload is defined (at least one is needed)");
    if (input_.strategies.empty()) report({"strategies"}, "no strategy is defined (at least one is needed)");
    if (input_.horizon.months < 1) report({"horizon"}, "the horizon is shorter than a month");
    Names strategies;
    for (const auto& [name, unused] : input_.strategies)
      if (!strategies.insert(name).second)
        report({"strategies", name}, fmt::format("strategy {} is defined twice", name));
    if (input_.workloads.contains("contracts"))
      report({"workloads", "contracts"}, "a workload cannot be called contracts",
             "in a strategy, contracts: holds the terms with each provider");
  }

  void collect_locations() {
    for (const auto& [name, provider] : input_.providers)
      for (const auto& [region, unused] : provider.regions)
        if (!locations_.insert(name + "." + region).second)
          report({"providers", name, "regions", region},
                 fmt::format("location {}.{} is defined twice", name, region));
  }

  void check_frailty_names() {
    factors_ = keys_of(input_.frailty);
    for (const auto& [name, factor] : input_.frailty)
      if (factor.variance > 0.0 && factor.variance < smallest_variance)
        report(
            {"frailty", name, "variance"},
            fmt::format("variance {:g} is neither 0 nor at least {:g}", factor.variance, smallest_variance),
            "0 switches the factor off");
    factors_.insert(industry_factor);
    factors_.insert(providers_.begin(), providers_.end());
    if (factors_.contains(own_weight_key))
      report({input_.frailty.contains(own_weight_key) ? "frailty" : "providers", own_weight_key},
             "the name own is reserved", "among frailty weights it stands for the idiosyncratic part");
    if (providers_.contains(industry_factor))
      report({"providers", industry_factor}, "the name industry is reserved",
             "among frailty weights it stands for what moves all providers");
  }

  void check_provider(const std::string& name, const ProviderInput& provider) {
    if (provider.outages) check_process({"providers", name, "outages"}, *provider.outages);
    for (const auto& [region, terms] : provider.regions)
      if (terms.outages) check_process({"providers", name, "regions", region, "outages"}, *terms.outages);
  }

  void check_process(const Path& path, const OutageProcess& process) {
    if (process.rate.value > largest_outage_rate.value)
      report(extended(path, {"rate"}),
             fmt::format("{:g} outages a year (at most {:g})", process.rate.value, largest_outage_rate.value),
             "an outage is an event that a buyer notices");
    if (!process.frailty) return;
    double sum = 0.0;
    for (const auto& [factor, weight] : *process.frailty) {
      sum += weight;
      if (factor != own_weight_key && !factors_.contains(factor))
        report(extended(path, {"frailty", factor}), fmt::format("unknown frailty factor {}", factor),
               known(factors_));
    }
    if (!(std::abs(sum - 1.0) <= sum_tolerance))
      report(extended(path, {"frailty"}),
             fmt::format("frailty weights sum to {:.10g} (must be 1 within 1e-9)", sum),
             "own: is the part that no factor moves");
  }

  void check_shared(const std::string& name, const SharedDependency& shared) {
    check_process({"shared_dependencies", name, "outages"}, shared.outages);
    for (const auto& [location, unused] : shared.impact)
      if (!locations_.contains(location))
        report({"shared_dependencies", name, "impact", location},
               fmt::format("unknown location {}", location), known(locations_));
    if (shared.impact.empty())
      report({"shared_dependencies", name, "impact"},
             fmt::format("shared dependency {} reaches no location", name), known(locations_));
  }

  void check_correlation() {
    const auto& pairs = input_.market.correlation;
    if (pairs.empty()) return;
    const std::size_t before = found_.size();
    std::set<std::pair<std::string, std::string>> given;
    for (const auto& [first, row] : pairs)
      for (const auto& [second, value] : row) check_pair(first, second, given);
    for (auto p = providers_.begin(); p != providers_.end(); ++p)
      for (auto q = std::next(p); q != providers_.end(); ++q)
        if (!given.contains({*p, *q}))
          report({"market", "correlation"}, fmt::format("the correlation of {} and {} is missing", *p, *q),
                 "every pair of providers is needed once; 0 means independent");
    if (found_.size() > before) return;
    if (!cholesky_factor(correlation_matrix(pairs, {providers_.begin(), providers_.end()})))
      report(
          {"market", "correlation"}, "the correlation matrix is not positive definite",
          "no prices can move like this, or some move exactly together: bring the correlations nearer to 0");
  }

  void check_pair(const std::string& first, const std::string& second,
                  std::set<std::pair<std::string, std::string>>& given) {
    const Path path{"market", "correlation", first, second};
    for (const auto& name : {first, second})
      if (!providers_.contains(name))
        report(path, fmt::format("unknown provider {}", name), known(providers_));
    if (first == second)
      report(path, fmt::format("{} is paired with itself", first), "the diagonal is 1");
    else if (!given.insert(std::minmax(first, second)).second)
      report(path, fmt::format("the correlation of {} and {} is given twice", first, second));
  }

  void check_strategy(const std::string& name, const StrategyInput& strategy) {
    const Path path{"strategies", name};
    for (const auto& [workload, unused] : input_.workloads)
      if (!strategy.workloads.contains(workload))
        report(path, fmt::format("strategy {} places no workload {}", name, workload),
               fmt::format("add {}: {{placement: ...}}", workload));
    for (const auto& [workload, choice] : strategy.workloads)
      check_choice(extended(path, {workload}), workload, choice);
    for (const auto& [provider, contract] : strategy.contracts)
      check_contract(extended(path, {"contracts", provider}), provider, contract);
  }

  void check_choice(const Path& path, const std::string& workload, const WorkloadChoice& choice) {
    if (!input_.workloads.contains(workload))
      return report(path, fmt::format("unknown workload {}", workload), known(keys_of(input_.workloads)));
    double sum = 0.0;
    std::string shares;
    for (const auto& [location, share] : choice.placement) {
      sum += share;
      shares += fmt::format("{}{} {}", shares.empty() ? "" : ", ", location, percent(share));
      if (!locations_.contains(location))
        report(extended(path, {"placement", location}), fmt::format("unknown location {}", location),
               known(locations_));
    }
    if (!(std::abs(sum - 1.0) <= sum_tolerance))
      report(extended(path, {"placement"}),
             fmt::format("{} sums to {} (must be 100 % within 1e-9)",
                         fmt::join(extended(path, {"placement"}), "."), percent(sum)),
             sum < 1.0 ? fmt::format("{}: {} is placed nowhere", shares, percent(1.0 - sum))
                       : fmt::format("{}: {} is placed twice", shares, percent(sum - 1.0)));
  }

  void check_contract(const Path& path, const std::string& provider, const Contract& contract) {
    if (!providers_.contains(provider))
      report(path, fmt::format("unknown provider {}", provider), known(providers_));
    if (contract.mode != PriceMode::floating && contract.term_months < 1)
      report(path, "a fixed or capped price needs a term of at least 1 month",
             "add term: 36mo, or use mode: float");
  }

  const ScenarioInput& input_;
  const Names providers_;
  Names locations_, factors_;
  std::vector<Problem> found_;
};

}  // namespace

std::vector<Problem> problems(const ScenarioInput& input) { return Inspector(input).run(); }

}  // namespace hedgerow::models
