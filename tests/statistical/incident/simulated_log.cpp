#include "tests/statistical/incident/simulated_log.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/quantity.hpp"
#include "engine/fit/law_fit.hpp"
#include "engine/random/gamma.hpp"
#include "engine/random/poisson.hpp"
#include "engine/random/stream.hpp"
#include "models/incident/duration_fit.hpp"
#include "models/incident/rate_fit.hpp"
#include "tests/support/sample_mean.hpp"

namespace hedgerow::test {
namespace {

constexpr std::uint64_t seed = 20260101;
constexpr double quarter = 0.25;  // [h]: nearer than a gap, so that an event stays together

/// Uniforms of one log, one after the other.
class Draws {
 public:
  Draws(const char* purpose, std::uint64_t number)
      : stream_(seed, "simulated log", purpose), number_(number) {}
  double next() { return stream_.uniform(number_, draw_++); }

 private:
  random::Stream stream_;
  std::uint64_t number_;
  std::uint32_t draw_ = 0;
};

/// One event: the first posting lasts as long as it does, the others begin later and end sooner.
void happen(SimulatedLog& log, const LogLaw& law, double start, Draws& draws) {
  const double end = start + random::Lognormal(law.median, law.sigma).quantile(draws.next());
  const std::string place = law.apart ? std::to_string(log.events) : "east";
  const std::uint32_t services = 1 + random::Poisson(law.services - 1.0).quantile(draws.next());
  ++log.events;
  for (std::uint32_t i = 0; i < services; ++i) {
    const double begin = start + (i == 0 ? 0.0 : std::min(quarter, end - start) * draws.next());
    const double finish = i == 0 ? end : begin + (end - begin) * draws.next();
    if (begin >= log.window.end) continue;  // nobody has posted it yet
    log.postings.push_back({begin,
                            finish < log.window.end ? std::optional(finish) : std::nullopt,
                            place,
                            {"service " + std::to_string(i)},
                            0});
  }
}

bool holds(const measure::Interval& interval, double truth) {
  return (!interval.lower || *interval.lower <= truth) && (!interval.upper || truth <= *interval.upper);
}

bool holds(double estimate, double variance, double truth) {
  return holds(measure::normal_interval({estimate, std::sqrt(variance)}), truth);
}

}  // namespace

SimulatedLog simulate(const LogLaw& law, std::uint64_t number) {
  SimulatedLog log{{}, {0.0, law.years * hours_per_year}, 0};
  Draws years("years", number), draws("events", number);
  for (double year = 0.0; year < law.years; year += 1.0) {
    const double length = std::min(1.0, law.years - year);
    const double factor =
        law.variance > 0.0 ? random::Gamma(1.0 / law.variance, law.variance).quantile(years.next()) : 1.0;
    const std::uint32_t count = random::Poisson(law.rate * factor * length).quantile(years.next());
    for (std::uint32_t i = 0; i < count; ++i)
      happen(log, law, hours_per_year * (year + length * draws.next()), draws);
  }
  return log;
}

Coverage cover(const LogLaw& law, std::uint64_t logs) {
  Coverage all;
  SampleMean median_error, sigma_error;
  double durations = 0.0, ongoing = 0.0, events = 0.0, true_events = 0.0, fits = 0.0, dispersions = 0.0;
  for (std::uint64_t number = 0; number < logs; ++number) {
    const SimulatedLog log = simulate(law, number);
    const auto found = models::cluster(log.postings, {.open_end = law.open_end}, log.window.end);
    const models::RateFit rate = models::fit_rate(found, log.window, 1.0, {0.5, 0.5 / law.prior_rate});
    events += static_cast<double>(found.size());
    true_events += static_cast<double>(log.events);
    all.exact_rate += holds(rate.log_interval, law.rate);
    all.posterior_rate += holds(rate.posterior.interval(), law.rate);
    all.called_overdispersed += rate.overdispersed;
    if (rate.negative_binomial) {
      ++dispersions;
      all.variance += holds(rate.negative_binomial->variance_interval, law.variance);
    }
    const models::DurationFit sorted = models::sort_durations(found, log.window);
    durations += static_cast<double>(sorted.sample.size());
    ongoing += static_cast<double>(sorted.ongoing);
    if (sorted.ended < 5) continue;
    const fit::LognormalFit fitted = fit::fit_lognormal(sorted.sample);
    ++fits;
    const double median = std::log(fitted.law.median / law.median),
                 sigma = std::log(fitted.law.sigma / law.sigma);
    all.median += holds(median, fitted.covariance.first, 0.0);
    all.sigma += holds(sigma, fitted.covariance.second, 0.0);
    median_error.add(median);
    sigma_error.add(sigma);
  }
  for (double* share : {&all.exact_rate, &all.posterior_rate, &all.called_overdispersed})
    *share /= static_cast<double>(logs);
  all.variance /= std::max(dispersions, 1.0);
  all.median /= fits;
  all.sigma /= fits;
  all.events_recovered = events / true_events;
  all.censored = ongoing / durations;
  all.mean_log_median_error = median_error.mean();
  all.se_log_median_error = median_error.standard_error();
  all.mean_log_sigma_error = sigma_error.mean();
  all.se_log_sigma_error = sigma_error.standard_error();
  all.logs = logs;
  return all;
}

TailCoverage cover_tail_index(double tail_index, std::uint32_t count, std::uint64_t samples) {
  const random::GeneralizedPareto law(tail_index, 5.0);
  const random::Stream stream(seed, "simulated excesses", "values");
  TailCoverage all;
  for (std::uint64_t number = 0; number < samples; ++number) {
    fit::CensoredSample excesses;
    for (std::uint32_t i = 0; i < count; ++i) excesses.push_back({law.quantile(stream.uniform(number, i))});
    try {
      const fit::GeneralizedParetoFit fitted = fit::fit_generalized_pareto(excesses);
      all.held += holds(fitted.law.tail_index, fitted.covariance.first, tail_index);
      all.fitted += 1.0;
    } catch (const InvalidInput&) {  // no maximum in the range
    }
  }
  all.held /= all.fitted;
  all.fitted /= static_cast<double>(samples);
  return all;
}

}  // namespace hedgerow::test
