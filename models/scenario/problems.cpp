#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/scenario/problem_list.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {
namespace {

constexpr double smallest_exponent = 0.01;  // of a gamma or beta law
constexpr double smallest_variance = 1e-6;  // a gamma law of shape above 1e6 is a constant

/// Collects the problems of the world; those of groups and of strategies stand in files of their own.
class Inspector {
 public:
  explicit Inspector(const ScenarioInput& input) : input_(input) {}

  std::vector<Problem> run() {
    require_parts();
    collect_locations();
    check_frailty();
    for (const auto& [name, provider] : input_.providers) check_provider(name, provider);
    for (const auto& [name, shared] : input_.shared_dependencies) check_shared(name, shared);
    check_groups(input_, found_);
    check_strategies(input_, locations_, found_);
    return found_.take();
  }

 private:
  void require_parts() {
    if (input_.providers.empty())
      found_.report({"providers"}, "no provider is defined (at least one is needed)");
    if (input_.workloads.empty())
      found_.report({"workloads"}, "no workload is defined (at least one is needed)");
    if (input_.strategies.empty())
      found_.report({"strategies"}, "no strategy is defined (at least one is needed)");
    if (input_.horizon.months < 1) found_.report({"horizon"}, "the horizon is shorter than a month");
    Names strategies;
    for (const auto& [name, unused] : input_.strategies)
      if (!strategies.insert(name).second)
        found_.report({"strategies", name}, fmt::format("strategy {} is defined twice", name));
    if (input_.workloads.contains("contracts"))
      found_.report({"workloads", "contracts"}, "a workload cannot be called contracts",
                    "in a strategy, contracts: holds the terms with each provider");
    if (input_.workloads.contains("pooled_headroom"))
      found_.report({"workloads", "pooled_headroom"}, "a workload cannot be called pooled_headroom",
                    "in a strategy, pooled_headroom: says whether workloads share their spare capacity");
  }

  void collect_locations() {
    for (const auto& [name, provider] : input_.providers)
      for (const auto& [region, unused] : provider.regions)
        if (!locations_.emplace(name + "." + region, name).second)
          found_.report({"providers", name, "regions", region},
                        fmt::format("location {}.{} is defined twice", name, region));
  }

  /// The gamma and beta laws of the autoregression need exponents that are not next to 0.
  void check_persistence(const std::string& name, const FrailtyFactor& factor) {
    const double least = smallest_exponent * factor.variance;
    if (factor.persistence == 0.0 || factor.persistence == 1.0 || factor.variance == 0.0) return;
    if (factor.persistence < least || factor.persistence > 1.0 - least)
      found_.report(
          {"frailty", name, "persistence"},
          fmt::format("persistence {:g} is too near an end (with variance {:g} it must be 0, 1, or from "
                      "{:g} to {:g})",
                      factor.persistence, factor.variance, least, 1.0 - least));
  }

  void check_frailty() {
    factors_ = keys_of(input_.frailty);
    for (const auto& [name, factor] : input_.frailty)
      if (factor.variance > 0.0 && factor.variance < smallest_variance)
        found_.report(
            {"frailty", name, "variance"},
            fmt::format("variance {:g} is neither 0 nor at least {:g}", factor.variance, smallest_variance),
            "0 switches the factor off");
    for (const auto& [name, factor] : input_.frailty) check_persistence(name, factor);
    if (factors_.contains(own_weight_key)) report_reserved({"frailty", own_weight_key}, own_weight_key);
    factors_.insert(industry_factor);
    for (const auto& [name, provider] : input_.providers) {
      const std::string& group = group_name(provider.frailty_group, name);
      factors_.insert(group);
      const KeyPath path{"providers", name};
      if (group == own_weight_key || group == industry_factor)
        report_reserved(provider.frailty_group.empty() ? path : extended(path, {"frailty_group"}), group);
    }
  }

  void report_reserved(KeyPath path, const std::string& name) {
    found_.report(std::move(path), fmt::format("the name {} is reserved", name),
                  name == own_weight_key ? "among frailty weights it stands for the idiosyncratic part"
                                         : "among frailty weights it stands for what moves all providers");
  }

