#include "apps/results/scope.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "apps/results/format.hpp"

namespace hedgerow::results {
namespace {

using namespace models;

template <class Has>
bool any_provider(const ScenarioInput& scenario, Has has) {
  return std::any_of(scenario.providers.begin(), scenario.providers.end(),
                     [&](const auto& provider) { return has(provider.second); });
}

bool has_outages(const ProviderInput& provider) {
  return provider.outages || std::any_of(provider.regions.begin(), provider.regions.end(),
                                         [](const auto& region) { return region.second.outages; });
}

bool costs_when_hostile(const ProviderInput& provider) {
  return provider.divergence &&
         (provider.divergence->rival_cost > 0.0 || provider.divergence->severed_cost > 0.0);
}

template <class Has>
bool any_contract(const ScenarioInput& scenario, Has has) {
  for (const auto& [name, strategy] : scenario.strategies)
    for (const auto& [provider, contract] : strategy.contracts)
      if (has(contract)) return true;
  return false;
}

template <class Has>
bool any_choice(const ScenarioInput& scenario, Has has) {
  for (const auto& [name, strategy] : scenario.strategies)
    for (const auto& [workload, choice] : strategy.workloads)
      if (has(choice)) return true;
  return false;
}

bool fails_over(const WorkloadChoice& choice) {
  const Failover& failover = choice.failover;
  const auto* everywhere = std::get_if<Fraction>(&failover.headroom);
  return failover.policy != FailoverPolicy::none || !failover.on_demand_headroom.empty() ||
         (everywhere ? everywhere->value > 0.0
                     : !std::get<std::map<std::string, double>>(failover.headroom).empty());
}

bool models_outages(const ScenarioInput& scenario) {
  return !scenario.shared_dependencies.empty() || any_provider(scenario, has_outages);
}

bool models_migration(const ScenarioInput& scenario) {
  return models_divergence(scenario) &&
         any_provider(scenario, [](const ProviderInput& p) { return takes_capacity(p.provisioning); });
}

}  // namespace

bool models_divergence(const ScenarioInput& scenario) {
  return any_provider(scenario,
                      [](const ProviderInput& provider) { return provider.divergence.has_value(); });
}

bool modelled(const ScenarioInput& scenario, Component component) {
  switch (component) {
    case Component::spend:
      return true;
    case Component::commitment_shortfall:
      return any_contract(scenario, [](const Contract& c) { return !c.commitment.empty(); });
    case Component::outage:
      return models_outages(scenario);
    case Component::reputation:
      return models_outages(scenario) && std::any_of(scenario.workloads.begin(), scenario.workloads.end(),
                                                     [](const auto& w) { return w.second.reputation; });
    case Component::sla_credit:
      return models_outages(scenario) &&
             any_contract(scenario, [](const Contract& c) { return c.sla.has_value(); });
    case Component::capacity_shortage:
      return models_divergence(scenario);
    case Component::migration:
      return models_migration(scenario);
    case Component::regime:
      break;
  }
  return any_provider(scenario, costs_when_hostile);
}

bool uses(const ScenarioInput& scenario, const std::string& strategy, const std::string& provider) {
  for (const auto& [name, choice] : scenario.strategies) {
    if (name != strategy) continue;
    for (const auto& [region, unused] : scenario.providers.at(provider).regions)
      for (const auto& [workload, placed] : choice.workloads) {
        const auto share = placed.placement.find(provider + "." + region);
        if (share != placed.placement.end() && share->second > 0.0) return true;
      }
  }
  return false;
}

std::vector<std::string> not_modelled(const ScenarioInput& scenario) {
  std::vector<std::string> outage_free, loyal;
  for (const auto& [name, provider] : scenario.providers) {
    if (!has_outages(provider)) outage_free.push_back(printable(name));
    if (!provider.divergence) loyal.push_back(printable(name));
  }
  std::vector<std::string> all;
  if (!outage_free.empty()) all.push_back(fmt::format("outages of {}", fmt::join(outage_free, ", ")));
  if (!loyal.empty()) all.push_back(fmt::format("divergence of {}", fmt::join(loyal, ", ")));
  if (!scenario.market.scarcity) all.push_back("scarce capacity");
  if (scenario.shared_dependencies.empty()) all.push_back("shared dependencies");
  if (!any_choice(scenario, fails_over)) all.push_back("failover");
  if (models_divergence(scenario) && !models_migration(scenario))
    all.push_back("migration (what is cut off does not move, so divergence costs are upper bounds)");
  if (any_contract(scenario, [](const Contract& c) { return c.term_months > 0; }) &&
      !any_contract(scenario, [](const Contract& c) { return c.renewal == Renewal::bargain; }))
    all.push_back("bargaining at renewals");
  return all;
}

}  // namespace hedgerow::results
