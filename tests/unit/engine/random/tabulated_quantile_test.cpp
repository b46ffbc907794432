#include "engine/random/tabulated_quantile.hpp"

#include <doctest/doctest.h>

#include <boost/math/special_functions/gamma.hpp>

#include "engine/random/beta.hpp"
#include "engine/random/gamma.hpp"
#include "tests/support/numbers.hpp"

namespace tabulated_quantile_test {

using namespace hedgerow::random;

namespace {

constexpr double extreme_score = 8.2095361;

// The largest relative error of the tabulated quantile over a dense grid that never meets a node.
template <class Law>
double worst_error(const Law& law) {
  const TabulatedQuantile table(law);
  double worst = 0.0;
  for (double z = -extreme_score; z <= extreme_score; z += 0.000937) {
    const double exact = law.log_quantile(tails_of_score(z));
    worst = std::max(worst, std::abs(std::expm1(table.log_quantile_at_score(z) - exact)));
  }
  return worst;
}

}  // namespace

TEST_CASE("a tabulated gamma quantile is within 1e-9 of the exact one for shapes 0.1 to 1000") {
  for (double shape : {0.1, 0.15, 0.25, 0.5, 1.0, 2.0, 2.5, 7.0, 30.0, 200.0, 1000.0}) {
    CAPTURE(shape);
    CHECK(worst_error(Gamma(shape, 1.0 / shape)) < 1e-10);
  }
}

TEST_CASE("a tabulated gamma quantile agrees with Boost in long double at random uniforms") {
  const TabulatedQuantile table(Gamma(2.0, 0.5));
  for (double u = 0.0003; u < 1.0; u += 0.00071)
    CHECK(hedgerow::test::relative_error(
              table.quantile(u), static_cast<double>(0.5L * boost::math::gamma_p_inv(2.0L, u + 0.0L))) <
          1e-11);
}

TEST_CASE("a tabulated quantile covers the extreme uniforms") {
  for (double shape : {0.1, 2.0, 1000.0}) {
    const Gamma law(shape, 1.0);
    const TabulatedQuantile table(law);
    for (double u : {0x1p-53, 0x1p-52, 1.0 - 0x1p-52, 1.0 - 0x1p-53})
      CHECK(table.log_quantile(u) == doctest::Approx(law.log_quantile(u)).epsilon(1e-10));
  }
}

TEST_CASE("a tabulated quantile rises with the score") {
  for (double shape : {0.1, 1.0, 40.0, 1000.0}) {
    const TabulatedQuantile table(Gamma(shape, 1.0));
    double last = -INFINITY;
    bool rises = true;
    for (double z = -extreme_score; z <= extreme_score; z += 0.00009371) {
      const double value = table.log_quantile_at_score(z);
      rises = rises && value > last;
      last = value;
    }
    CHECK(rises);
  }
}

TEST_CASE("other positive laws can be tabulated") {
  CHECK(worst_error(Beta(0.4, 3.0)) < 1e-10);
  CHECK(worst_error(Beta(0.9, 10.0)) < 1e-10);
}

}  // namespace tabulated_quantile_test
