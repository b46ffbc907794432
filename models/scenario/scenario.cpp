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
                                         const std::string& group) {
  if (process.frailty) return *process.frailty;
  std::map<std::string, double> weights;
  for (const auto& [factor, weight] : default_frailty(kind, group)) weights[factor] = weight.value;
  return weights;
}

/// Resolves the names of one input while a Scenario is being built.
class Builder {
 public:
  Builder(const ScenarioInput& input, Scenario& scenario) : input_(input), scenario_(scenario) {}

  void run() {
    add_factors();
    add_groups();
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
    for (const auto& [name, provider] : input_.providers)
      all.try_emplace(group_name(provider.frailty_group, name));
    for (const auto& [name, factor] : all)
      factor_ids_[name] = scenario_.factors.push_back({name, factor.variance, factor.persistence});
  }

  void add_groups() {
    std::map<std::string, ListPrice> price;
    std::map<std::string, int> regime;
    for (const auto& [name, provider] : input_.providers) {
      price.try_emplace(group_name(provider.price_group, name), provider.list_price);
      regime.try_emplace(group_name(provider.regime_group, name));
    }
    for (const auto& [name, terms] : price)
      price_group_ids_[name] = scenario_.price_groups.push_back({name, terms});
    for (const auto& [name, unused] : regime)
      regime_group_ids_[name] = scenario_.regime_groups.push_back({name, {}});
  }

  void add_provider(const std::string& name, const ProviderInput& provider) {
    const RegimeGroupId regimes = regime_group_ids_.at(group_name(provider.regime_group, name));
    const ProviderId id =
        scenario_.providers.push_back({name,
                                       provider.list_price,
                                       provider.product_overlap,
                                       provider.equity_stake,
                                       provider.unit_cost_ratio.value,
                                       provider.buyer_share_of_vendor.value,
                                       provider.provisioning,
                                       provider.alternative,
                                       provider.divergence,
                                       price_group_ids_.at(group_name(provider.price_group, name)),
                                       regimes,
                                       {}});
    scenario_.regime_groups[regimes].members.push_back(id);
    for (const auto& [region, unused] : provider.regions) {
      const LocationId location = scenario_.locations.push_back({name + "." + region, id});
      location_ids_[name + "." + region] = location;
      scenario_.providers[id].locations.push_back(location);
    }
  }

  void add_provider_entities(const std::string& name, const ProviderInput& provider) {
    std::map<std::string, double> everywhere;
    const std::string& group = group_name(provider.frailty_group, name);
    for (const auto& [region, terms] : provider.regions) {
      const std::string location = name + "." + region;
      everywhere[location] = 1.0;
      if (terms.outages)
        add_entity("region:" + location, EntityKind::region, group, *terms.outages, {{location, 1.0}});
    }
    if (provider.outages)
      add_entity("provider:" + name, EntityKind::provider, group, *provider.outages, everywhere);
  }

  void add_shared(const std::string& name, const SharedDependency& shared) {
    add_entity("shared:" + name, EntityKind::shared, "", shared.outages, shared.impact);
  }

