#pragma once
// Incident logs whose truth is known: how often what `hedgerow fit` makes of them holds it.

#include <cstdint>
#include <vector>

#include "models/incident/cluster.hpp"

namespace hedgerow::test {

/// How a log comes about.
struct LogLaw {
  double rate = 7.0;  ///< events per year
  double years = 6.0;
  double variance = 0.0;  ///< of the yearly factor on the rate, which is gamma with mean 1
  double median = 4.0;    ///< of the duration, lognormal [h]
  double sigma = 1.0;
  double services = 3.0;    ///< mean number of postings of an event, which begin within a quarter of an hour
  bool apart = false;       ///< every event has a place of its own, so that they cannot run together
  double prior_rate = 3.0;  ///< [1/yr], worth half an event
  models::OpenEnd open_end = models::OpenEnd::automatic;
};

struct SimulatedLog {
  std::vector<models::Posting> postings;
  models::LogWindow window;
  std::size_t events = 0;  ///< that there truly were
};

/// Log number `number`: events at Poisson times, each posted by several services, the first of which lasts as
/// long as the event; what ends after the log has no end in it.
SimulatedLog simulate(const LogLaw& law, std::uint64_t number);

/// How often intervals at 95 % held the truth, and where estimates were on average.
struct Coverage {
  double exact_rate = 0.0, posterior_rate = 0.0, median = 0.0, sigma = 0.0, variance = 0.0;  ///< shares
  double called_overdispersed = 0.0;  ///< share of logs
  double events_recovered = 0.0;      ///< events that the postings made, as a share of those that there were
  double mean_log_median_error = 0.0, se_log_median_error = 0.0;
  double mean_log_sigma_error = 0.0, se_log_sigma_error = 0.0;
  double censored = 0.0;  ///< share of the durations
  std::uint64_t logs = 0;
};
Coverage cover(const LogLaw& law, std::uint64_t logs);

/// The same for the tail index of samples of `count` excesses.
struct TailCoverage {
  double held = 0.0;    ///< share of the fits whose interval holds the truth
  double fitted = 0.0;  ///< share of the samples whose likelihood has a maximum
};
TailCoverage cover_tail_index(double tail_index, std::uint32_t count, std::uint64_t samples);

}  // namespace hedgerow::test
