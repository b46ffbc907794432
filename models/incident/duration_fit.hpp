#pragma once
// How long: laws of duration fitted to events, some of which are still going on.

#include <optional>
#include <string>
#include <vector>

#include "engine/fit/goodness_of_fit.hpp"
#include "engine/fit/law_fit.hpp"
#include "models/incident/posting.hpp"
#include "models/scenario/input.hpp"

namespace hedgerow::models {

/// A fitted parameter in the terms that its estimate is normal in.
struct FittedParameter {
  std::string name;            ///< as in the config: median, sigma, shape, scale, tail_index, tail_scale
  double value;                ///< [h] where the config has hours
  measure::Interval interval;  ///< 95 %, normal in ln value, or in value for tail_index
};

/// One law.
struct FittedDuration {
  std::string name;  ///< lognormal, weibull, exponential, spliced lognormal, spliced weibull
  DurationLaw law;
  std::vector<FittedParameter> parameters;
  fit::Covariance covariance;                      ///< of (ln median, ln sigma) or (ln shape, ln scale)
  std::optional<fit::Covariance> tail_covariance;  ///< of (tail_index, ln tail_scale)
  std::optional<double> threshold;                 ///< [h], of a tail
  double log_likelihood = 0.0, aic = 0.0;
  fit::GoodnessOfFit goodness;
  double mean = 0.0;  ///< [h]; infinite where the tail index is 1 or more
  double p99 = 0.0;   ///< [h]

  /// A tail of index 0.5 or more has an infinite variance: no error of a mean can be believed, nor can a mean
  /// that a few events decide.
  bool believable() const;
  double survival(double hours) const;
};

struct DurationFit {
  fit::CensoredSample sample;        ///< [h]
  std::size_t ended = 0;             ///< exact durations
  std::size_t ongoing = 0;           ///< censored at the end of the log
  std::size_t unknown = 0;           ///< events without an end that cannot be ongoing: left out
  std::size_t without_length = 0;    ///< events that end when they start: left out, no law has such
  std::vector<FittedDuration> laws;  ///< by AIC, the best first; may be empty
  /// The best believable law; nothing where the log has too few durations for any.
  std::optional<std::size_t> chosen;
};

/// A tail needs so many exceedances (docs/fit.md), and a body as many.
inline constexpr std::size_t exceedances_for_tail = 30;

/// What is known of the durations, before any law. @throws InvalidInput where an event starts outside of the
/// window.
DurationFit sort_durations(const std::vector<IncidentEvent>& events, const LogWindow& window);

/// The same with every law that the sample can tell. @throws InvalidInput as sort_durations() does.
DurationFit fit_durations(const std::vector<IncidentEvent>& events, const LogWindow& window);

}  // namespace hedgerow::models
