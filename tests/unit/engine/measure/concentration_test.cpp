#include "engine/measure/concentration.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "tests/unit/engine/measure/atoms.hpp"

namespace concentration_test {

using namespace hedgerow::measure;
using hedgerow::InvalidInput;

TEST_CASE("O28: Herfindahl-Hirschman index and effective number") {
  struct Oracle {
    Column amounts;
    double index, number;
  };
  const Oracle oracles[] = {{{.6, .4}, .52, 1.9230769},
                            {{250, 300}, .5041322, 1.9836066},
                            {{250, 300, 38}, .4452543, 2.2459076},
                            {{.85, .15}, .745, 1.3422819}};
  for (const Oracle& oracle : oracles) {
    const std::optional<Concentration> c = concentration(oracle.amounts);
    REQUIRE(c);
    CHECK(std::abs(c->herfindahl - oracle.index) <= 0.5e-7);
    CHECK(std::abs(c->effective_number - oracle.number) <= 0.5e-7);
  }
}

TEST_CASE("equal parts are as many as they are, one part is one") {
  for (const std::size_t n : {1u, 2u, 3u, 10u}) {
    const std::optional<Concentration> c = concentration(Column(n, 1e11));
    const double number = static_cast<double>(n);
    CHECK(c->herfindahl == doctest::Approx(1.0 / number).epsilon(1e-14));
    CHECK(c->effective_number == doctest::Approx(number).epsilon(1e-14));
    CHECK(c->entropy_number == doctest::Approx(number).epsilon(1e-14));
  }
}

TEST_CASE("the entropy number of halves, quarters and eighths") {
  const std::optional<Concentration> c = concentration(Column{4, 2, 1, 1});  // 1.75 bits
  CHECK(c->entropy_number == doctest::Approx(std::exp2(1.75)).epsilon(1e-14));
  CHECK(c->entropy_number > c->effective_number);
}

TEST_CASE("hedges and idle parts have no share; nothing positive has no concentration") {
  const std::optional<Concentration> plain = concentration(Column{3, 1});
  const std::optional<Concentration> hedged = concentration(Column{3, -7, 0, 1});
  CHECK(hedged->herfindahl == plain->herfindahl);
  CHECK(hedged->entropy_number == plain->entropy_number);
  CHECK_FALSE(concentration(Column{}));
  CHECK_FALSE(concentration(Column{0, -1}));
  CHECK(herfindahl_gradient(Column{0, -1}).empty());
  CHECK_THROWS_AS(concentration(Column{1, std::numeric_limits<double>::infinity()}), InvalidInput);
  CHECK_THROWS_AS(herfindahl_gradient(Column{std::numeric_limits<double>::quiet_NaN()}), InvalidInput);
}

TEST_CASE("the gradient is what small changes of the amounts do") {
  const Column amounts{5e6, 1e6, -2e6, 0.3e6};
  const Column gradient = herfindahl_gradient(amounts);
  REQUIRE(gradient.size() == 4);
  for (std::size_t j = 0; j < 4; ++j) {
    const double step = 10.0;
    Column up = amounts;
    Column down = amounts;
    up[j] += step;
    down[j] -= step;
    const double slope = (concentration(up)->herfindahl - concentration(down)->herfindahl) / (2 * step);
    CHECK(1e6 * gradient[j] == doctest::Approx(1e6 * slope).epsilon(1e-6));  // of the order of 1e-7
  }
  CHECK(gradient[2] == 0.0);
}

}  // namespace concentration_test
