#include "engine/random/poisson.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "engine/random/stream.hpp"
#include "tests/support/compound_law.hpp"
#include "tests/support/numbers.hpp"

namespace poisson_test {

using namespace hedgerow::random;
using hedgerow::InvalidInput;
using hedgerow::test::poisson_pmf;
using hedgerow::test::relative_error;

namespace {

// The smaller tail at each n, summed from its far end, so that no digits are lost.
struct Tails {
  std::vector<double> lower, upper;  // P(N <= n), P(N > n)
};
Tails summed_tails(double mean) {
  const std::vector<double> pmf =
      poisson_pmf(mean, static_cast<std::size_t>(mean + 12.0 * std::sqrt(mean) + 80.0));
  Tails tails{pmf, pmf};
  for (std::size_t n = 1; n < pmf.size(); ++n) tails.lower[n] += tails.lower[n - 1];
  double above = 0.0;
  for (std::size_t n = pmf.size(); n-- > 0; above += pmf[n]) tails.upper[n] = above;
  return tails;
}

std::uint32_t searched_quantile(const Tails& tails, double u) {
  std::uint32_t n = 0;
  while (u <= 0.5 ? tails.lower[n] < u : tails.upper[n] > 1.0 - u) ++n;
  return n;
}

}  // namespace

TEST_CASE("the Poisson quantile is the smallest count whose cdf reaches u") {
  const Stream stream(11, "test", "poisson");
  for (double mean : {1e-9, 0.02, 0.7, 2.0, 9.5, 30.0, 49.999, 50.001, 120.0, 1500.0}) {
    const Tails tails = summed_tails(mean);
    CAPTURE(mean);
    for (std::uint64_t path = 0; path < 2000; ++path) {
      const double u = stream.uniform(path, 0);
      CHECK(Poisson(mean).quantile(u) == searched_quantile(tails, u));
    }
    for (double u : {0x1p-53, 1e-15, 1e-9, 1e-3, 0.5, 1.0 - 1e-3, 1.0 - 1e-9, 1.0 - 1e-15, 1.0 - 0x1p-53}) {
      CAPTURE(u);
      CHECK(Poisson(mean).quantile(u) == searched_quantile(tails, u));
    }
  }
}

TEST_CASE("Poisson probabilities agree with summed ones in both tails") {
  for (double mean : {0.02, 2.0, 50.0, 1500.0}) {
    const std::vector<double> pmf = poisson_pmf(mean, 2000);
    const Tails tails = summed_tails(mean);
    for (std::uint32_t n = 0; n < tails.lower.size() / 2; n += 1 + static_cast<std::uint32_t>(mean / 20.0)) {
      CAPTURE(mean);
      CAPTURE(n);
      if (pmf[n] > 1e-290) CHECK(relative_error(Poisson(mean).pmf(n), pmf[n]) < 1e-12);
      if (tails.lower[n] > 1e-290) CHECK(relative_error(Poisson(mean).cdf(n), tails.lower[n]) < 1e-12);
      if (tails.upper[n] > 1e-200) CHECK(relative_error(Poisson(mean).survival(n), tails.upper[n]) < 1e-11);
    }
  }
}

TEST_CASE("the Poisson quantile rises with the mean for the same uniform") {
  const Stream stream(12, "test", "poisson");
  std::uint64_t falls = 0;
  for (std::uint64_t path = 0; path < 100000; ++path) {
    const double u = stream.uniform(path, 0);
    const double mean = std::exp(-7.0 + 15.0 * stream.uniform(path, 1));
    const double more = mean * (1.0 + std::exp2(-40.0 * stream.uniform(path, 2)));
    falls += Poisson(more).quantile(u) < Poisson(mean).quantile(u) ? 1 : 0;
    const double below_switch = 50.0 - 0.5 * stream.uniform(path, 3);
    const double above_switch = 50.0 + std::exp2(-40.0 * stream.uniform(path, 2));
    falls += Poisson(above_switch).quantile(u) < Poisson(below_switch).quantile(u) ? 1 : 0;
  }
  CHECK(falls == 0);
}

TEST_CASE("the Poisson quantile rises with the uniform for the same mean") {
  const Stream stream(13, "test", "poisson");
  std::uint64_t falls = 0;
  for (std::uint64_t path = 0; path < 100000; ++path) {
    const Poisson law(std::exp(-7.0 + 15.0 * stream.uniform(path, 0)));
    const double u = stream.uniform(path, 1);
    const double v = u + (1.0 - u) * std::exp2(-50.0 * stream.uniform(path, 2));
    if (v < 1.0) falls += law.quantile(v) < law.quantile(u) ? 1 : 0;
    falls += law.quantile(1.0 - 0x1p-20 + 0x1p-22 * u) < law.quantile(1.0 - 0x1p-20 - 0x1p-30 * u) ? 1 : 0;
  }
  CHECK(falls == 0);
}

TEST_CASE("the Poisson law works from no events to ten million") {
  CHECK(Poisson(0.0).quantile(1.0 - 0x1p-53) == 0);
  CHECK(Poisson(0.0).pmf(0) == 1.0);
  CHECK(Poisson(1e-300).quantile(1.0 - 0x1p-53) == 0);
  for (double mean : {1e4, 1e7})
    for (double u : {0x1p-53, 0.3, 1.0 - 0x1p-53}) {
      const std::uint32_t n = Poisson(mean).quantile(u);
      const double normal_scores = (n - mean) / std::sqrt(mean);
      CHECK(std::abs(normal_scores) < 9.0);
      CHECK((u > 0.5 ? Poisson(mean).survival(n) <= 1.0 - u : Poisson(mean).cdf(n) >= u));
      CHECK((u > 0.5 ? Poisson(mean).survival(n - 1) > 1.0 - u : Poisson(mean).cdf(n - 1) < u));
    }
}

TEST_CASE("the Poisson law refuses bad means") {
  CHECK_THROWS_AS(Poisson(-1e-9), InvalidInput);
  CHECK_THROWS_AS(Poisson(1.1e7), InvalidInput);
  CHECK_THROWS_AS(Poisson(NAN), InvalidInput);
}

}  // namespace poisson_test
