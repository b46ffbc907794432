#include "apps/results/json.hpp"

#include <fmt/format.h>

#include "apps/results/holder.hpp"
#include "apps/results/json_answers.hpp"
#include "apps/results/json_values.hpp"
#include "apps/results/json_what_ifs.hpp"
#include "apps/results/parameter_uncertainty.hpp"
#include "apps/results/sampling.hpp"
#include "apps/results/verdict.hpp"

namespace hedgerow::results {
namespace {

using namespace models;

Json count(const std::optional<std::uint64_t>& value) {
  return value ? Json(std::to_string(*value)) : Json(nullptr);
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
          {"basis", of.by_year.empty()
                        ? "no curve: not asked for, or no whole plan year"
                        : fmt::format("nominal, pooled over {} whole plan years", of.by_year.size())},
          {"aep", curve(of.pooled.aggregate)},
          {"oep", curve(of.pooled.occurrence)},
          {"by_year", std::move(by_year)}};
}

Json distribution_json(const Distribution& of) {
  const measure::Histogram& bins = of.histogram;
  return {{"measure", MeasureName::total_cost},
          {"quantiles", percentiles(of.quantiles)},
          {"histogram",
           {{"first", bins.first},
            {"width", bins.width},
            {"counts", bins.counts},
            {"below", bins.below},
            {"above", bins.above}}}};
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
                   {"no_deal", estimate(renewal.no_deal)},
                   {"price_percentiles", percentiles(renewal.price_percentiles)},
                   {"leverage_percentiles", percentiles(renewal.leverage_percentiles)}});
  return all;
}

Json exit_json(const ExitSummary& of) {
  return {{"completed", estimate(of.completed)}, {"months", estimate(of.months)}};
}

Json provider_json(const ProviderSummary& of) {
  Json by_year = Json::array();
  for (std::size_t y = 0; y < of.regime_by_year.size(); ++y)
    by_year.push_back({{"year", y + 1}, {"probability", regimes(of.regime_by_year[y])}});
  return {
      {"regime_by_year", std::move(by_year)},
      {"years_in_regime", regimes(of.years_in_regime)},
      {"severed_by_horizon", estimate(of.severed_by_horizon)},
      {"loss_given_severance", estimate(of.loss_given_severance)},
      {"loss_otherwise", estimate(of.loss_otherwise)},
      {"exit_time_months", {{"normal", exit_json(of.exit_normal)}, {"scarce", exit_json(of.exit_scarce)}}},
      {"leverage", {{"renewals", renewals(of.renewals)}}}};
}

Json strategy_json(const StrategySummary& of) {
  Json measures, providers = Json::object(), severed = Json::array(), diagnostics = Json::array();
  for (const MeasureSummary& m : of.measures) measures[m.name] = measure_json(m);
  for (const ProviderSummary& provider : of.providers) providers[provider.name] = provider_json(provider);
  for (std::size_t n = 0; n < of.severed_providers.size(); ++n)
    severed.push_back({{"count", n}, {"probability", estimate(of.severed_providers[n])}});
  for (const Diagnostic& diagnostic : of.diagnostics)
    diagnostics.push_back({{"code", diagnostic.code}, {"message", diagnostic.message}});
  return {{"plan", {{"total_cost", number(of.plan_total_cost)}}},
          {"measures", std::move(measures)},
          {"distribution", distribution_json(of.distribution)},
          {"curves", curves(of)},
          {"contributions", contributions_json(of.attribution)},
          {"attribution", attribution_json(of.attribution)},
          {"concentration", concentration_json(of.attribution)},
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

Json config_json(const Provenance& of) {
  Json overrides = Json::array(), values = Json::array();
  for (const auto& [key, value] : of.config_overrides) overrides.push_back({{"key", key}, {"value", value}});
  for (const InputValue& value : of.config_values)
    values.push_back(
        {{"path", value.path}, {"value", value.value}, {"origin", value.origin}, {"source", value.source}});
  return {{"name", of.config_name},
          {"sha256", of.config_sha256},
          {"source", of.config_source},
          {"overrides", std::move(overrides)},
          {"values", std::move(values)}};
}

Json provenance_json(const Provenance& of, std::uint64_t paths) {
  return {{"engine", {{"name", "hedgerow"}, {"version", of.build.version}}},
          {"git_revision", of.build.git_revision},
          {"compiler", of.build.compiler},
          {"rng", of.rng},
          {"seed", std::to_string(of.seed)},
          {"config", config_json(of)},
          {"paths", std::to_string(paths)},
          {"wall_seconds", number(of.wall_seconds)},
          {"threads", of.threads},
          {"ranks", of.ranks}};
}

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kept:
      return "kept";
    case Verdict::breached:
      return "breached";
    case Verdict::undecided:
      break;
  }
  return "undecided";
}

