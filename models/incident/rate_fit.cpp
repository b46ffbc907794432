#include "models/incident/rate_fit.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "engine/base/check.hpp"
#include "engine/base/quantity.hpp"
#include "engine/fit/goodness_of_fit.hpp"

namespace hedgerow::models {
namespace {

constexpr std::size_t stretches_for_dispersion = 3;

/// Equal pieces, as near to a year as goes, so that none is a remainder of a few days.
std::vector<Stretch> stretches(const std::vector<IncidentEvent>& events, const LogWindow& window) {
  const auto count = static_cast<std::size_t>(std::max(1.0, std::round(window.years())));
  const double length = (window.end - window.begin) / static_cast<double>(count);
  std::vector<Stretch> all;
  for (std::size_t i = 0; i < count; ++i) {
    const double begin = window.begin + length * static_cast<double>(i);
    all.push_back({{begin, i + 1 == count ? window.end : begin + length}, 0});
  }
  for (const IncidentEvent& event : events) {
    const auto i = static_cast<std::size_t>((event.start - window.begin) / length);
    ++all[std::min(i, count - 1)].events;
  }
  return all;
}

std::vector<fit::Count> counts(const std::vector<Stretch>& all) {
  std::vector<fit::Count> result;
  for (const Stretch& stretch : all)
    result.push_back({static_cast<double>(stretch.events), stretch.window.years()});
  return result;
}

/// Given their number, the times of a Poisson process are uniform: the greatest distance from that, and
/// where.
RateChange likeliest_change(const std::vector<IncidentEvent>& events, const LogWindow& window) {
  RateChange change{window.begin, 0.0, 0.0, 1.0};
  const double n = static_cast<double>(events.size()), length = window.end - window.begin;
  double distance = 0.0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const double share = (events[i].start - window.begin) / length;
    for (const double below : {static_cast<double>(i), static_cast<double>(i) + 1.0}) {
      if (std::abs(below / n - share) <= distance || share <= 0.0) continue;
      distance = std::abs(below / n - share);
      change = {events[i].start, below / (share * window.years()),
                (n - below) / ((1.0 - share) * window.years()), 1.0};
    }
  }
  if (!events.empty()) change.p_value = fit::kolmogorov_p_value(distance, events.size());
  return change;
}

/// How many times the variance of a rate that is known from overdispersed counts is that from Poisson counts.
/// How much years differ is itself known from few of them: wider as Student's law is than the normal one at
/// 95 %.
double dispersion(const RateFit& rate) {
  if (!rate.overdispersed) return 1.0;
  const boost::math::students_t few(static_cast<double>(rate.stretches.size()) - 1.0);
  const double wider = quantile(few, 0.975) / measure::two_sided_normal(0.95);
  return std::pow(wider * rate.negative_binomial->rate_standard_error, 2) / (rate.log_rate() / rate.exposure);
}

/// Conjugate to Poisson counts; where they are overdispersed the same mean on fewer events in less time.
fit::RatePosterior posterior(const RateFit& rate, const fit::RatePosterior& prior) {
  const fit::RatePosterior poisson =
      prior.updated(static_cast<double>(rate.events), rate.exposure / rate.applies);
  return {poisson.events / dispersion(rate), poisson.exposure / dispersion(rate)};
}

}  // namespace

RateFit fit_rate(const std::vector<IncidentEvent>& events, const LogWindow& window, double applies,
                 const fit::RatePosterior& prior) {
  validate(applies > 0.0 && applies <= 1.0, "the share of events that applies must be in (0, 1]");
  validate(window.end - window.begin >= 24.0, "the log must have been kept for a day at least");
  RateFit rate;
  rate.events = events.size();
  rate.exposure = window.years();
  rate.applies = applies;
  rate.log_interval = fit::poisson_rate_interval(static_cast<double>(events.size()), rate.exposure);
  rate.stretches = stretches(events, window);
  rate.poisson = fit::fit_poisson(counts(rate.stretches));
  if (rate.stretches.size() >= stretches_for_dispersion && !events.empty())
    rate.negative_binomial = fit::fit_negative_binomial(counts(rate.stretches));
  rate.overdispersed = rate.negative_binomial && rate.negative_binomial->aic() < rate.poisson.aic();
  rate.posterior = posterior(rate, prior);
  rate.change = likeliest_change(events, window);
  return rate;
}

}  // namespace hedgerow::models
