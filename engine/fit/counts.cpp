#include "engine/fit/counts.hpp"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <limits>

#include "engine/base/check.hpp"
#include "engine/fit/root.hpp"
#include "engine/measure/estimate.hpp"

namespace hedgerow::fit {
namespace {

// Variances of the factor that are sought. Below the first the law is Poisson to all that counts can tell.
constexpr double least_variance = 1e-8, greatest_variance = 1e4;

struct Totals {
  double events = 0.0, exposure = 0.0;
};

Totals totals_of(const std::vector<Count>& counts) {
  validate(!counts.empty(), "a rate needs at least one period");
  Totals totals;
  for (const Count& c : counts) {
    validate(c.events >= 0.0 && std::isfinite(c.events), "a count must not be negative");
    validate(c.exposure > 0.0 && std::isfinite(c.exposure), "a period must last longer than 0");
    totals.events += c.events;
    totals.exposure += c.exposure;
  }
  return totals;
}

double log_factorial(double n) { return boost::math::lgamma(n + 1.0); }

/// ln P(count) of a negative binomial law of the given mean, in a form that is exact as the variance falls to
/// 0.
double log_probability(double count, double mean, double variance) {
  const double shape = 1.0 / variance;
  // ln Gamma(shape + n) - ln Gamma(shape) - n ln(shape): term by term, for the difference cancels.
  double rising = 0.0;
  for (double j = 0.0; j < count; ++j) rising += std::log1p(j * variance);
  return rising - log_factorial(count) + count * std::log(mean) -
         (shape + count) * std::log1p(variance * mean);
}

class VarianceProfile {
 public:
  explicit VarianceProfile(const std::vector<Count>& counts) : counts_(counts), totals_(totals_of(counts)) {}

  /// The rate that is most likely at given variance: where the events are what they should be, each period
  /// weighted by how much it tells.
  double rate(double variance) const {
    const auto surplus = [&](double log_rate) {
      double sum = 0.0;
      for (const Count& c : counts_) {
        const double mean = std::exp(log_rate) * c.exposure;
        sum += (c.events - mean) / (1.0 + variance * mean);
      }
      return sum;
    };
    const double centre = std::log(totals_.events / totals_.exposure);
    double reach = 1.0;
    while (surplus(centre - reach) < 0.0 || surplus(centre + reach) > 0.0) reach *= 2.0;
    return std::exp(zero_between(surplus, centre - reach, centre + reach, "the counts have no rate"));
  }
  double log_likelihood(double variance) const { return log_likelihood(variance, rate(variance)); }
  double log_likelihood(double variance, double rate) const {
    double sum = 0.0;
    for (const Count& c : counts_) sum += log_probability(c.events, rate * c.exposure, variance);
    return sum;
  }
  /// Where the log-likelihood has fallen to `level` between two logarithms of the variance.
  double crossing(double level, double from, double to) const {
    return std::exp(zero_between([&](double v) { return log_likelihood(std::exp(v)) - level; }, from, to,
                                 "the likelihood does not fall so far"));
  }

 private:
  const std::vector<Count>& counts_;
  Totals totals_;
};

measure::Interval variance_interval(const VarianceProfile& profile, double best, double highest,
                                    double confidence) {
  const double level = highest - 0.5 * std::pow(measure::two_sided_normal(confidence), 2);
  measure::Interval interval{0.0, std::nullopt};
  if (profile.log_likelihood(least_variance) < level)
    interval.lower = profile.crossing(level, std::log(least_variance), std::log(best));
  if (profile.log_likelihood(greatest_variance) < level)
    interval.upper =
        profile.crossing(level, std::log(std::max(best, least_variance)), std::log(greatest_variance));
  return interval;
}

double rate_standard_error(const std::vector<Count>& counts, double rate, double variance) {
  double sum = 0.0, exposure = 0.0;
  for (const Count& c : counts) {
    sum += rate * c.exposure * (1.0 + variance * rate * c.exposure);
    exposure += c.exposure;
  }
  return std::sqrt(sum) / exposure;
}

}  // namespace

PoissonFit fit_poisson(const std::vector<Count>& counts) {
  const Totals totals = totals_of(counts);
  PoissonFit fit{totals.events / totals.exposure, 0.0};
  for (const Count& c : counts) {
    const double mean = fit.rate * c.exposure;
    fit.log_likelihood += (c.events > 0.0 ? c.events * std::log(mean) : 0.0) - mean - log_factorial(c.events);
  }
  return fit;
}

NegativeBinomialFit fit_negative_binomial(const std::vector<Count>& counts, double confidence) {
  validate(counts.size() >= 2 && totals_of(counts).events > 0.0,
           "a negative binomial law needs two periods and an event");
  const VarianceProfile profile(counts);
  const auto minus = [&](double log_variance) { return -profile.log_likelihood(std::exp(log_variance)); };
  const double log_variance =
      boost::math::tools::brent_find_minima(minus, std::log(least_variance), std::log(greatest_variance),
                                            std::numeric_limits<double>::digits)
          .first;
  const PoissonFit poisson = fit_poisson(counts);
  NegativeBinomialFit fit{poisson.rate, 0.0, {}, 0.0, poisson.log_likelihood};
  const double variance = std::exp(log_variance), likelihood = profile.log_likelihood(variance);
  if (variance > 10.0 * least_variance && likelihood > poisson.log_likelihood) {
    fit.variance = variance;
    fit.rate = profile.rate(variance);
    fit.log_likelihood = likelihood;
  }
  fit.variance_interval = variance_interval(profile, fit.variance, fit.log_likelihood, confidence);
  fit.rate_standard_error = rate_standard_error(counts, fit.rate, fit.variance);
  return fit;
}

}  // namespace hedgerow::fit
