#pragma once
// How often: the rate of events that hit a workload like the buyer's, and how well it is known.

#include <optional>
#include <vector>

#include "engine/fit/counts.hpp"
#include "engine/fit/rate_posterior.hpp"
#include "models/incident/posting.hpp"

namespace hedgerow::models {

/// The events of one stretch of the log; all stretches are equally long, about a year.
struct Stretch {
  LogWindow window;
  std::size_t events;
};

/// Where the rate seems to have changed.
struct RateChange {
  double when;           ///< [h since 1970]: the start of an event
  double before, after;  ///< events per year of the log
  double p_value;        ///< of the times of events, were the rate constant (Kolmogorov-Smirnov)
};

struct RateFit {
  std::size_t events = 0;
  double exposure = 0.0;           ///< [yr] of 8760 h
  double applies = 1.0;            ///< share of the events that would hit a workload like the buyer's
  measure::Interval log_interval;  ///< of the rate of the log [1/yr], before thinning: exact 95 % of Poisson
  std::vector<Stretch> stretches;
  fit::PoissonFit poisson;
  /// Nothing where the log has fewer than three stretches or no event.
  std::optional<fit::NegativeBinomialFit> negative_binomial;
  bool overdispersed = false;  ///< the negative binomial law has the lower AIC
  /// Of the thinned rate [1/yr]: all events of the log, in the time that so many take to hit such a workload.
  /// Where counts are overdispersed its variance is as many times larger as that of the negative binomial
  /// fit: fewer events in less time.
  fit::RatePosterior posterior{1.0, 1.0};
  RateChange change{};  ///< the likeliest place; `p_value` says whether there is any

  double log_rate() const { return static_cast<double>(events) / exposure; }  ///< [1/yr], most likely
  double rate() const { return applies * log_rate(); }                        ///< [1/yr], most likely
};

/// `events`: those that start in `window`, in order. `prior`: of the thinned rate [1/yr].
/// @throws InvalidInput unless 0 < applies <= 1 and the window lasts at least a day.
RateFit fit_rate(const std::vector<IncidentEvent>& events, const LogWindow& window, double applies,
                 const fit::RatePosterior& prior);

}  // namespace hedgerow::models