  void check_provider(const std::string& name, const ProviderInput& provider) {
    const KeyPath path{"providers", name};
    if (provider.outages) check_process(extended(path, {"outages"}), *provider.outages);
    for (const auto& [region, terms] : provider.regions)
      if (terms.outages) check_process(extended(path, {"regions", region, "outages"}), *terms.outages);
    if (provider.provisioning && provider.provisioning->rate(true) > provider.provisioning->rate(false))
      found_.report(extended(path, {"provisioning", "scarce"}),
                    fmt::format("{} provisions more while capacity is scarce ({:g} units a year) than "
                                "in normal supply ({:g})",
                                name, provider.provisioning->rate(true), provider.provisioning->rate(false)),
                    "did you swap the two?", {extended(path, {"provisioning", "normal"})});
  }

  void check_process(const KeyPath& path, const OutageProcess& process) {
    check_rate(path, process);
    if (!process.frailty) return;
    double sum = 0.0;
    for (const auto& [factor, weight] : *process.frailty) {
      sum += weight;
      if (factor != own_weight_key && !factors_.contains(factor))
        found_.report(extended(path, {"frailty", factor}), fmt::format("unknown frailty factor {}", factor),
                      known(factors_));
    }
    if (!(std::abs(sum - 1.0) <= sum_tolerance))
      found_.report(extended(path, {"frailty"}),
                    fmt::format("frailty weights sum to {:.10g} (must be 1 within 1e-9)", sum),
                    "own: is the part that no factor moves");
  }

  void check_rate(const KeyPath& path, const OutageProcess& process) {
    const double first = process.rate.value;
    const double all = process.clustering ? first / (1.0 - process.clustering->branching.value) : first;
    if (first > largest_outage_rate.value)
      found_.report(extended(path, {"rate"}),
                    fmt::format("{:g} outages a year (at most {:g})", first, largest_outage_rate.value),
                    "an outage is an event that a buyer notices");
    else if (all > largest_outage_rate.value)
      found_.report(extended(path, {"clustering", "branching"}),
                    fmt::format("{:g} outages a year with those that they set off (at most {:g})", all,
                                largest_outage_rate.value),
                    "the rate is that of the outages that nothing sets off", {extended(path, {"rate"})});
    if (process.rate_posterior)
      check_rate_posterior(extended(path, {"rate"}), first, *process.rate_posterior);
  }

  void check_rate_posterior(const KeyPath& path, double rate, const RatePosterior& posterior) {
    const double mean = posterior.events / posterior.exposure.value;
    if (!(std::abs(rate - mean) <= rate_tolerance * mean))
      found_.report(extended(path, {"posterior"}),
                    fmt::format("{:g} events in {:g} yr are {:.4g} a year, but the rate is {:g}",
                                posterior.events, posterior.exposure.value, mean, rate),
                    "the rate is the mean of its posterior: to assume another one, leave the posterior out",
                    {extended(path, {"value"})});
  }

  void check_shared(const std::string& name, const SharedDependency& shared) {
    const KeyPath path{"shared_dependencies", name};
    check_process(extended(path, {"outages"}), shared.outages);
    for (const auto& [location, unused] : shared.impact)
      if (!locations_.contains(location))
        found_.report(extended(path, {"impact", location}), fmt::format("unknown location {}", location),
                      known(keys_of(locations_)));
    if (shared.impact.empty())
      found_.report(extended(path, {"impact"}), fmt::format("shared dependency {} reaches no location", name),
                    known(keys_of(locations_)));
  }

  const ScenarioInput& input_;
  std::map<std::string, std::string> locations_;  // provider by location
  Names factors_;
  ProblemList found_;
};

}  // namespace

KeyPath extended(KeyPath path, std::initializer_list<std::string> more) {
  path.insert(path.end(), more);
  return path;
}

std::string percent(double share) { return fmt::format("{:.10g} %", 100.0 * share); }

std::string known(const Names& names) {
  return names.empty() ? "none is defined" : fmt::format("known: {}", fmt::join(names, ", "));
}

std::vector<Problem> problems(const ScenarioInput& input) { return Inspector(input).run(); }

}  // namespace hedgerow::models
