// What `hedgerow fit` makes of simulated logs holds their truth about as often as it says. docs/coverage.md
// has the larger study.

#include <doctest/doctest.h>

#include <cmath>

#include "tests/statistical/incident/simulated_log.hpp"

namespace incident_coverage_test {

using namespace hedgerow::test;

namespace {

constexpr std::uint64_t logs = 600;

/// Within four standard errors of what the study of 4000 logs found.
void check_share(double share, double studied) {
  const double error = std::sqrt(studied * (1.0 - studied) / static_cast<double>(logs));
  CHECK(std::abs(share - studied) <= 4.0 * error);
  CHECK(error < 0.015);
}

}  // namespace

TEST_CASE("a steady log of clustered postings: parameters are found again, intervals are honest") {
  const LogLaw law{.rate = 7.0};
  const Coverage c = cover(law, logs);
  CHECK(c.events_recovered == doctest::Approx(1.0).epsilon(0.02));
  check_share(c.exact_rate, 0.956);
  check_share(c.posterior_rate, 0.952);
  check_share(c.median, 0.942);
  check_share(c.sigma, 0.942);
  CHECK(std::abs(c.mean_log_median_error) < 4.0 * c.se_log_median_error + 0.01);
  CHECK(c.se_log_median_error < 0.01);
}

TEST_CASE("logs with a quarter of their events going on: the fit knows that they last longer") {
  LogLaw law{.rate = 400.0, .years = 0.1, .median = 150.0, .apart = true, .prior_rate = 400.0};
  law.open_end = hedgerow::models::OpenEnd::ongoing;
  const Coverage c = cover(law, logs);
  CHECK(c.censored > 0.2);
  CHECK(std::abs(c.mean_log_median_error) < 4.0 * c.se_log_median_error);
  CHECK(c.se_log_median_error < 0.01);
  check_share(c.median, 0.945);
  check_share(c.sigma, 0.939);
  // Dropping them makes durations seem shorter by a quarter and more.
  law.open_end = hedgerow::models::OpenEnd::unknown;
  CHECK(cover(law, logs / 3).mean_log_median_error < -0.3);
}

TEST_CASE("years that differ are called so, and the interval of the rate is wider than Poisson's") {
  const Coverage c = cover({.rate = 25.0, .variance = 0.5}, logs);
  CHECK(c.called_overdispersed > 0.9);
  CHECK(c.posterior_rate > c.exact_rate + 0.2);
  check_share(c.variance, 0.901);
}

}  // namespace incident_coverage_test
