#pragma once
// What `hedgerow fit` asks of an incident log and what it answers.

#include <optional>
#include <string>
#include <vector>

#include "apps/import/incident_log.hpp"
#include "models/incident/cluster.hpp"
#include "models/incident/duration_fit.hpp"
#include "models/incident/rate_fit.hpp"

namespace hedgerow::fitting {

/// What a prior of a rate is worth: so many events, seen at so high a rate.
struct Prior {
  double events = 0.5;  ///< > 0
  double rate = 3.0;    ///< [1/yr], > 0; 3/yr is a guess for a region

  fit::RatePosterior law() const { return {events, events / rate}; }
};

struct Question {
  std::string file;     ///< as the user named it
  std::string command;  ///< that asks it, to be run again
  intake::IncidentReading reading;
  models::ClusterRule cluster;
  std::optional<double> from, until;  ///< [h since 1970]; nothing: the first and the last time in the log
  std::optional<double>
      applies;  ///< share of events that hit a workload like the buyer's; nothing: all, assumed
  Prior prior;
};

/// Something in the data or the fit that a reader should not believe, or should know before believing the
/// rest.
struct Doubt {
  std::string code;  ///< few_events, rate_changed, infinite_variance, ...: docs/user-guide.md lists them
  std::string text;
};

struct Answer {
  Question question;
  intake::IncidentLog log;
  models::LogWindow window{};
  std::size_t events_outside = 0;  ///< of the window
  models::RateFit rate;
  models::DurationFit durations;
  std::vector<Doubt> doubts;

  const models::FittedDuration* chosen() const {
    return durations.chosen ? &durations.laws[*durations.chosen] : nullptr;
  }
};

/// Throws InvalidInput where the window is empty or no posting passes the filter, with what the log has
/// instead.
Answer answer(Question question, intake::IncidentLog log);

/// What there is to doubt about an answer, the gravest first.
std::vector<Doubt> doubts_about(const Answer& answer);

}  // namespace hedgerow::fitting
