#include "engine/fit/goodness_of_fit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "engine/fit/law_fit.hpp"

namespace goodness_of_fit_test {

using namespace hedgerow;
using namespace hedgerow::fit;

TEST_CASE("the survival curve of a textbook: remission of leukaemia (Freireich et al. 1963)") {
  CensoredSample sample;
  for (const double x : {6, 6, 6, 7, 10, 13, 16, 22, 23}) sample.push_back({x});
  for (const double x : {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}) sample.push_back({x, true});
  const auto curve = survival_curve(sample);
  const double values[] = {6, 7, 10, 13, 16, 22, 23};
  const double shares[] = {0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448};
  REQUIRE(curve.size() == 7);
  for (std::size_t i = 0; i < 7; ++i) {
    CHECK(curve[i].value == values[i]);
    CHECK(curve[i].after == doctest::Approx(shares[i]).epsilon(1e-3));
    CHECK(curve[i].before == (i == 0 ? 1.0 : curve[i - 1].after));
  }
  // Standard error 0.0764 of the first (Lawless, table 3.2.1) through the log-log transform.
  const double spread = 1.959964 * 0.0764 / (0.857143 * -std::log(0.857143));
  CHECK(*curve[0].interval.lower == doctest::Approx(std::pow(0.857143, std::exp(spread))).epsilon(1e-3));
  CHECK(*curve[0].interval.upper == doctest::Approx(std::pow(0.857143, std::exp(-spread))).epsilon(1e-3));
}

TEST_CASE("without censoring the curve counts, and its distance to a law is Kolmogorov's") {
  const CensoredSample sample{{4.0}, {1.0}, {2.0}, {2.0}, {3.0}};
  const auto curve = survival_curve(sample);
  REQUIRE(curve.size() == 4);
  CHECK(curve[1].before == doctest::Approx(0.8));
  CHECK(curve[1].after == doctest::Approx(0.4));
  CHECK(curve[3].after == 0.0);
  CHECK_FALSE(curve[3].interval.lower);
  const random::Weibull law(1.0, 2.0);
  double distance = 0.0;  // of the empirical distribution, on both sides of each value
  const double below[] = {0.0, 0.2, 0.6, 0.8}, above[] = {0.2, 0.6, 0.8, 1.0}, at[] = {1, 2, 3, 4};
  for (int i = 0; i < 4; ++i)
    distance = std::max({distance, std::abs(law.cdf(at[i]) - below[i]), std::abs(law.cdf(at[i]) - above[i])});
  CHECK(distance_to(law, curve) == doctest::Approx(distance));
}

TEST_CASE("Kolmogorov's test at the critical values of its tables") {
  CHECK(kolmogorov_p_value(0.40925, 10) == doctest::Approx(0.05).epsilon(0.05));
  CHECK(kolmogorov_p_value(0.29408, 20) == doctest::Approx(0.05).epsilon(0.05));
  CHECK(kolmogorov_p_value(0.48893, 10) == doctest::Approx(0.01).epsilon(0.1));
  CHECK(kolmogorov_p_value(1.3581 / 100.0, 10000) == doctest::Approx(0.05).epsilon(0.01));
  CHECK(kolmogorov_p_value(0.01, 10) == 1.0);
}

TEST_CASE("mean excesses") {
  CensoredSample sample;
  for (int i = 1; i <= 8; ++i) sample.push_back({static_cast<double>(i)});
  const auto excesses = mean_excesses(sample, 5);
  REQUIRE(excesses.size() == 3);
  CHECK(excesses[0].threshold == 1.0);
  CHECK(excesses[0].mean == doctest::Approx(4.0));
  CHECK(excesses[2].count == 5);
  CHECK(excesses[2].mean == doctest::Approx(3.0));
}

TEST_CASE("a law that a sample comes from is seldom called wrong, another often") {
  const random::Stream stream(20260101, "goodness", "values");
  int right_refused = 0, wrong_refused = 0;
  constexpr int samples = 60;
  for (std::uint64_t path = 0; path < samples; ++path) {
    CensoredSample sample;
    for (std::uint32_t i = 0; i < 100; ++i) {
      const double x = random::Lognormal(2.0, 1.2).quantile(stream.uniform(path, i));
      sample.push_back({std::min(x, 8.0), x > 8.0, 8.0});
    }
    right_refused += *goodness_of_fit(sample, fit_lognormal, path, 49).p_value < 0.1;
    wrong_refused += *goodness_of_fit(sample, fit_exponential, path, 49).p_value < 0.1;
  }
  // Of size 0.1: 6 of 60 are expected, with a standard deviation of 2.3.
  CHECK(right_refused >= 1);
  CHECK(right_refused <= 15);
  CHECK(wrong_refused >= 22);
}

}  // namespace goodness_of_fit_test
