#include "apps/fit/json.hpp"

#include <cmath>

#include "apps/fit/fragment.hpp"
#include "apps/import/moment.hpp"
#include "apps/results/provenance.hpp"

namespace hedgerow::fitting {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t points_of_a_curve = 61;

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json maybe(const std::optional<double>& value) { return value ? finite(*value) : Json(nullptr); }
Json pair(const measure::Interval& interval) { return {maybe(interval.lower), maybe(interval.upper)}; }

Json log(const Answer& answer) {
  const intake::IncidentLog& log = answer.log;
  return {{"file", answer.question.file},
          {"records", log.records},
          {"bad_records", log.bad_records},
          {"postings_without_region", log.without_region},
          {"times_without_zone", log.without_zone},
          {"postings", log.postings.size()},
          {"first", log.first ? Json(intake::minute_text(*log.first)) : Json(nullptr)},
          {"last", log.last ? Json(intake::minute_text(*log.last)) : Json(nullptr)}};
}

Json window(const Answer& answer) {
  return {{"from", intake::minute_text(answer.window.begin)},
          {"until", intake::minute_text(answer.window.end)},
          {"years", answer.window.years()},
          {"assumed", !answer.question.from || !answer.question.until}};
}

Json negative_binomial(const models::RateFit& rate) {
  if (!rate.negative_binomial) return nullptr;
  const fit::NegativeBinomialFit& fitted = *rate.negative_binomial;
  return {{"rate", fitted.rate},
          {"rate_se", fitted.rate_standard_error},
          {"variance", fitted.variance},
          {"variance_ci", pair(fitted.variance_interval)},
          {"log_likelihood", fitted.log_likelihood},
          {"aic", fitted.aic()}};
}

Json periods(const models::RateFit& rate) {
  Json all = Json::array();
  for (const models::Stretch& stretch : rate.stretches)
    all.push_back({{"from", intake::minute_text(stretch.window.begin)},
                   {"until", intake::minute_text(stretch.window.end)},
                   {"events", stretch.events}});
  return all;
}

Json rate(const Answer& answer) {
  const models::RateFit& rate = answer.rate;
  const fit::RatePosterior prior = answer.question.prior.law();
  return {{"events", rate.events},
          {"events_outside", answer.events_outside},
          {"log", {{"value", rate.log_rate()}, {"ci", pair(rate.log_interval)}}},
          {"applies", rate.applies},
          {"applies_assumed", !answer.question.applies.has_value()},
          {"most_likely", rate.rate()},
          {"value", rate.posterior.mean()},
          {"ci", pair(rate.posterior.interval())},
          {"posterior", {{"events", rate.posterior.events}, {"exposure_years", rate.posterior.exposure}}},
          {"prior", {{"events", prior.events}, {"exposure_years", prior.exposure}}},
          {"periods", periods(rate)},
          {"poisson", {{"log_likelihood", rate.poisson.log_likelihood}, {"aic", rate.poisson.aic()}}},
          {"negative_binomial", negative_binomial(rate)},
          {"overdispersed", rate.overdispersed},
          {"change",
           {{"when", intake::minute_text(rate.change.when)},
            {"before", finite(rate.change.before)},
            {"after", finite(rate.change.after)},
            {"p_value", rate.change.p_value}}}};
}

Json spread(const fit::Covariance& covariance, const char* first, const char* second) {
  const Spread spread = spread_of(covariance);
  return {{first, spread.first}, {second, spread.second}, {"correlation", spread.correlation}};
}

Json law(const models::FittedDuration& fitted, bool chosen) {
  Json parameters = Json::object();
  for (const models::FittedParameter& p : fitted.parameters)
    parameters[p.name] = {{"value", p.value}, {"ci", pair(p.interval)}};
  const bool is_lognormal = fitted.parameters.front().name == "median";
  Json all{{"law", fitted.name},
           {"chosen", chosen},
           {"believable", fitted.believable()},
           {"parameters", parameters},
           {"posterior", is_lognormal ? spread(fitted.covariance, "log_median", "log_sigma")
                                      : spread(fitted.covariance, "log_shape", "log_scale")}};
  if (const auto* spliced = std::get_if<models::SplicedDuration>(&fitted.law)) {
    all["threshold"] = spliced->threshold.value;
    all["threshold_hours"] = maybe(fitted.threshold);
    all["tail_posterior"] = spread(*fitted.tail_covariance, "tail_index", "log_tail_scale");
  }
  all["log_likelihood"] = fitted.log_likelihood;
  all["aic"] = fitted.aic;
  all["goodness_of_fit"] = {{"distance", fitted.goodness.distance},
                            {"p_value", maybe(fitted.goodness.p_value)}};
  all["mean_hours"] = finite(fitted.mean);
  all["p99_hours"] = fitted.p99;
  return all;
}

Json survival(const std::vector<fit::SurvivalStep>& curve) {
  Json steps = Json::array();
  for (const fit::SurvivalStep& step : curve)
    steps.push_back({{"hours", step.value}, {"longer", step.after}, {"ci", pair(step.interval)}});
  return steps;
}

/// Each law along the durations of the log and half as far again, evenly in the logarithm.
Json fitted_curves(const models::DurationFit& durations, const std::vector<fit::SurvivalStep>& curve) {
  Json points = Json::array();
  if (curve.empty()) return points;
  const double low = curve.front().value, reach = std::log(1.5 * curve.back().value / low);
  for (std::size_t i = 0; i < points_of_a_curve; ++i) {
    const double hours = low * std::exp(reach * static_cast<double>(i) / (points_of_a_curve - 1));
    Json point{{"hours", hours}};
    for (const models::FittedDuration& fitted : durations.laws) point[fitted.name] = fitted.survival(hours);
    points.push_back(point);
  }
  return points;
}

Json durations(const models::DurationFit& durations) {
  Json laws = Json::array(), excesses = Json::array();
  for (std::size_t i = 0; i < durations.laws.size(); ++i)
    laws.push_back(law(durations.laws[i], durations.chosen == i));
  for (const fit::MeanExcess& e : fit::mean_excesses(durations.sample))
    excesses.push_back({{"threshold_hours", e.threshold}, {"mean_hours", e.mean}, {"count", e.count}});
  const std::vector<fit::SurvivalStep> curve = fit::survival_curve(durations.sample);
  return {{"ended", durations.ended},
          {"ongoing", durations.ongoing},
          {"unknown_end", durations.unknown},
          {"without_length", durations.without_length},
          {"laws", laws},
          {"survival", survival(curve)},
          {"fitted", fitted_curves(durations, curve)},
          {"mean_excess", excesses}};
}

}  // namespace

Json as_json(const Answer& answer, const std::string& fragment) {
  Json doubts = Json::array();
  for (const Doubt& doubt : answer.doubts) doubts.push_back({{"code", doubt.code}, {"text", doubt.text}});
  const models::ClusterRule& rule = answer.question.cluster;
  return {{"format", "hedgerow-fit/1"},
          {"version", results::this_build().version},
          {"command", answer.question.command},
          {"log", log(answer)},
          {"window", window(answer)},
          {"cluster", {{"gap_hours", maybe(rule.gap)}, {"minimum_services", rule.minimum_services}}},
          {"rate", rate(answer)},
          {"durations", durations(answer.durations)},
          {"doubts", doubts},
          {"fragment", fragment}};
}

}  // namespace hedgerow::fitting
