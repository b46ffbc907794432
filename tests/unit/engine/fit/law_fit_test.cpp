#include "engine/fit/law_fit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/random/stream.hpp"
#include "tests/unit/engine/fit/likelihood.hpp"

namespace law_fit_test {

using namespace hedgerow;
using namespace hedgerow::fit;

namespace {

/// Draws of a law, each censored at a limit of its own; all exact where `censored` is false.
template <class Law>
CensoredSample draw(const Law& law, std::uint32_t count, bool censored, std::uint64_t path) {
  const random::Stream values(20260101, "fit", "values"), limits(20260101, "fit", "limits");
  CensoredSample sample;
  for (std::uint32_t i = 0; i < count; ++i) {
    const double x = law.quantile(values.uniform(path, i));
    const double limit = censored ? law.quantile(0.3 + 0.7 * limits.uniform(path, i)) : INFINITY;
    sample.push_back({std::min(x, limit), x > limit, limit});
  }
  return sample;
}

/// The fit is where the likelihood by definition is flat, and says how curved it is there.
void check_against(const test::LogLikelihood& f, double a, double b, double log_likelihood,
                   const Covariance& covariance) {
  CHECK(log_likelihood == doctest::Approx(f(a, b)).epsilon(1e-10));
  CHECK(test::steepest_slope(f, a, b) < 2e-4);
  const Covariance expected = test::covariance_by_differences(f, a, b);
  CHECK(covariance.first == doctest::Approx(expected.first).epsilon(1e-4));
  CHECK(covariance.second == doctest::Approx(expected.second).epsilon(1e-4));
  CHECK(covariance.cross == doctest::Approx(expected.cross).epsilon(1e-3).scale(expected.first));
}

}  // namespace

TEST_CASE("fits are maxima of the likelihood by its definition, with its curvature") {
  for (std::uint64_t path = 0; path < 20; ++path) {
    CAPTURE(path);
    const bool censored = path % 2 == 1;
    const std::uint32_t count = 12 + 7 * static_cast<std::uint32_t>(path);
    const double spread = 0.3 + 0.15 * static_cast<double>(path);

    const CensoredSample lognormal = draw(random::Lognormal(2.0, spread), count, censored, path);
    const LognormalFit one = fit_lognormal(lognormal);
    check_against(test::lognormal_likelihood(lognormal), std::log(one.law.median), std::log(one.law.sigma),
                  one.log_likelihood, one.covariance);

    const CensoredSample weibull = draw(random::Weibull(spread, 3.0), count, censored, path);
    const WeibullFit two = fit_weibull(weibull);
    check_against(test::weibull_likelihood(weibull), std::log(two.law.shape), std::log(two.law.scale),
                  two.log_likelihood, two.covariance);

    const CensoredSample pareto =
        draw(random::GeneralizedPareto(0.1 * spread, 4.0), 5 * count, censored, path);
    const GeneralizedParetoFit three = fit_generalized_pareto(pareto);
    check_against(test::generalized_pareto_likelihood(pareto), three.law.tail_index,
                  std::log(three.law.scale), three.log_likelihood, three.covariance);
  }
}

TEST_CASE("laws are found again in large samples, censored ones too") {
  for (const bool censored : {false, true}) {
    CAPTURE(censored);
    const LognormalFit one = fit_lognormal(draw(random::Lognormal(2.0, 1.2), 4000, censored, 1));
    CHECK(std::abs(std::log(one.law.median / 2.0)) < 4.0 * std::sqrt(one.covariance.first));
    CHECK(std::abs(std::log(one.law.sigma / 1.2)) < 4.0 * std::sqrt(one.covariance.second));
    CHECK(std::sqrt(one.covariance.first) < 0.03);
    const WeibullFit two = fit_weibull(draw(random::Weibull(0.7, 3.0), 4000, censored, 2));
    CHECK(std::abs(std::log(two.law.shape / 0.7)) < 4.0 * std::sqrt(two.covariance.first));
    CHECK(std::abs(std::log(two.law.scale / 3.0)) < 4.0 * std::sqrt(two.covariance.second));
    CHECK(std::sqrt(two.covariance.second) < 0.04);
    const WeibullFit three = fit_exponential(draw(random::Weibull(1.0, 3.0), 4000, censored, 3));
    CHECK(std::abs(std::log(three.law.scale / 3.0)) < 4.0 * std::sqrt(three.covariance.second));
    for (const double xi : {-0.3, 0.0, 0.3, 0.9}) {
      const GeneralizedParetoFit four =
          fit_generalized_pareto(draw(random::GeneralizedPareto(xi, 4.0), 4000, censored, 4));
      CHECK(std::abs(four.law.tail_index - xi) < 4.0 * std::sqrt(four.covariance.first));
      CHECK(std::sqrt(four.covariance.first) < 0.06);
    }
  }
}

TEST_CASE("the exponential law in closed form") {
  const CensoredSample sample{{1.0}, {2.0}, {6.0}, {3.0, true}};
  const WeibullFit fit = fit_exponential(sample);
  CHECK(fit.law.shape == 1.0);
  CHECK(fit.law.scale == doctest::Approx(4.0));
  CHECK(fit.log_likelihood == doctest::Approx(-3.0 * std::log(4.0) - 3.0));
  CHECK(fit.covariance.second == doctest::Approx(1.0 / 3.0));
  CHECK(fit.aic() == doctest::Approx(2.0 + 6.0 * std::log(4.0) + 6.0));
}

TEST_CASE("a scale of the values is a scale of the law and nothing else") {
  const CensoredSample sample = draw(random::Lognormal(2.0, 1.0), 40, true, 5);
  CensoredSample scaled = sample;
  for (CensoredValue& x : scaled) x.value *= 1e6;
  CHECK(fit_lognormal(scaled).law.median ==
        doctest::Approx(1e6 * fit_lognormal(sample).law.median).epsilon(1e-9));
  CHECK(fit_lognormal(scaled).law.sigma == doctest::Approx(fit_lognormal(sample).law.sigma).epsilon(1e-9));
  CHECK(fit_weibull(scaled).law.shape == doctest::Approx(fit_weibull(sample).law.shape).epsilon(1e-9));
  CHECK(fit_generalized_pareto(scaled).law.tail_index ==
        doctest::Approx(fit_generalized_pareto(sample).law.tail_index).epsilon(1e-5));
}

TEST_CASE("a spliced law: its likelihood is that of its density") {
  const CensoredSample sample = draw(random::Lognormal(2.0, 1.2), 1000, true, 6);
  const double threshold = 6.0;
  const auto fit = fit_spliced_lognormal(sample, threshold);
  CHECK(fit.law.threshold() == doctest::Approx(threshold).epsilon(1e-10));
  const double log_likelihood = test::sum_over(
      sample,
      [&](double x) {
        const double h = 1e-6 * x;  // no value lies so near to the threshold
        return (fit.law.survival(x - h) - fit.law.survival(x + h)) / (2.0 * h);
      },
      [&](double x) { return fit.law.survival(x); });
  CHECK(fit.log_likelihood() == doctest::Approx(log_likelihood).epsilon(1e-7));
  CHECK(fit.aic() == doctest::Approx(8.0 - 2.0 * log_likelihood).epsilon(1e-7));
  const auto other = fit_spliced_weibull(sample, threshold);
  CHECK(other.tail.law.tail_index == fit.tail.law.tail_index);
  CHECK(other.law.survival(threshold) == doctest::Approx(other.body.law.survival(threshold)));
}

TEST_CASE("samples that cannot tell a law are refused") {
  const CensoredSample none, one{{2.0}}, same{{2.0}, {2.0}, {2.0}}, open{{2.0, true}, {3.0, true}};
  for (const CensoredSample& sample : {none, one, same, open}) {
    CHECK_THROWS_AS(fit_lognormal(sample), InvalidInput);
    CHECK_THROWS_AS(fit_weibull(sample), InvalidInput);
    CHECK_THROWS_AS(fit_generalized_pareto(sample), InvalidInput);
  }
  CHECK_THROWS_AS(fit_exponential(open), InvalidInput);
  CHECK_NOTHROW(fit_exponential(one));
  for (const double bad : {0.0, -1.0, double(INFINITY), double(NAN)})
    CHECK_THROWS_AS(fit_exponential({{bad}, {1.0}}), InvalidInput);
  CHECK_THROWS_AS(fit_generalized_pareto({{1.0}, {1.1}, {1.2}, {1.25}}), InvalidInput);  // bounded: xi < -0.5
}

}  // namespace law_fit_test
