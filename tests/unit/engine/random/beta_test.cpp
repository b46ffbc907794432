#include "engine/random/beta.hpp"

#include <doctest/doctest.h>

#include "tests/support/numbers.hpp"

namespace beta_test {

using namespace hedgerow::random;
using hedgerow::InvalidInput;
using hedgerow::test::relative_error;

namespace {

struct Known {
  double mean, concentration, u, log_x;
};

// mpmath 1.3 in 50 digits: bisection of the regularized incomplete beta function in ln x.
constexpr Known known_log_quantiles[] = {{0.4, 3.0, 0x1p-53, -31.170070130300637778},
                                         {0.4, 3.0, 0.0625, -2.8450608282879830807},
                                         {0.4, 3.0, 0.5, -0.97980521404001083967},
                                         {0.4, 3.0, 1 - 0x1p-10, -0.018579933223750612641},
                                         {0.4, 3.0, 1 - 0x1p-53, -1.183501571109664346e-9},
                                         {0.02, 3.0, 0x1p-53, -613.7201064820114377},
                                         {0.02, 3.0, 0.0625, -47.64990902472278013},
                                         {0.02, 3.0, 0.5, -12.992545828946147569},
                                         {0.02, 3.0, 1 - 0x1p-10, -0.38014130760295910728},
                                         {0.02, 3.0, 1 - 0x1p-53, -0.000013658504897479900852},
                                         {0.5, 1.0, 0x1p-53, -72.570435728775293069},
                                         {0.5, 1.0, 0.0625, -4.6452258285659423922},
                                         {0.5, 1.0, 0.5, -0.69314718055994530942},
                                         {0.5, 1.0, 1 - 0x1p-10, -2.3530979804471254586e-6},
                                         {0.5, 1.0, 1 - 0x1p-53, -3.0413066648502474661e-32},
                                         {0.9, 50.0, 0x1p-53, -1.0517502460272390492},
                                         {0.9, 50.0, 0.0625, -0.18721650898717211255},
                                         {0.9, 50.0, 0.5, -0.099461165175523234592},
                                         {0.9, 50.0, 1 - 0x1p-10, -0.015654649863553492096},
                                         {0.9, 50.0, 1 - 0x1p-53, -0.000035738701624768894932}};

}  // namespace

TEST_CASE("the log quantile of a beta variable has the values found in 50 digits") {
  for (const Known& known : known_log_quantiles) {
    CAPTURE(known.mean);
    CAPTURE(known.u);
    CHECK(relative_error(Beta(known.mean, known.concentration).log_quantile(known.u), known.log_x) < 1e-12);
  }
}

TEST_CASE("beta laws with elementary cdfs: uniform, power and mirrored power") {
  for (double u : {1e-12, 0.01, 0.3, 0.5, 0.99}) {
    CHECK(relative_error(Beta(0.5, 2.0).quantile(u), u) < 1e-14);
    CHECK(relative_error(Beta(2.0 / 3.0, 3.0).quantile(u), std::sqrt(u)) < 1e-14);
    CHECK(relative_error(Beta(1.0 / 3.0, 3.0).quantile(u), -std::expm1(0.5 * std::log1p(-u))) < 1e-14);
    CHECK(relative_error(Beta(2.0 / 3.0, 3.0).cdf(std::sqrt(u)), u) < 1e-14);
  }
}

TEST_CASE("the beta quantile inverts the cdf and rises, in steps of mean and concentration") {
  for (double mean : {0.05, 0.4, 0.8})
    for (double concentration : {0.3, 3.0, 40.0, 1e5}) {
      const Beta law(mean, concentration);
      CAPTURE(mean);
      CAPTURE(concentration);
      double last = -INFINITY;
      for (double u : {1e-9, 0.01, 0.1, 0.2, 0.5, 0.9}) {
        CHECK(law.log_quantile(u) > last);
        last = law.log_quantile(u);
        const double x = law.quantile(u);
        if (x > 1e-300 && x < 0.999) CHECK(relative_error(law.cdf(x), u) < 1e-11);
        if (x > 1e-300 && x < 0.999) CHECK(relative_error(law.survival(x), 1.0 - u) < 1e-11);
      }
    }
}

TEST_CASE("the beta density in ln x is the slope of the cdf") {
  for (double u : {0.1, 0.5, 0.95}) {
    const Beta law(0.4, 3.0);
    const double h = 1e-5, log_x = law.log_quantile(u);
    const double slope = (law.cdf(std::exp(log_x + h)) - law.cdf(std::exp(log_x - h))) / (2.0 * h);
    CHECK(relative_error(std::exp(law.log_density_of_log(log_x)), slope) < 1e-7);
  }
}

TEST_CASE("the beta law keeps to [0, 1] and refuses bad parameters") {
  CHECK(Beta(0.4, 3.0).mean() == 0.4);
  CHECK(Beta(0.4, 3.0).variance() == doctest::Approx(0.06).epsilon(1e-15));
  CHECK(Beta(0.4, 3.0).cdf(0.0) == 0.0);
  CHECK(Beta(0.4, 3.0).cdf(1.0) == 1.0);
  CHECK(Beta(0.4, 3.0).survival(1.0) == 0.0);
  CHECK_THROWS_AS(Beta(0.0, 3.0), InvalidInput);
  CHECK_THROWS_AS(Beta(1.0, 3.0), InvalidInput);
  CHECK_THROWS_AS(Beta(0.4, 0.0), InvalidInput);
  CHECK_THROWS_AS(Beta(0.4, 0.02), InvalidInput);
  CHECK_THROWS_AS(Beta(0.4, INFINITY), InvalidInput);
}

}  // namespace beta_test
