#include <doctest/doctest.h>

#include <cmath>

#include "engine/fit/counts.hpp"
#include "engine/fit/goodness_of_fit.hpp"
#include "engine/fit/law_fit.hpp"
#include "engine/fit/rate_posterior.hpp"

namespace known_numbers_test {

using namespace hedgerow;
using namespace hedgerow::fit;

// Numbers of this file with ten digits were computed by other programs (docs/oracles.md, O30 and O31).

CensoredSample exact(std::initializer_list<double> values) {
  CensoredSample sample;
  for (const double x : values) sample.push_back({x});
  return sample;
}

const CensoredSample durations = [] {
  CensoredSample sample = exact({0.5, 1, 1.5, 2, 3, 4, 6, 9});
  sample.push_back({12, true});
  sample.push_back({12, true});
  return sample;
}();

TEST_CASE("O30: a Gamma prior and Poisson counts") {
  const RatePosterior posterior = RatePosterior(2.0, 0.5).updated(7.0, 3.0);
  CHECK(posterior.events == 9.0);
  CHECK(posterior.exposure == 3.5);
  CHECK(posterior.mean() == doctest::Approx(2.5714285714).epsilon(1e-10));
  CHECK(posterior.sd() == doctest::Approx(0.8571428571).epsilon(1e-10));
  CHECK(*posterior.interval().lower == doctest::Approx(1.1758208850).epsilon(1e-9));
  CHECK(*posterior.interval().upper == doctest::Approx(4.5037683486).epsilon(1e-9));
  CHECK(1.0 - posterior.predictive_at_least(1, 1.0) == doctest::Approx(0.1041597131).epsilon(1e-9));
  CHECK(posterior.predictive_variance(1.0) == doctest::Approx(3.3061224490).epsilon(1e-10));
  CHECK(posterior.predictive_at_least(6, 1.0) == doctest::Approx(0.0690715716).epsilon(1e-8));
}

TEST_CASE("O31: a lognormal law with and without its censored values") {
  const LognormalFit fit = fit_lognormal(durations);
  CHECK(std::log(fit.law.median) == doctest::Approx(1.3183924957).epsilon(1e-8));
  CHECK(fit.law.sigma == doctest::Approx(1.2418069993).epsilon(1e-8));
  const LognormalFit dropped = fit_lognormal(exact({0.5, 1, 1.5, 2, 3, 4, 6, 9}));
  CHECK(std::log(dropped.law.median) == doctest::Approx(0.8599194756).epsilon(1e-9));
  CHECK(dropped.law.sigma == doctest::Approx(0.8927888049).epsilon(1e-9));
}

TEST_CASE("O31: a generalized Pareto law") {
  const GeneralizedParetoFit fit =
      fit_generalized_pareto(exact({0.3, 0.8, 1.1, 1.9, 2.4, 3.6, 5.2, 7.7, 12.5, 30}));
  CHECK(fit.law.tail_index == doctest::Approx(0.4145427).epsilon(1e-6));
  CHECK(fit.law.scale == doctest::Approx(4.0734565).epsilon(1e-6));
  CHECK(-fit.log_likelihood == doctest::Approx(28.1903461).epsilon(1e-8));
}

TEST_CASE("O31: a negative binomial law") {
  std::vector<Count> counts;
  for (const double n : {1, 0, 3, 2, 7, 1, 4, 0, 2, 5}) counts.push_back({n, 1.0});
  const NegativeBinomialFit fit = fit_negative_binomial(counts);
  CHECK(fit.rate == doctest::Approx(2.5).epsilon(1e-9));
  CHECK(fit.variance == doctest::Approx(0.4248295).epsilon(1e-6));
  CHECK(-fit.log_likelihood == doctest::Approx(20.4482488).epsilon(1e-8));
}

}  // namespace known_numbers_test
