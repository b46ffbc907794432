#include "apps/results/json.hpp"

#include <cmath>

#include <fmt/format.h>

namespace hedgerow::results {
namespace {

using Json = nlohmann::ordered_json;
using namespace models;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

Json interval(const measure::Interval& of) { return Json::array({number(of.lower), number(of.upper)}); }

Json estimate(const measure::Estimate& of) {
  return {{"value", number(of.value)}, {"se", number(of.standard_error)}};
}

Json percentiles(const std::vector<Percentile>& of) {
  Json all = Json::array();
  for (const Percentile& p : of)
    all.push_back({{"level", p.level}, {"value", number(p.value)}, {"ci", interval(p.interval)}});
  return all;
}

Json expected_shortfall(const std::vector<TailMean>& of) {
  Json all = Json::array();
  for (const TailMean& tail : of)
    all.push_back({{"level", tail.level},
                   {"value", number(tail.estimate.value)},
                   {"se", number(tail.estimate.standard_error)},
                   {"ci", interval(tail.interval)}});
  return all;
}

Json years(const std::vector<YearSummary>& of) {
  Json all = Json::array();
  for (std::size_t y = 0; y < of.size(); ++y) {
    Json year{{"year", y + 1}, {"mean", estimate(of[y].mean)}};
    if (!of[y].percentiles.empty()) year["percentiles"] = percentiles(of[y].percentiles);
    all.push_back(std::move(year));
  }
  return all;
}

Json measure_json(const MeasureSummary& of) {
  return {{"mean", estimate(of.mean)},
          {"sd", number(of.sd)},
          {"percentiles", percentiles(of.percentiles)},
          {"expected_shortfall", expected_shortfall(of.expected_shortfall)},
          {"years", years(of.years)}};
}

Json curve(const std::vector<measure::ExceedancePoint>& of) {
  Json all = Json::array();
  for (const auto& point : of)
    all.push_back({{"return_period", point.return_period},
                   {"value", number(point.value)},
                   {"ci", interval(point.interval)}});
  return all;
}

Json curves(const StrategySummary& of) {
  Json by_year = Json::array();
  for (std::size_t y = 0; y < of.by_year.size(); ++y)
    by_year.push_back(
        {{"year", y + 1}, {"aep", curve(of.by_year[y].aggregate)}, {"oep", curve(of.by_year[y].occurrence)}});
  return {{"measure", "outage"},
          {"basis", fmt::format("nominal, pooled over {} whole plan years", of.by_year.size())},
          {"aep", curve(of.pooled.aggregate)},
          {"oep", curve(of.pooled.occurrence)},
          {"by_year", std::move(by_year)}};
}

Json regimes(const std::array<measure::Estimate, regime_count>& of) {
  Json all;
  for (std::size_t r = 0; r < regime_count; ++r) all[std::string(regime_names[r])] = estimate(of[r]);
  return all;
}

Json renewals(const std::vector<RenewalSummary>& of) {
  Json all = Json::array();
  for (const RenewalSummary& renewal : of)
    all.push_back({{"month", renewal.month},
                   {"probability", estimate(renewal.probability)},
                   {"list_price", estimate(renewal.list_price)},
                   {"price", estimate(renewal.price)},
                   {"leverage", estimate(renewal.leverage)},
                   {"no_deal", estimate(renewal.no_deal)}});
  return all;
}

Json provider_json(const ProviderSummary& of) {
  Json by_year = Json::array();
  for (std::size_t y = 0; y < of.regime_by_year.size(); ++y)
    by_year.push_back({{"year", y + 1}, {"probability", regimes(of.regime_by_year[y])}});
  return {{"regime_by_year", std::move(by_year)},
          {"years_in_regime", regimes(of.years_in_regime)},
          {"severed_by_horizon", estimate(of.severed_by_horizon)},
          {"leverage", {{"renewals", renewals(of.renewals)}}}};
}

Json strategy_json(const StrategySummary& of) {
  Json measures, providers = Json::object(), contributions = Json::array(), severed = Json::array(),
                 diagnostics = Json::array();
  for (const MeasureSummary& m : of.measures) measures[m.name] = measure_json(m);
  for (const Contribution& part : of.contributions)
    contributions.push_back({{"component", component_names[static_cast<std::size_t>(part.component)]},
                             {"provider", part.provider},
                             {"mean", estimate(part.mean)}});
  for (const ProviderSummary& provider : of.providers) providers[provider.name] = provider_json(provider);
  for (std::size_t n = 0; n < of.severed_providers.size(); ++n)
    severed.push_back({{"count", n}, {"probability", estimate(of.severed_providers[n])}});
  for (const Diagnostic& diagnostic : of.diagnostics)
    diagnostics.push_back({{"code", diagnostic.code}, {"message", diagnostic.message}});
  return {{"plan", {{"total_cost", number(of.plan_total_cost)}}},
          {"measures", std::move(measures)},
          {"curves", curves(of)},
          {"contributions", std::move(contributions)},
          {"providers", std::move(providers)},
          {"severed_providers", std::move(severed)},
          {"hedge_premium", {{"mean", estimate(of.hedge_premium)}}},
          {"stranded", estimate(of.stranded)},
          {"diagnostics", std::move(diagnostics)}};
}

Json market_json(const Assessment& of) {
  Json prices = Json::object(), scarcity = Json::array();
  for (const ListPriceSummary& price : of.list_prices) {
    Json by_year = Json::array();
    for (std::size_t y = 0; y < price.mean.size(); ++y)
      by_year.push_back({{"year", y + 1},
                         {"mean", estimate(price.mean[y])},
                         {"log_mean", estimate(price.log_mean[y])},
                         {"log_variance", number(price.log_variance[y])}});
    prices[price.provider] = std::move(by_year);
  }
  for (std::size_t y = 0; y < of.scarcity_by_year.size(); ++y)
    scarcity.push_back({{"year", y + 1}, {"probability", estimate(of.scarcity_by_year[y])}});
  return {{"list_price", std::move(prices)}, {"scarcity", std::move(scarcity)}};
}

Json provenance_json(const Provenance& of, std::uint64_t paths) {
  return {
      {"engine", {{"name", "hedgerow"}, {"version", of.build.version}}},
      {"git_revision", of.build.git_revision},
      {"compiler", of.build.compiler},
      {"rng", of.rng},
      {"seed", std::to_string(of.seed)},
      {"config", {{"name", of.config_name}, {"sha256", of.config_sha256}, {"resolved", of.config_resolved}}},
      {"paths", std::to_string(paths)},
      {"wall_seconds", number(of.wall_seconds)},
      {"threads", of.threads},
      {"ranks", of.ranks}};
}

Json comparisons(const Assessment& of) {
  Json all = Json::array();
  for (const Comparison& comparison : of.comparisons)
    all.push_back({{"strategy", comparison.strategy},
                   {"reference", comparison.reference},
                   {"mean", estimate(comparison.mean)},
                   {"probability_cheaper", estimate(comparison.probability_cheaper)}});
  return all;
}

}  // namespace

Json to_json(const Study& study, const Assessment& assessment, const Provenance& provenance) {
  const Horizon& horizon = study.scenario.horizon;
  Json strategies = Json::object();
  for (const StrategySummary& strategy : assessment.strategies)
    strategies[strategy.name] = strategy_json(strategy);
  return {{"format", format_name},
          {"complete", assessment.complete},
          {"provenance", provenance_json(provenance, assessment.paths)},
          {"title", study.scenario.title},
          {"currency", study.scenario.currency},
          {"horizon",
           {{"start", fmt::format("{:04}-{:02}", horizon.start_year, horizon.start_month)},
            {"months", horizon.months},
            {"discount_rate", horizon.discount_rate.value}}},
          {"paths", std::to_string(assessment.paths)},
          {"strategies", std::move(strategies)},
          {"comparisons", comparisons(assessment)},
          {"market", market_json(assessment)}};
}

}  // namespace hedgerow::results