  void add_entity(const std::string& name, EntityKind kind, const std::string& group,
                  const OutageProcess& process, const std::map<std::string, double>& impact) {
    OutageEntity entity{name,
                        kind,
                        process.rate,
                        process.rate_posterior,
                        process.duration,
                        process.severity,
                        process.overlap,
                        process.clustering,
                        0.0,
                        {},
                        {}};
    for (const auto& [factor, weight] : frailty_of(process, kind, group)) {
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
    for (const PriceGroup& group : scenario_.price_groups) names.push_back(group.name);
    scenario_.correlation_factor = cholesky_factor(correlation_matrix(input_.market.correlation, names));
  }

  void add_strategy(const std::string& name, const StrategyInput& choice) {
    Strategy strategy{name, {}, choice.pooled_headroom, {}, {}};
    for (const NamedWorkload& workload : scenario_.workloads)
      strategy.workloads.push_back(workload_plan(choice.workloads.at(workload.name)));
    for (const Provider& provider : scenario_.providers) {
      const auto contract = choice.contracts.find(provider.name);
      strategy.contracts.push_back(contract == choice.contracts.end() ? Contract{} : contract->second);
    }
    strategy.share = shares_of_demand(
        scenario_, [&](WorkloadId w, LocationId l) { return strategy.workloads[w].placement[l]; },
        [&](WorkloadId w) { return scenario_.workloads[w].terms.demand; });
    scenario_.strategies.push_back(std::move(strategy));
  }

  WorkloadPlan workload_plan(const WorkloadChoice& choice) const {
    const std::size_t locations = scenario_.locations.size(), providers = scenario_.providers.size();
    WorkloadPlan plan{IdVector<LocationId, double>(locations, 0.0),
                      IdVector<LocationId, double>(locations, 0.0),
                      IdVector<LocationId, OnDemand>(locations, OnDemand{}),
                      choice.failover.policy,
                      recovery_hours(choice.failover) / hours_per_year,
                      IdVector<ProviderId, std::vector<Destination>>(providers, {}),
                      IdVector<ProviderId, std::vector<Destination>>(providers, {}),
                      IdVector<ProviderId, std::vector<Destination>>(providers, {}),
                      choice.exit_lead_months,
                      choice.rehomed_headroom};
    for (const auto& [location, share] : choice.placement) plan.placement[location_ids_.at(location)] = share;
    set_headroom(choice.failover, plan);
    set_exits(choice, plan);
    return plan;
  }

  void set_headroom(const Failover& failover, WorkloadPlan& plan) const {
    if (const auto* everywhere = std::get_if<Fraction>(&failover.headroom))
      for (double& headroom : plan.headroom) headroom = everywhere->value;
    else
      for (const auto& [location, headroom] : std::get<std::map<std::string, double>>(failover.headroom))
        plan.headroom[location_ids_.at(location)] = headroom;
    for (const auto& [location, share] : failover.on_demand_headroom)
      plan.on_demand[location_ids_.at(location)] = share;
  }

  bool takes_anybody(ProviderId provider) const {
    return scenario_.providers[provider].alternative &&
           takes_capacity(scenario_.providers[provider].provisioning);
  }

  void set_exits(const WorkloadChoice& choice, WorkloadPlan& plan) const {
    for (const ProviderId leaver : scenario_.providers.keys()) {
      const auto planned = choice.exit_plan.find(scenario_.providers[leaver].name);
      if (planned != choice.exit_plan.end())
        for (const auto& [location, weight] : planned->second)
          if (weight > 0.0) plan.exit_plan[leaver].push_back({location_ids_.at(location), weight});
      plan.exit_default[leaver] = surviving_locations(scenario_, plan.placement, leaver);
      for (const LocationId l : scenario_.locations.keys())
        if (is_elsewhere(scenario_, l, leaver) && takes_anybody(scenario_.locations[l].provider))
          plan.exit_refuge[leaver].push_back({l, 1.0});
    }
  }

  const ScenarioInput& input_;
  Scenario& scenario_;
  std::map<std::string, LocationId> location_ids_;
  std::map<std::string, FactorId> factor_ids_;
  std::map<std::string, PriceGroupId> price_group_ids_;
  std::map<std::string, RegimeGroupId> regime_group_ids_;
};

}  // namespace

bool WorkloadPlan::may_run_at(LocationId location) const {
  const OnDemand& extra = on_demand[location];
  if (placement[location] > 0.0 || extra.normal.value > 0.0 || extra.scarce.value > 0.0) return true;
  const auto leads_here = [&](const auto& exits) {
    for (const auto& destinations : exits)
      for (const Destination& to : destinations)
        if (to.location == location) return true;
    return false;
  };
  return leads_here(exit_plan) || leads_here(exit_refuge);
}

bool is_elsewhere(const Scenario& scenario, LocationId location, ProviderId leaver) {
  return scenario.providers[scenario.locations[location].provider].regime_group !=
         scenario.providers[leaver].regime_group;
}

std::vector<Destination> surviving_locations(const Scenario& scenario,
                                             const IdVector<LocationId, double>& placement,
                                             ProviderId leaver) {
  std::vector<Destination> where;
  for (const LocationId l : scenario.locations.keys())
    if (is_elsewhere(scenario, l, leaver) && placement[l] > 0.0) where.push_back({l, placement[l]});
  return where;
}

double recovery_hours(const Failover& failover) {
  if (failover.recovery_time) return failover.recovery_time->value;
  switch (failover.policy) {
    case FailoverPolicy::none:
      return 0.0;
    case FailoverPolicy::cold:
      return defaults::recovery_cold.value;
    case FailoverPolicy::warm:
      return defaults::recovery_warm.value;
    case FailoverPolicy::active_active:
      break;
  }
  return defaults::recovery_active.value;
}

std::map<std::string, Default> default_frailty(EntityKind kind, const std::string& group) {
  if (kind == EntityKind::shared) return {{own_weight_key, defaults::shared_frailty_own}};
  return {{own_weight_key, defaults::frailty_own},
          {industry_factor, defaults::frailty_industry},
          {group, defaults::frailty_provider}};
}

Scenario::Scenario(const ScenarioInput& input)
    : horizon(input.horizon),
      currency(input.currency),
      scarcity(input.market.scarcity),
      bargaining(input.bargaining) {
  reject_problems(input);
  Builder(input, *this).run();
}

}  // namespace hedgerow::models
