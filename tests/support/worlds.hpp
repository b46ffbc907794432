#pragma once
// Small worlds with known answers (model.md H), built in code.

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

/// World W-0 of model.md H.3: two locations, one gamma factor, one shared dependency, no failover.
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

/// The base generator of model.md D.1 without covariates.
inline Divergence base_regimes(double contagion = 0.0, double repair = 0.0) {
  Divergence terms;
  terms.overlap_effect = terms.share_effect = terms.equity_effect = 0.0;
  terms.contagion = contagion;
  terms.severed_to_strained = PerYear(repair);
  return terms;
}

/// World W-3 of model.md H.3, as far as it goes without renewals, migration and failover.
inline ScenarioInput w3() {
  ScenarioInput input = plain({{"A", 0.85}, {"B", 0.15}, {"C", 0.0}}, 10'000.0, 50'000.0);
  input.market.scarcity = Scarcity{PerYear(0.25), PerYear(0.8)};
  const auto set = [&](const char* name, ListPrice price, double overlap, double equity) {
    ProviderInput& provider = input.providers[name];
    provider.list_price = price;
    provider.product_overlap = overlap;
    provider.equity_stake = equity;
    provider.divergence = Divergence{};
    provider.divergence->rival_cost = 20e6;
  };
  const auto jumps = [](double rate) { return PriceJumps{PerYear(rate), -0.10, 0.20}; };
  set("A", list_price(2.0, -0.10, 0.15, jumps(0.3), 0.25), 0.6, 0.27);
  set("B", list_price(2.2, -0.10, 0.15, jumps(0.3), 0.25), 0.5, 0.0);
  set("C", list_price(2.0, -0.10, 0.25, jumps(0.5), 0.50), 0.1, 0.0);
  StrategyInput& concentrated = input.strategies.front().second;
  concentrated.contracts["A"] = {PriceMode::fixed, 36, 0.20, Years(0.5)};
  concentrated.contracts["B"] = {PriceMode::fixed, 60, 0.25, Years(0.5)};
  concentrated.contracts["C"] = {PriceMode::floating, 0, 0.10, Years(0.5)};
  StrategyInput diversified = concentrated;
  diversified.workloads["load"].placement = {{"A.r", 0.5}, {"B.r", 0.35}, {"C.r", 0.15}};
  input.strategies.front().first = "concentrated";
  input.strategies.emplace_back("diversified", diversified);
  return input;
}

/// Something of everything: outages at every level with frailty and partial severities, scarcity, jumps,
/// quick regimes with contagion and repair, all price modes, two workloads, two strategies.
inline ScenarioInput rich() {
  ScenarioInput input = w3();
  input.horizon.months = 40;
  input.frailty["industry"] = {0.8};
  for (auto& [name, provider] : input.providers) {
    provider.regions["r"].outages =
        outages(8.0, lognormal(4.0, 1.2), {{"own", 0.3}, {"industry", 0.3}, {name, 0.4}});
    provider.outages = outages(3.0, WeibullDuration{0.8, Hours(6.0)}, {{"own", 0.3}, {"industry", 0.7}});
    provider.outages->severity = {Fraction(0.3), Fraction(0.4), 3.0};
    provider.divergence->aligned_to_strained = PerYear(1.5);
    provider.divergence->strained_to_severed = PerYear(0.3);
    provider.divergence->severed_to_strained = PerYear(0.4);
    provider.divergence->severed_cost = 5e6;
  }
  input.providers["B"].outages->overlap = Overlap::ignore;
  input.shared_dependencies["dns"] = {outages(4.0, lognormal(5.0, 1.0)), {{"A.r", 1.0}, {"B.r", 0.6}}};
  input.workloads["other"] = {500.0, 9'000.0};
  for (auto& [name, strategy] : input.strategies) {
    strategy.workloads["other"].placement = {{"B.r", 0.5}, {"C.r", 0.5}};
    strategy.contracts["B"].mode = PriceMode::cap;
    strategy.contracts["B"].term_months = 12;
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
