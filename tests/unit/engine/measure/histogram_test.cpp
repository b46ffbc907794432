#include "engine/measure/histogram.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "engine/base/check.hpp"
#include "engine/random/normal.hpp"

namespace histogram_test {

using namespace hedgerow::measure;
using hedgerow::InvalidInput;

namespace {

std::uint64_t sum_of(const Histogram& of) {
  return std::accumulate(of.counts.begin(), of.counts.end(), of.below + of.above);
}

/// The i-th of n equally likely values of a normal law.
std::vector<double> normal_values(std::size_t n, double mean, double sd) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i)
    values.push_back(mean + sd * hedgerow::random::normal_quantile((static_cast<double>(i) + 0.5) /
                                                                   static_cast<double>(n)));
  return values;
}

}  // namespace

TEST_CASE("a width is 1, 2 or 5 times a power of ten") {
  CHECK(nice_width(1.0) == 1.0);
  CHECK(nice_width(1.01) == 2.0);
  CHECK(nice_width(3.0) == 5.0);
  CHECK(nice_width(5.1) == 10.0);
  CHECK(nice_width(4.2e9) == 5e9);
  CHECK(nice_width(0.03) == doctest::Approx(0.05).epsilon(1e-15));
  CHECK_THROWS_AS(nice_width(0.0), InvalidInput);
  CHECK_THROWS_AS(nice_width(INFINITY), InvalidInput);
}

TEST_CASE("every value is counted once, in the bin that holds it") {
  const std::vector<double> values = normal_values(4999, -3.0e8, 7.0e9);
  const Histogram bins = histogram(SortedSample(values));
  CHECK(sum_of(bins) == values.size());
  CHECK(bins.below <= 5);
  CHECK(bins.above <= 5);
  for (std::size_t i = 0; i < bins.counts.size(); ++i) {
    const double from = bins.first + static_cast<double>(i) * bins.width;
    std::uint64_t within = 0;
    for (const double value : values) within += value >= from && value < from + bins.width;
    CAPTURE(i);
    CHECK(bins.counts[i] == within);
  }
}

TEST_CASE("a normal law keeps its shape") {
  const double mean = 200.0, sd = 11.0;
  const std::size_t n = 20000;
  const Histogram bins = histogram(SortedSample(normal_values(n, mean, sd)));
  CHECK(bins.width == 1.0);  // of 36 between the 5 % and the 95 % quantile
  for (std::size_t i = 0; i < bins.counts.size(); ++i) {
    const double from = bins.first + static_cast<double>(i) * bins.width;
    const double wanted = 0.5 * (std::erf((from + bins.width - mean) / sd / std::sqrt(2.0)) -
                                 std::erf((from - mean) / sd / std::sqrt(2.0)));
    CHECK(static_cast<double>(bins.counts[i]) ==
          doctest::Approx(wanted * n).epsilon(1e-9 + 1.5 / (wanted * n)));
  }
}

TEST_CASE("one value, an atom with a tail, and a tail as long as the world") {
  const Histogram one = histogram(SortedSample(std::vector<double>(50, 3.0e9)));
  CHECK(one.counts == std::vector<std::uint64_t>{50});
  CHECK(one.first <= 3.0e9);
  CHECK(one.first + one.width > 3.0e9);
  CHECK(histogram(SortedSample(std::vector<double>(7, 0.0))).counts == std::vector<std::uint64_t>{7});

  std::vector<double> atom(1000, 0.0);
  for (std::size_t i = 0; i < 30; ++i) atom[i] = std::exp(static_cast<double>(i));
  for (const double scale : {1.0, 1e-9, 1e12}) {
    std::vector<double> values = atom;
    for (double& value : values) value *= scale;
    const Histogram bins = histogram(SortedSample(values));
    CHECK(sum_of(bins) == 1000);
    CHECK(bins.counts.size() <= 500);
  }
}

TEST_CASE("a sample with weights has no counts") {
  const std::vector<double> values{1.0, 2.0}, weights{0.5, 1.5};
  CHECK_THROWS_AS(histogram(SortedSample(values, weights)), InvalidInput);
}

}  // namespace histogram_test
