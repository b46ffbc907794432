#include "engine/fit/counts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/math/distributions/negative_binomial.hpp>
#include <cmath>

#include "engine/base/check.hpp"
#include "engine/fit/rate_posterior.hpp"

namespace counts_test {

using namespace hedgerow;
using namespace hedgerow::fit;

namespace {

/// By a negative binomial law that is not ours.
double log_likelihood(const std::vector<Count>& counts, double rate, double variance) {
  double sum = 0.0;
  for (const Count& c : counts) {
    const boost::math::negative_binomial law(1.0 / variance, 1.0 / (1.0 + variance * rate * c.exposure));
    sum += std::log(pdf(law, c.events));
  }
  return sum;
}

const std::vector<Count> uneven{{1, 0.5}, {24, 1.0}, {2, 1.0}, {9, 1.0}, {45, 2.0}, {1, 0.25}};

}  // namespace

TEST_CASE("the negative binomial fit is a maximum of the likelihood by its definition") {
  const NegativeBinomialFit fit = fit_negative_binomial(uneven);
  CHECK(fit.log_likelihood == doctest::Approx(log_likelihood(uneven, fit.rate, fit.variance)).epsilon(1e-10));
  for (const double step : {0.99, 1.01}) {
    CHECK(log_likelihood(uneven, fit.rate * step, fit.variance) < fit.log_likelihood);
    CHECK(log_likelihood(uneven, fit.rate, fit.variance * step) < fit.log_likelihood);
  }
  CHECK(fit.aic() < fit_poisson(uneven).aic());
}

TEST_CASE("the interval of the variance ends where the best likelihood has fallen by 1.92") {
  const NegativeBinomialFit fit = fit_negative_binomial(uneven);
  const auto profile = [&](double variance) {
    double best = -INFINITY;
    for (double rate = 3.0; rate < 30.0; rate *= 1.0005)
      best = std::max(best, log_likelihood(uneven, rate, variance));
    return best;
  };
  REQUIRE(*fit.variance_interval.lower > 0.0);
  CHECK(profile(*fit.variance_interval.lower) ==
        doctest::Approx(fit.log_likelihood - 1.9207294).epsilon(1e-5));
  CHECK(profile(*fit.variance_interval.upper) ==
        doctest::Approx(fit.log_likelihood - 1.9207294).epsilon(1e-5));
}

TEST_CASE("counts that vary less than by chance are Poisson") {
  const std::vector<Count> even{{5, 1}, {5, 1}, {6, 1}, {5, 1}, {5, 1}};
  const NegativeBinomialFit fit = fit_negative_binomial(even);
  CHECK(fit.variance == 0.0);
  CHECK(fit.rate == doctest::Approx(5.2));
  CHECK(fit.log_likelihood == fit_poisson(even).log_likelihood);
  CHECK(fit.aic() == doctest::Approx(fit_poisson(even).aic() + 2.0));
  CHECK(*fit.variance_interval.lower == 0.0);
  CHECK(*fit.variance_interval.upper > 0.0);
  CHECK(fit.rate_standard_error == doctest::Approx(std::sqrt(5.2 / 5.0)));
}

TEST_CASE("Poisson in closed form") {
  const PoissonFit fit = fit_poisson({{3, 2.0}, {0, 1.0}});
  CHECK(fit.rate == 1.0);
  CHECK(fit.log_likelihood == doctest::Approx(3.0 * std::log(2.0) - 3.0 - std::log(6.0)));
  CHECK(fit_poisson({{0, 2.0}}).log_likelihood == 0.0);
}

TEST_CASE("exact intervals of a rate: Garwood's, and none without an event") {
  CHECK(*poisson_rate_interval(21, 6).lower == doctest::Approx(2.166555).epsilon(1e-6));
  CHECK(*poisson_rate_interval(21, 6).upper == doctest::Approx(5.350122).epsilon(1e-6));
  CHECK(*poisson_rate_interval(10, 1).lower == doctest::Approx(4.795389).epsilon(1e-6));
  CHECK(*poisson_rate_interval(10, 1).upper == doctest::Approx(18.390356).epsilon(1e-6));
  CHECK(*poisson_rate_interval(0, 1).lower == 0.0);
  CHECK(*poisson_rate_interval(0, 1).upper == doctest::Approx(-std::log(0.025)));
}

TEST_CASE("a posterior predicts a negative binomial count") {
  const RatePosterior posterior(9.0, 3.5);
  const boost::math::negative_binomial law(9.0, 3.5 / 5.5);
  for (unsigned count = 1; count < 30; ++count)
    CHECK(posterior.predictive_at_least(count, 2.0) ==
          doctest::Approx(cdf(complement(law, count - 1.0))).epsilon(1e-10));
  CHECK(posterior.predictive_at_least(0, 2.0) == 1.0);
  CHECK(posterior.predictive_variance(2.0) == doctest::Approx(variance(law)));
}

TEST_CASE("what is no count is refused") {
  CHECK_THROWS_AS(fit_poisson({}), InvalidInput);
  CHECK_THROWS_AS(fit_poisson({{-1, 1}}), InvalidInput);
  CHECK_THROWS_AS(fit_poisson({{1, 0}}), InvalidInput);
  CHECK_THROWS_AS(fit_negative_binomial({{1, 1}}), InvalidInput);
  CHECK_THROWS_AS(fit_negative_binomial({{0, 1}, {0, 1}}), InvalidInput);
  CHECK_THROWS_AS(RatePosterior(0.0, 1.0), InvalidInput);
  CHECK_THROWS_AS(RatePosterior(1.0, 1.0).updated(-1.0, 1.0), InvalidInput);
  CHECK_THROWS_AS(poisson_rate_interval(1, 0), InvalidInput);
}

}  // namespace counts_test
