#include "engine/random/banded_tilt.hpp"

#include <doctest/doctest.h>

#include <array>

#include "engine/base/check.hpp"
#include "engine/random/stream.hpp"
#include "tests/support/sample_mean.hpp"

namespace banded_tilt_test {

using namespace hedgerow;
using random::BandedTilt;

TEST_CASE("without bands nothing is tilted") {
  const BandedTilt none;
  CHECK(none.bands() == 1);
  CHECK(none.total() == 1.0);
  for (const double v : {0x1p-53, 0.25, 0.5, 1.0 - 0x1p-53}) CHECK(none.apply(v) == v);
}

TEST_CASE("a tilted draw rises with its uniform and has the piecewise constant law by hand") {
  const BandedTilt tilt({0.5, 0.9}, {1.0, 2.0, 7.0});
  CHECK(tilt.total() == doctest::Approx(0.5 + 0.8 + 0.7));
  CHECK(tilt.width(1) == doctest::Approx(0.4));
  CHECK(tilt.apply(0.125) == doctest::Approx(0.25));                    // half of the first band's quarter
  CHECK(tilt.apply(0.25 + 0.2) == doctest::Approx(0.5 + 0.2));          // the middle of the second
  CHECK(tilt.apply(0.65 + 0.35 * 0.5) == doctest::Approx(0.9 + 0.05));  // the middle of the third
  double last = 0.0;
  for (int i = 0; i < 4000; ++i) {
    const double u = tilt.apply((i + 0.5) / 4000.0);
    CHECK(u > last);
    last = u;
  }
}

TEST_CASE("a draw stays in its band and in the range of uniforms however it is rounded") {
  const std::array<double, 2> bounds{0.1, 0.7};
  const BandedTilt tilt({bounds.begin(), bounds.end()}, {3.0, 1.0, 0.3});
  const double ends[] = {0.3 / 0.99, 0.9 / 0.99};
  for (const double end : ends)
    for (int ulps = -3; ulps <= 3; ++ulps) {
      double v = end;
      for (int i = 0; i < std::abs(ulps); ++i) v = std::nextafter(v, ulps < 0 ? 0.0 : 1.0);
      const double u = tilt.apply(v);
      CHECK(u >= (v < end ? 0.0 : (end == ends[0] ? 0.1 - 1e-12 : 0.7 - 1e-12)));
      CHECK(u > 0.0);
      CHECK(u < 1.0);
    }
  CHECK(tilt.apply(0x1p-53) >= 0x1p-53);
  CHECK(tilt.apply(1.0 - 0x1p-53) <= 1.0 - 0x1p-53);
}

TEST_CASE("the band of a number is told by its lower bound") {
  const std::array<double, 2> bounds{0.5, 0.9};
  CHECK(random::band_of(bounds, 0.1) == 0);
  CHECK(random::band_of(bounds, 0.5) == 1);
  CHECK(random::band_of(bounds, 0.89) == 1);
  CHECK(random::band_of(bounds, 0.9) == 2);
}

TEST_CASE("the likelihood ratio total / factor makes up for the tilt") {
  const std::array<double, 2> bounds{0.5, 0.99};
  const BandedTilt tilt({bounds.begin(), bounds.end()}, {1.0, 2.0, 40.0});
  const random::Stream stream(11, "test", "tilt");
  test::SampleMean one, square, rare;
  for (std::uint64_t path = 0; path < 200'000; ++path) {
    const double u = tilt.apply(stream.uniform(path, 0));
    const double w = tilt.total() / tilt.factor(random::band_of(bounds, u));
    one.add(w);
    square.add(w * u * u);
    rare.add(w * (u > 0.999 ? 1.0 : 0.0));
  }
  CHECK(one.agrees_with(1.0, 0.003));
  CHECK(square.agrees_with(1.0 / 3.0, 0.001));
  CHECK(rare.agrees_with(0.001, 0.00002));  // without a tilt 0.00007
}

TEST_CASE("bounds out of order and factors out of range are refused") {
  CHECK_THROWS_AS(BandedTilt({0.5}, {1.0}), InvalidInput);
  CHECK_THROWS_AS(BandedTilt({0.5, 0.5}, {1.0, 1.0, 1.0}), InvalidInput);
  CHECK_THROWS_AS(BandedTilt({0.0}, {1.0, 1.0}), InvalidInput);
  CHECK_THROWS_AS(BandedTilt({1.0}, {1.0, 1.0}), InvalidInput);
  CHECK_THROWS_AS(BandedTilt({0.5}, {1.0, 0.0}), InvalidInput);
  CHECK_THROWS_AS(BandedTilt({0.5}, {1.0, INFINITY}), InvalidInput);
}

}  // namespace banded_tilt_test
