#include "models/scenario/scenario.hpp"

#include <cmath>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/scenario/correlation.hpp"
#include "models/scenario/problem.hpp"

namespace hedgerow::models {
namespace {

void reject_problems(const ScenarioInput& input) {
  std::string all;
  for (const Problem& problem : problems(input))
    all += fmt::format("{}{}: {}", all.empty() ? "" : "\n", fmt::join(problem.path, "."), problem.message);
  validate(all.empty(), all);
}

/// The weights in force: those of the config, or the defaults of the entity's kind.
std::map<std::string, double> frailty_of(const OutageProcess& process, EntityKind kind,
                                         const std::string& provider) {
  if (process.frailty) return *process.frailty;
  std::map<std::string, double> weights;
  for (const auto& [factor, weight] : default_frailty(kind, provider)) weights[factor] = weight.value;
  return weights;
}

/// Resolves the names of one input while a Scenario is being built.
class Builder {
 public:
  Builder(const ScenarioInput& input, Scenario& scenario) : input_(input), scenario_(scenario) {}

  void run() {
    add_factors();
    for (const auto& [name, provider] : input_.providers) add_provider(name, provider);
    for (const auto& [name, provider] : input_.providers) add_provider_entities(name, provider);
    for (const auto& [name, shared] : input_.shared_dependencies) add_shared(name, shared);
    for (const auto& [name, workload] : input_.workloads) scenario_.workloads.push_back({name, workload});
    if (!input_.market.correlation.empty()) set_correlation();
    for (const auto& [name, strategy] : input_.strategies) add_strategy(name, strategy);
  }

 private:
  void add_factors() {
    auto all = input_.frailty;
    all.try_emplace(industry_factor);
    for (const auto& [name, unused] : input_.providers) all.try_emplace(name);
    for (const auto& [name, factor] : all)
      factor_ids_[name] = scenario_.factors.push_back({name, factor.variance});
  }

  void add_provider(const std::string& name, const ProviderInput& provider) {
    const ProviderId id = scenario_.providers.push_back(
        {name, provider.list_price, provider.product_overlap, provider.equity_stake, provider.divergence});
    for (const auto& [region, unused] : provider.regions)
      location_ids_[name + "." + region] = scenario_.locations.push_back({name + "." + region, id});
  }

  void add_provider_entities(const std::string& name, const ProviderInput& provider) {
    std::map<std::string, double> everywhere;
    for (const auto& [region, terms] : provider.regions) {
      const std::string location = name + "." + region;
      everywhere[location] = 1.0;
      if (terms.outages)
        add_entity("region:" + location, EntityKind::region, name, *terms.outages, {{location, 1.0}});
    }
    if (provider.outages)
      add_entity("provider:" + name, EntityKind::provider, name, *provider.outages, everywhere);
  }

  void add_shared(const std::string& name, const SharedDependency& shared) {
    add_entity("shared:" + name, EntityKind::shared, "", shared.outages, shared.impact);
  }

  void add_entity(const std::string& name, EntityKind kind, const std::string& provider,
                  const OutageProcess& process, const std::map<std::string, double>& impact) {
    OutageEntity entity{name, kind, process.rate, process.duration, process.severity, process.overlap, 0.0,
                        {},   {}};
    for (const auto& [factor, weight] : frailty_of(process, kind, provider)) {
      if (factor == own_weight_key)
        entity.own_weight = weight;
      else if (weight > 0.0)
        entity.weights.emplace_back(factor_ids_.at(factor), weight);
    }
    double sum = entity.own_weight;
    for (const auto& [factor, weight] : entity.weights) sum += weight;
    HEDGEROW_EXPECT(std::abs(sum - 1.0) <= 1e-9);  // so that the mean rate is the configured one
    for (const auto& [location, fraction] : impact)
      if (fraction > 0.0) entity.impacts.emplace_back(location_ids_.at(location), fraction);
    scenario_.entities.push_back(std::move(entity));
  }

  void set_correlation() {
    std::vector<std::string> names;
    for (const auto& [name, unused] : input_.providers) names.push_back(name);
    scenario_.correlation_factor = cholesky_factor(correlation_matrix(input_.market.correlation, names));
  }

  void add_strategy(const std::string& name, const StrategyInput& choice) {
    Strategy strategy{name, {}, {}, {}};
    for (const NamedWorkload& workload : scenario_.workloads) {
      IdVector<LocationId, double> shares(scenario_.locations.size(), 0.0);
      for (const auto& [location, share] : choice.workloads.at(workload.name).placement)
        shares[location_ids_.at(location)] = share;
      strategy.placement.push_back(std::move(shares));
    }
    for (const Provider& provider : scenario_.providers) {
      const auto contract = choice.contracts.find(provider.name);
      strategy.contracts.push_back(contract == choice.contracts.end() ? Contract{} : contract->second);
    }
    strategy.share = planned_shares(strategy);
    scenario_.strategies.push_back(std::move(strategy));
  }

  /// s_p = sum_w q_w x_{w,p} / sum_w q_w; every workload counts alike where nothing is demanded.
  IdVector<ProviderId, double> planned_shares(const Strategy& strategy) const {
    double total = 0.0;
    for (const NamedWorkload& workload : scenario_.workloads) total += workload.terms.demand;
    IdVector<ProviderId, double> shares(scenario_.providers.size(), 0.0);
    const double workloads = static_cast<double>(scenario_.workloads.size());
    for (const WorkloadId w : scenario_.workloads.keys()) {
      const double weight = total > 0.0 ? scenario_.workloads[w].terms.demand / total : 1.0 / workloads;
      for (const LocationId l : scenario_.locations.keys())
        shares[scenario_.locations[l].provider] += weight * strategy.placement[w][l];
    }
    return shares;
  }

  const ScenarioInput& input_;
  Scenario& scenario_;
  std::map<std::string, LocationId> location_ids_;
  std::map<std::string, FactorId> factor_ids_;
};

}  // namespace

std::map<std::string, Default> default_frailty(EntityKind kind, const std::string& provider) {
  if (kind == EntityKind::shared) return {{own_weight_key, defaults::shared_frailty_own}};
  return {{own_weight_key, defaults::frailty_own},
          {industry_factor, defaults::frailty_industry},
          {provider, defaults::frailty_provider}};
}

Scenario::Scenario(const ScenarioInput& input)
    : horizon(input.horizon), currency(input.currency), scarcity(input.market.scarcity) {
  reject_problems(input);
  Builder(input, *this).run();
}

}  // namespace hedgerow::models
