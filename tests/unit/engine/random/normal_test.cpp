#include "engine/random/normal.hpp"

#include <doctest/doctest.h>

#include <boost/math/distributions/normal.hpp>

#include "tests/support/numbers.hpp"

namespace normal_test {

using namespace hedgerow::random;
using hedgerow::test::relative_error;

namespace {

// Boost inverts erfc by other rational approximations.
double boost_quantile(double u) {
  const boost::math::normal_distribution<double> law;
  return u <= 0.5 ? boost::math::quantile(law, u) : boost::math::quantile(complement(law, 1.0 - u));
}

struct Known {
  double u, z;
};

}  // namespace

TEST_CASE("the normal quantile has the values found in 50 digits") {
  // mpmath 1.3, bisection of ncdf.
  for (const Known& known : {Known{0x1p-53, -8.2095361516013868556}, Known{0x1p-20, -4.763001034267813957},
                             Known{0.0625, -1.5341205443525463117}, Known{0.07, -1.4757910281791706856},
                             Known{0.3, -0.52440051270804081597}, Known{1.0 - 0x1p-10, 3.0972690781987844624},
                             Known{1.0 - 0x1p-53, 8.2095361516013868556}})
    CHECK(relative_error(normal_quantile(known.u), known.z) < 6e-16);
  CHECK(normal_quantile(0.5) == 0.0);
}

TEST_CASE("the normal quantile agrees with Boost over all uniforms") {
  double worst = 0.0;
  for (int i = 1; i < 100000; ++i) {
    const double u = i * 1e-5;
    if (i != 50000) worst = std::max(worst, relative_error(normal_quantile(u), boost_quantile(u)));
  }
  for (double exponent = -53.0; exponent < -1.0; exponent += 0.01) {
    const double u = std::exp2(exponent);
    worst = std::max(worst, relative_error(normal_quantile(u), boost_quantile(u)));
  }
  CHECK(worst < 1.5e-15);
}

TEST_CASE("the normal quantile is odd and inverts the cdf") {
  for (double exponent = -53.0; exponent <= -1.0; exponent += 0.25) {
    const double u = std::floor(std::exp2(exponent + 53.0)) * 0x1p-53;
    CHECK(normal_quantile(1.0 - u) == doctest::Approx(-normal_quantile(u)).epsilon(1e-15));
    CHECK(relative_error(normal_cdf(normal_quantile(u)), u) < 4e-14);
    CHECK(relative_error(normal_cdf(-normal_quantile(1.0 - u)), u) < 4e-14);
  }
}

TEST_CASE("the normal density is the slope of the cdf") {
  for (double x = -6.0; x <= 0.0; x += 0.5) {
    const double h = 1e-4;
    const double slope = (normal_cdf(x + h) - normal_cdf(x - h)) / (2.0 * h);
    CHECK(relative_error(std::exp(normal_log_density(x)), slope) < 1e-6);
  }
}

TEST_CASE("the exponential quantile keeps both tails") {
  CHECK(exponential_quantile(0x1p-53) == doctest::Approx(0x1p-53).epsilon(1e-15));
  CHECK(exponential_quantile(1.0 - 0x1p-53) == doctest::Approx(53.0 * std::log(2.0)).epsilon(1e-15));
  for (double u : {1e-9, 0.1, 0.5, 0.9})
    CHECK(relative_error(-std::expm1(-exponential_quantile(u)), u) < 1e-15);
}

}  // namespace normal_test
