#include "models/incident/duration_fit.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/base/check.hpp"

namespace hedgerow::models {
namespace {

constexpr std::uint64_t goodness_seed = 1;
constexpr double tail_share = 0.1;  // of the durations, where there are enough of them
constexpr double unbelievable_tail_index = 0.5;

void add_duration(DurationFit& durations, const IncidentEvent& event, const LogWindow& window) {
  validate(window.contains(event.start), "an event starts outside of the time of the log");
  const double limit = window.end - event.start;
  if (event.ongoing) {
    durations.sample.push_back({limit, true, limit});
    ++durations.ongoing;
  } else if (!event.end) {
    ++durations.unknown;
  } else if (*event.end == event.start) {
    ++durations.without_length;
  } else {
    durations.sample.push_back({*event.end - event.start, false, limit});
    ++durations.ended;
  }
}

FittedParameter positive(std::string name, double value, double variance_of_log) {
  const double factor = std::exp(measure::two_sided_normal(0.95) * std::sqrt(variance_of_log));
  return {std::move(name), value, {value / factor, value * factor}};
}

FittedParameter any_sign(std::string name, double value, double variance) {
  return {std::move(name), value, measure::normal_interval({value, std::sqrt(variance)})};
}

void put_body(FittedDuration& fitted, const fit::LognormalFit& body) {
  fitted.covariance = body.covariance;
  fitted.parameters.push_back(positive("median", body.law.median, body.covariance.first));
  fitted.parameters.push_back(positive("sigma", body.law.sigma, body.covariance.second));
}

void put_body(FittedDuration& fitted, const fit::WeibullFit& body) {
  fitted.covariance = body.covariance;
  if (body.parameters == 2)
    fitted.parameters.push_back(positive("shape", body.law.shape, body.covariance.first));
  fitted.parameters.push_back(positive("scale", body.law.scale, body.covariance.second));
}

LognormalDuration body_terms(const random::Lognormal& law) { return {Hours(law.median), law.sigma}; }
WeibullDuration body_terms(const random::Weibull& law) { return {law.shape, Hours(law.scale)}; }

template <class Fit>
void put_numbers(FittedDuration& fitted, const fit::CensoredSample& sample, Fit fit) {
  const auto found = fit(sample);
  fitted.goodness = fit::goodness_of_fit(sample, fit, goodness_seed);
  fitted.p99 = found.law.quantile(0.99);
}

template <class Fit>
FittedDuration plain(const std::string& name, const fit::CensoredSample& sample, Fit fit) {
  const auto found = fit(sample);
  FittedDuration fitted{name, body_terms(found.law), {}, {}, {}, {}, found.log_likelihood, found.aic(), {}, 0,
                        0};
  put_body(fitted, found);
  put_numbers(fitted, sample, fit);
  fitted.mean = found.law.mean();
  return fitted;
}

template <class Fit>
FittedDuration spliced(const std::string& name, const fit::CensoredSample& sample, double threshold,
                       Fit fit) {
  const auto at_threshold = [&](const fit::CensoredSample& s) { return fit(s, threshold); };
  const auto found = at_threshold(sample);
  const random::GeneralizedPareto& tail = found.tail.law;
  const Fraction body(1.0 - found.law.tail_probability());
  FittedDuration fitted{name,
                        SplicedDuration{body_terms(found.body.law), body, tail.tail_index, Hours(tail.scale)},
                        {},
                        {},
                        found.tail.covariance,
                        threshold,
                        found.log_likelihood(),
                        found.aic(),
                        {},
                        0,
                        0};
  put_body(fitted, found.body);
  fitted.parameters.push_back(any_sign("tail_index", tail.tail_index, found.tail.covariance.first));
  fitted.parameters.push_back(positive("tail_scale", tail.scale, found.tail.covariance.second));
  put_numbers(fitted, sample, at_threshold);
  fitted.mean = tail.tail_index < 1.0 ? found.law.mean() : INFINITY;
  return fitted;
}

/// Above it lie a tenth of the durations, or as many as a tail needs; nothing where the body would keep
/// fewer.
std::optional<double> threshold_of_tail(const DurationFit& durations) {
  if (durations.ended < 2 * exceedances_for_tail) return std::nullopt;
  std::vector<double> ended;
  for (const fit::CensoredValue& x : durations.sample)
    if (!x.censored) ended.push_back(x.value);
  std::sort(ended.begin(), ended.end(), std::greater<>());
  const auto tenth = static_cast<std::size_t>(tail_share * static_cast<double>(ended.size()));
  const std::size_t above = std::max(exceedances_for_tail, tenth);
  return ended[above];  // exceedances are strictly above it
}

/// Adds a law unless the sample cannot tell its parameters.
void try_law(DurationFit& durations, const std::function<FittedDuration()>& fit) {
  try {
    durations.laws.push_back(fit());
  } catch (const InvalidInput&) {
  }
}

void fit_laws(DurationFit& durations) {
  const fit::CensoredSample& sample = durations.sample;
  try_law(durations, [&] { return plain("lognormal", sample, fit::fit_lognormal); });
  try_law(durations, [&] { return plain("weibull", sample, fit::fit_weibull); });
  try_law(durations, [&] { return plain("exponential", sample, fit::fit_exponential); });
  if (const auto threshold = threshold_of_tail(durations)) {
    try_law(durations,
            [&] { return spliced("spliced lognormal", sample, *threshold, fit::fit_spliced_lognormal); });
    try_law(durations,
            [&] { return spliced("spliced weibull", sample, *threshold, fit::fit_spliced_weibull); });
  }
  std::stable_sort(durations.laws.begin(), durations.laws.end(),
                   [](const FittedDuration& a, const FittedDuration& b) { return a.aic < b.aic; });
}

random::Lognormal law_of(const LognormalDuration& terms) { return {terms.median.value, terms.sigma}; }
random::Weibull law_of(const WeibullDuration& terms) { return {terms.shape, terms.scale.value}; }

}  // namespace

bool FittedDuration::believable() const {
  const auto* tail = std::get_if<SplicedDuration>(&law);
  return tail == nullptr || tail->tail_index < unbelievable_tail_index;
}

double FittedDuration::survival(double hours) const {
  if (const auto* terms = std::get_if<LognormalDuration>(&law)) return law_of(*terms).survival(hours);
  if (const auto* terms = std::get_if<WeibullDuration>(&law)) return law_of(*terms).survival(hours);
  if (const auto* terms = std::get_if<FixedDuration>(&law)) return hours < terms->value.value ? 1.0 : 0.0;
  const auto& terms = std::get<SplicedDuration>(law);
  const random::GeneralizedPareto tail(terms.tail_index, terms.tail_scale.value);
  return std::visit(
      [&](const auto& body) {
        return random::Spliced(law_of(body), terms.threshold.value, tail).survival(hours);
      },
      terms.body);
}

DurationFit sort_durations(const std::vector<IncidentEvent>& events, const LogWindow& window) {
  DurationFit durations;
  for (const IncidentEvent& event : events) add_duration(durations, event, window);
  return durations;
}

DurationFit fit_durations(const std::vector<IncidentEvent>& events, const LogWindow& window) {
  DurationFit durations = sort_durations(events, window);
  fit_laws(durations);
  for (std::size_t i = 0; i < durations.laws.size() && !durations.chosen; ++i)
    if (durations.laws[i].believable()) durations.chosen = i;
  return durations;
}

}  // namespace hedgerow::models
