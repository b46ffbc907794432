#pragma once
// Small worlds with known answers (docs/oracles.md), built in code.

#include <string>

#include "models/assess/study.hpp"

namespace hedgerow::models::worlds {

inline LognormalDuration lognormal(double median_hours, double sigma) { return {Hours(median_hours), sigma}; }

inline OutageProcess outages(double rate, DurationLaw duration,
                             std::map<std::string, double> frailty = {{"own", 1.0}}) {
  OutageProcess process;
  process.rate = PerYear(rate);
  process.duration = duration;
  process.frailty = std::move(frailty);
  return process;
}

/// A price that never moves: 1 a unit-hour.
inline ListPrice constant_price() {
  ListPrice price;
  price.initial = 1.0;
  price.drift = price.volatility = price.scarcity_premium = 0.0;
  price.jumps = std::nullopt;
  return price;
}

/// Providers of one region each, called r; one workload called load placed by `shares`, in one strategy
/// called only.
inline ScenarioInput plain(const std::map<std::string, double>& shares, double demand = 1.0,
                           double revenue_at_risk = 0.0) {
  ScenarioInput input;
  StrategyInput strategy;
  for (const auto& [name, share] : shares) {
    input.providers[name].list_price = constant_price();
    input.providers[name].regions["r"] = {};
    strategy.workloads["load"].placement[name + ".r"] = share;
  }
  input.workloads["load"] = {demand, revenue_at_risk};
  input.strategies.emplace_back("only", strategy);
  return input;
}

/// World W-0 (configs/validation/w0.yaml): two locations, one gamma factor, one shared dependency.
inline ScenarioInput w0(double discount_rate = 0.08) {
  ScenarioInput input = plain({{"A", 0.6}, {"B", 0.4}}, 1.0, 100'000.0);
  input.horizon.discount_rate = PerYear(discount_rate);
  input.frailty["common"] = {0.5};
  input.providers["A"].regions["r"].outages =
      outages(6.0, lognormal(2.0, 1.2), {{"own", 0.4}, {"common", 0.6}});
  input.providers["B"].regions["r"].outages =
      outages(4.0, lognormal(2.0, 1.2), {{"own", 0.4}, {"common", 0.6}});
  input.shared_dependencies["D"] = {outages(0.5, lognormal(4.0, 1.2)), {{"A.r", 1.0}, {"B.r", 1.0}}};
  return input;
}

inline ListPrice list_price(double initial, double drift, double volatility, std::optional<PriceJumps> jumps,
                            double premium = 0.25) {
  ListPrice price;
  price.initial = initial;
  price.drift = drift;
  price.volatility = volatility;
  price.jumps = jumps;
  price.scarcity_premium = premium;
  return price;
}

/// The base generator of docs/model/divergence.md without covariates.
inline Divergence base_regimes(double contagion = 0.0, double repair = 0.0) {
  Divergence terms;
  terms.overlap_effect = terms.share_effect = terms.equity_effect = 0.0;
  terms.contagion = contagion;
  terms.severed_to_strained = PerYear(repair);
  return terms;
}

/// World W-1: W-0 with active-active failover that only both being down can hurt.
inline ScenarioInput w1(double discount_rate = 0.08) {
  ScenarioInput input = w0(discount_rate);
  Failover& failover = input.strategies.front().second.workloads["load"].failover;
  failover.policy = FailoverPolicy::active_active;
  failover.headroom = std::map<std::string, double>{{"A.r", 1.0}, {"B.r", 2.0}};
  return input;
}

/// World W-2: five locations of three providers, frailty, failover within the hour, reputation.
inline ScenarioInput w2() {
  ScenarioInput input;
  for (const char* factor : {"industry", "A", "B", "C"}) input.frailty[factor] = {0.5};
  const auto add = [&](const char* name, std::vector<const char*> regions, double region_rate,
                       double provider_rate) {
    ProviderInput& provider = input.providers[name];
    provider.list_price = constant_price();
    for (const char* region : regions)
      provider.regions[region].outages =
          outages(region_rate, lognormal(2.0, 1.2), {{"own", 0.3}, {"industry", 0.3}, {name, 0.4}});
    provider.outages =
        outages(provider_rate, lognormal(3.0, 1.1), {{"own", 0.3}, {"industry", 0.3}, {name, 0.4}});
  };
  add("A", {"A1", "A2"}, 3.0, 0.5);
  add("B", {"B1", "B2"}, 3.0, 0.5);
  add("C", {"C1"}, 5.0, 0.8);
  input.shared_dependencies["D"] = {outages(0.3, lognormal(4.0, 1.2)),
                                    {{"A.A1", 1}, {"A.A2", 1}, {"B.B1", 1}, {"B.B2", 1}, {"C.C1", 0.5}}};
  input.workloads["load"] = {1.0, 50'000.0};
  input.workloads["load"].reputation = Reputation{0.5, Hours(24), 1.5, {}};
  const auto choose = [&](const char* name, std::map<std::string, double> placement) {
    StrategyInput strategy;
    WorkloadChoice& choice = strategy.workloads["load"];
    choice.placement = std::move(placement);
    choice.failover.policy = FailoverPolicy::warm;
    choice.failover.recovery_time = Hours(1);
    choice.failover.headroom = Fraction(0.2);
    input.strategies.emplace_back(name, strategy);
  };
  choose("concentrated", {{"A.A1", 0.5}, {"A.A2", 0.35}, {"B.B1", 0.15}});
  choose("diversified", {{"A.A1", 0.3}, {"A.A2", 0.2}, {"B.B1", 0.2}, {"B.B2", 0.15}, {"C.C1", 0.15}});
  return input;
}

/// World W-3: prices, renewals by bargaining, regimes and migration; no outages.
inline ScenarioInput w3() {
  ScenarioInput input = plain({{"A", 0.85}, {"B", 0.15}, {"C", 0.0}}, 10'000.0, 50'000.0);
  input.market.scarcity = Scarcity{PerYear(0.25), PerYear(0.8)};
  input.bargaining.credible_exit = false;
  const auto set = [&](const char* name, ListPrice price, double overlap, double equity) {
    ProviderInput& provider = input.providers[name];
    provider.list_price = price;
    provider.product_overlap = overlap;
    provider.equity_stake = equity;
    provider.provisioning = Provisioning{UnitsPerYear(8000), UnitsPerYear(4000)};
    provider.divergence = Divergence{};
    provider.divergence->rival_cost = 20e6;
  };
  const auto jumps = [](double rate) { return PriceJumps{PerYear(rate), -0.10, 0.20}; };
  set("A", list_price(2.0, -0.10, 0.15, jumps(0.3), 0.25), 0.6, 0.27);
  set("B", list_price(2.2, -0.10, 0.15, jumps(0.3), 0.25), 0.5, 0.0);
  set("C", list_price(2.0, -0.10, 0.25, jumps(0.5), 0.50), 0.1, 0.0);
  input.providers["C"].buyer_share_of_vendor = Fraction(0.3);
  StrategyInput& concentrated = input.strategies.front().second;
  concentrated.workloads["load"].failover.headroom = Fraction(0.2);
  concentrated.contracts["A"] = {PriceMode::fixed, 36, 0.20, Years(0.5)};
  concentrated.contracts["B"] = {PriceMode::fixed, 60, 0.25, Years(0.5)};
  concentrated.contracts["C"] = {PriceMode::floating, 0, 0.10, Years(0.5)};
  for (const char* provider : {"A", "B"}) concentrated.contracts[provider].renewal = Renewal::bargain;
  for (auto& [name, contract] : concentrated.contracts) contract.migration_cost = 800.0;
  StrategyInput diversified = concentrated;
  diversified.workloads["load"].placement = {{"A.r", 0.5}, {"B.r", 0.35}, {"C.r", 0.15}};
  input.strategies.front().first = "concentrated";
  input.strategies.emplace_back("diversified", diversified);
  return input;
}

/// Something of everything: outages at every level with frailty, aftershocks and partial severities,
/// scarcity, jumps, quick regimes with contagion, feedback and repair, all price modes, commitments, volume
/// tiers, service levels, bargaining, failover, migration, two workloads, two strategies.
inline ScenarioInput rich() {
  ScenarioInput input = w3();
  input.horizon.months = 40;
  input.bargaining.credible_exit = true;
  input.frailty["industry"] = {0.8, 0.5};
  for (auto& [name, provider] : input.providers) {
    provider.regions["r"].outages =
        outages(8.0, lognormal(4.0, 1.2), {{"own", 0.3}, {"industry", 0.3}, {name, 0.4}});
    provider.regions["r"].outages->clustering = Clustering{Fraction(0.2), PerYear(100)};
    provider.outages = outages(3.0, WeibullDuration{0.8, Hours(6.0)}, {{"own", 0.3}, {"industry", 0.7}});
    provider.outages->severity = {Fraction(0.3), Fraction(0.4), 3.0};
    provider.divergence->aligned_to_strained = PerYear(1.5);
    provider.divergence->strained_to_severed = PerYear(0.3);
    provider.divergence->severed_to_strained = PerYear(0.4);
    provider.divergence->severed_cost = 5e6;
    provider.divergence->feedback = name == "A";
  }
  input.providers["B"].outages->overlap = Overlap::ignore;
  input.shared_dependencies["dns"] = {outages(4.0, lognormal(5.0, 1.0)), {{"A.r", 1.0}, {"B.r", 0.6}}};
  input.workloads["other"] = {500.0, 9'000.0, 0.1, 0.1};
  input.workloads["load"].reputation = Reputation{0.5, Hours(24), 1.5, 1e7};
  for (auto& [name, strategy] : input.strategies) {
    WorkloadChoice& other = strategy.workloads["other"];
    other.placement = {{"B.r", 0.5}, {"C.r", 0.5}};
    other.exit_plan["B"] = {{"A.r", 0.3}, {"C.r", 0.7}};
    other.exit_lead_months = 1;
    WorkloadChoice& load = strategy.workloads["load"];
    load.failover.policy = FailoverPolicy::warm;
    load.failover.on_demand_headroom["B.r"] = {Fraction(0.05), Fraction(0.01)};
    load.rehomed_headroom = true;
    strategy.pooled_headroom = name == "diversified";
    strategy.contracts["B"].mode = PriceMode::cap;
    strategy.contracts["B"].term_months = 12;
    strategy.contracts["B"].commitment = {30e6, 60e6};
    strategy.contracts["B"].rollover = Fraction(0.5);
    strategy.contracts["A"].volume_tiers = {{20e6, 0.05}, {60e6, 0.10}};
    strategy.contracts["A"].sla = ServiceLevel{{{0.9999, 0.10}, {0.99, 0.30}, {0.95, 1.0}}};
    strategy.contracts["A"].egress = {80.0, 5000.0};
  }
  return input;
}

inline Study study(ScenarioInput scenario, std::uint64_t paths, std::uint64_t seed = 1) {
  Study study;
  study.scenario = std::move(scenario);
  study.simulation = {paths, seed};
  return study;
}

}  // namespace hedgerow::models::worlds