Json limits(const Assessment& of) {
  Json all = Json::array();
  for (const LimitResult& result : of.limits) {
    const bool upper = result.limit.at_most.has_value();
    all.push_back(
        {{"name", result.limit.name},
         {"strategy", result.limit.strategy},
         {"measure", result.limit.measure},
         {"measured", number(result.measured)},
         {"ci", interval(result.interval)},
         {upper ? "at_most" : "at_least", number(upper ? result.limit.at_most : result.limit.at_least)},
         {"verdict", verdict_name(result.verdict)},
         {"breached", result.verdict == Verdict::breached},
         {"paths_to_decide", count(result.paths_to_decide)}});
  }
  return all;
}

Json verdict_json(const std::vector<Sentence>& of) {
  Json all = Json::array();
  for (const Sentence& sentence : of) all.push_back({{"label", sentence.label}, {"text", sentence.text}});
  return all;
}

Json precision_json(const std::optional<PrecisionResult>& of) {
  if (!of) return nullptr;
  Json batches = Json::array(), unmet = Json::array();
  for (const std::uint64_t paths : of->batches) batches.push_back(std::to_string(paths));
  for (const UnmetOutput& output : of->unmet)
    unmet.push_back({{"strategy", output.strategy},
                     {"output", output_name(output.number.measure, output.number.kind, output.number.level)},
                     {"half_width", number(output.half_width)},
                     {"relative", number(output.relative)},
                     {"paths_needed", count(output.paths_needed)}});
  return {{"target", of->target},
          {"reached", of->unmet.empty()},
          {"most_paths", std::to_string(of->most_paths)},
          {"batches", std::move(batches)},
          {"unmet", std::move(unmet)}};
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
          {"sampling", sampling_json(assessment.sampling)},
          {"strategies", std::move(strategies)},
          {"comparisons", comparisons_json(assessment)},
          {"limits", limits(assessment)},
          {"precision", precision_json(assessment.precision)},
          {"market", market_json(assessment)}};
}

Json to_json(const Study& study, const Answers& answers, const Provenance& provenance) {
  Json result = to_json(study, answers.assessment, provenance);
  Json& strategies = result["strategies"];
  for (std::size_t s = 0; s < answers.stories.size(); ++s)
    strategies[answers.assessment.strategies[s].name]["story"] =
        path_story_json(*answers.scenario, answers.stories[s]);
  for (std::size_t s = 0; s < answers.parameter_uncertainty.size(); ++s)
    strategies[answers.assessment.strategies[s].name]["parameter_uncertainty"] =
        parameter_uncertainty_json(answers.parameter_uncertainty[s]);
  for (std::size_t s = 0; s < answers.assessment.strategies.size(); ++s)
    if (std::string holder = held_by(answers, s); !holder.empty())
      strategies[answers.assessment.strategies[s].name]["held_by"] = std::move(holder);
  for (const SinglePoints& points : answers.single_points)
    strategies[points.strategy]["single_points"] = single_points_json(points);
  for (const Corridor& corridor : answers.corridors)
    strategies[corridor.strategy]["providers"][corridor.provider]["corridor"] = corridor_json(corridor);
  std::size_t compared = 0;
  for (Json& comparison : result["comparisons"]) {
    comparison["verdict"] = verdict_json(verdict(answers, ++compared));
    const auto strategy = comparison["strategy"].get<std::string>();
    comparison["break_even_discount"] = Json::array();
    for (const Waterfall& waterfall : answers.waterfalls)
      if (waterfall.strategy == strategy) comparison["waterfall"] = waterfall_json(waterfall);
    for (const BreakEven& at : answers.break_evens)
      if (at.strategy == strategy) comparison["break_even_discount"].push_back(break_even_json(at));
  }
  return result;
}

}  // namespace hedgerow::results
