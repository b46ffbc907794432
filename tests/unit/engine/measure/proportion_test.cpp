#include "engine/measure/proportion.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "engine/base/check.hpp"

namespace proportion_test {

using namespace hedgerow::measure;
using hedgerow::InvalidInput;

namespace {

/// P(at most `most` successes) of `count` trials by adding up, in logarithms.
double cumulative(std::uint64_t most, std::uint64_t count, double p) {
  const double n = static_cast<double>(count);
  double sum = 0.0;
  for (std::uint64_t i = 0; i <= most; ++i) {
    const double k = static_cast<double>(i);
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(p) +
                    (n - k) * std::log1p(-p));
  }
  return sum;
}

}  // namespace

TEST_CASE("at its bounds, what was seen lies at the edge of what is likely") {
  for (const std::uint64_t count : {1u, 7u, 50u, 1000u})
    for (const std::uint64_t times : {std::uint64_t{0}, std::uint64_t{1}, count / 3, count - 1, count}) {
      CAPTURE(count);
      CAPTURE(times);
      for (const double confidence : {0.5, 0.95, 0.999}) {
        const double outside = 0.5 * (1.0 - confidence);
        const Interval interval = proportion_interval(times, count, confidence);
        if (times == 0)
          CHECK(*interval.lower == 0.0);
        else
          CHECK(1.0 - cumulative(times - 1, count, *interval.lower) ==
                doctest::Approx(outside).epsilon(1e-8));
        if (times == count)
          CHECK(*interval.upper == 1.0);
        else
          CHECK(cumulative(times, count, *interval.upper) == doctest::Approx(outside).epsilon(1e-8));
      }
    }
}

TEST_CASE("never seen in n trials: the upper bound in closed form") {
  for (const std::uint64_t count : {1u, 10u, 100'000u})
    CHECK(*proportion_interval(0, count).upper ==
          doctest::Approx(-std::expm1(std::log(0.025) / static_cast<double>(count))).epsilon(1e-10));
}

TEST_CASE("it covers at least what it claims, whatever the probability") {
  constexpr std::uint64_t count = 40;
  for (double p = 0.005; p < 1.0; p += 0.0123) {
    double covered = 0.0, before = 0.0;
    for (std::uint64_t times = 0; times <= count; ++times) {
      const double up_to = cumulative(times, count, p);
      const Interval interval = proportion_interval(times, count);
      if (*interval.lower <= p && p <= *interval.upper) covered += up_to - before;
      before = up_to;
    }
    CAPTURE(p);
    CHECK(covered >= 0.95 - 1e-9);
  }
}

TEST_CASE("what cannot be a frequency is rejected") {
  CHECK_THROWS_AS(proportion_interval(0, 0), InvalidInput);
  CHECK_THROWS_AS(proportion_interval(3, 2), InvalidInput);
  CHECK_THROWS_AS(proportion_interval(1, 2, 0.0), InvalidInput);
  CHECK_THROWS_AS(proportion_interval(1, 2, 1.0), InvalidInput);
}

}  // namespace proportion_test
