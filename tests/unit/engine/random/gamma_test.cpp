#include "engine/random/gamma.hpp"

#include <doctest/doctest.h>

#include "tests/support/numbers.hpp"

namespace gamma_test {

using namespace hedgerow::random;
using hedgerow::InvalidInput;
using hedgerow::test::relative_error;

namespace {

struct Known {
  double shape, u, log_x;
};

// mpmath 1.3 in 40 digits: bisection of the regularized incomplete gamma function in ln x.
constexpr Known known_log_quantiles[] = {
    {0.01, 0x1p-53, -3674.249087762317028},      {0.01, 0x1p-20, -1386.8633919144975545},
    {0.01, 0.0625, -277.82790301858508255},      {0.01, 0.5, -69.883748850601494051},
    {0.01, 1 - 0x1p-10, 0.42208308485710888625}, {0.01, 1 - 0x1p-53, 3.3596291695075874016},
    {0.1, 0x1p-53, -367.86673010936939084},      {0.1, 0x1p-20, -139.12816052458745143},
    {0.1, 0.0625, -28.224611634995705947},       {0.1, 0.5, -7.429656841018321319},
    {0.1, 1 - 0x1p-10, 1.2187955032414051165},   {0.1, 1 - 0x1p-53, 3.4453976240069933539},
    {0.5, 0x1p-53, -73.715165614624693243},      {0.5, 0x1p-20, -27.967451697667826611},
    {0.5, 0.0625, -5.7846932575209666811},       {0.5, 0.5, -1.4807447797617274923},
    {0.5, 1 - 0x1p-10, 1.6929960300111186088},   {0.5, 1 - 0x1p-53, 3.537522296853470719},
    {2.5, 0x1p-53, -14.214330595185881935},      {2.5, 0x1p-20, -5.062980745807809734},
    {2.5, 0.0625, -0.45033266312409738429},      {2.5, 0.5, 0.77736428432793966373},
    {2.5, 1 - 0x1p-10, 2.3306713831435771196},   {2.5, 1 - 0x1p-53, 3.7399887393815376635},
    {40, 0x1p-53, 2.0236783210528164753},        {40, 0x1p-20, 2.8166033049393110462},
    {40, 0.0625, 3.426841871748617298},          {40, 0.5, 3.6805237676591853456},
    {40, 1 - 0x1p-10, 4.1348340510937252796},    {40, 1 - 0x1p-53, 4.7522793588194357939},
    {1000, 0x1p-53, 6.636039119678303194},       {1000, 0x1p-20, 6.7529029546302168833},
    {1000, 0.0625, 6.8585064870414083198},       {1000, 0.5, 6.9074219098477866794},
    {1000, 1 - 0x1p-10, 7.0038063340211957653},  {1000, 1 - 0x1p-53, 7.1563006847199131208},
    {1e6, 0x1p-53, 13.807289439203222085},       {1e6, 0.0625, 13.813975711518772181},
    {1e6, 0.5, 13.815510224630904968},           {1e6, 1 - 0x1p-10, 13.818605896117975649},
    {1e6, 1 - 0x1p-53, 13.823708544525424046}};

}  // namespace

TEST_CASE("the log quantile of a gamma variable has the values found in 40 digits") {
  for (const Known& known : known_log_quantiles) {
    CAPTURE(known.shape);
    CAPTURE(known.u);
    const double error = Gamma(known.shape, 1.0).log_quantile(known.u) - known.log_x;
    CHECK(std::abs(error) < 1e-13 + 4e-16 * std::abs(known.log_x));
  }
}

TEST_CASE("the gamma quantile inverts cdf and survival, in steps of the shape") {
  for (double shape = 0.02; shape < 1e6; shape *= 1.7) {
    const Gamma law(shape, 0.5);
    const double tolerance = 1e-12 * (1.0 + 0.01 * std::sqrt(shape));
    CAPTURE(shape);
    for (double u : {0x1p-53, 1e-12, 1e-6, 0.01, 0.2, 0.5}) {
      CAPTURE(u);
      if (law.quantile(u) > 1e-300) CHECK(relative_error(law.cdf(law.quantile(u)), u) < tolerance);
      const double upper = 1.0 - (1.0 - u);
      if (law.quantile(1.0 - u) > 1e-300)
        CHECK(relative_error(law.survival(law.quantile(1.0 - u)), upper) < tolerance);
    }
  }
}

TEST_CASE("the gamma quantile rises across the switch from power series to Boost") {
  for (double shape : {0.01, 0.1, 0.5, 1.0, 3.0}) {
    const Gamma law(shape, 1.0);
    double last = -INFINITY;
    for (double factor = 0.999; factor < 1.001; factor += 1e-6) {
      const double u = law.cdf(1e-3) * factor;
      CHECK(law.log_quantile(u) > last);
      last = law.log_quantile(u);
    }
  }
}

TEST_CASE("a gamma quantile underflows only where its true value does") {
  const Gamma law(0.01, 1.0);
  CHECK(law.quantile(0x1p-53) == 0.0);
  CHECK(law.log_quantile(0x1p-53) < -3674.0);
  CHECK(law.quantile(1.0 / 1024.0) > 0.0);
}

TEST_CASE("the gamma density in ln x is the slope of the cdf; scale only scales") {
  for (double shape : {0.3, 2.0, 50.0})
    for (double u : {0.1, 0.5, 0.95}) {
      const Gamma law(shape, 0.5);
      const double h = 1e-5, log_x = law.log_quantile(u);
      const double slope = (law.cdf(std::exp(log_x + h)) - law.cdf(std::exp(log_x - h))) / (2.0 * h);
      CHECK(relative_error(std::exp(law.log_density_of_log(log_x)), slope) < 1e-7);
      CHECK(relative_error(law.quantile(u), 0.5 * Gamma(shape, 1.0).quantile(u)) < 1e-14);
    }
  CHECK(Gamma(2.0, 0.5).mean() == 1.0);
  CHECK(Gamma(2.0, 0.5).variance() == 0.5);
}

TEST_CASE("the gamma law refuses bad parameters") {
  CHECK(Gamma(2.0, 0.5).cdf(0.0) == 0.0);
  CHECK(Gamma(2.0, 0.5).survival(0.0) == 1.0);
  CHECK_THROWS_AS(Gamma(0.009, 1.0), InvalidInput);
  CHECK_THROWS_AS(Gamma(1.1e6, 1.0), InvalidInput);
  CHECK_THROWS_AS(Gamma(1.0, 0.0), InvalidInput);
  CHECK_THROWS_AS(Gamma(1.0, NAN), InvalidInput);
}

}  // namespace gamma_test
