#include "engine/measure/sample.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/base/check.hpp"
#include "engine/measure/moments.hpp"

namespace sample_test {

using namespace hedgerow::measure;
using hedgerow::InvalidInput;
using Column = std::vector<double>;

TEST_CASE("a sample is sorted and counts ties on the right side") {
  const SortedSample sample(Column{20, 10, 100, 20, 40});
  CHECK(Column(sample.values().begin(), sample.values().end()) == Column{10, 20, 20, 40, 100});
  CHECK(sample.count_below(20) == 1);
  CHECK(sample.count_up_to(20) == 3);
  CHECK(sample.count_below(5) == 0);
  CHECK(sample.count_up_to(100) == 5);
  CHECK(sample.tail_probability(20) == doctest::Approx(0.4));
  CHECK(sample.tail_probability(100) == 0.0);
}

TEST_CASE("a long sample is sorted as a short one, ties and zeros of both signs included") {
  for (const std::size_t size : {511u, 512u, 513u, 20'000u}) {
    Column column;
    std::uint64_t state = 1;
    for (std::size_t i = 0; i < size; ++i) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      const double value = std::ldexp(static_cast<double>(state >> 40), -20) - 4.0;
      column.push_back(i % 5 == 0 ? (i % 2 == 0 ? 0.0 : -0.0) : value);
    }
    const SortedSample sample(column);
    std::sort(column.begin(), column.end());
    CHECK(std::equal(column.begin(), column.end(), sample.values().begin(), sample.values().end()));
    CHECK(std::none_of(sample.values().begin(), sample.values().end(),
                       [](double value) { return value == 0.0 && std::signbit(value); }));
  }
}

TEST_CASE("the order of the paths does not change a bit of a weighted sample") {
  const SortedSample one(Column{3, 1, 2, 2}, Column{0.1, 0.7, 1.3, 0.2});
  const SortedSample other(Column{2, 2, 1, 3}, Column{0.2, 1.3, 0.7, 0.1});
  for (std::size_t r = 0; r < 4; ++r) {
    CHECK(one.value(r) == other.value(r));
    CHECK(one.weight(r) == other.weight(r));
    CHECK(one.tail_probability_from(r) == other.tail_probability_from(r));
  }
}

TEST_CASE("effective size and largest share of weights by hand") {
  const WeightSummary uneven = summarise_weights(Column{1, 2, 3});
  CHECK(uneven.effective_size == doctest::Approx(36.0 / 14.0));
  CHECK(uneven.largest_share == doctest::Approx(0.5));
  CHECK(uneven.mean.value == doctest::Approx(2.0));
  CHECK(*uneven.mean.standard_error == doctest::Approx(std::sqrt(1.0 / 3.0)));
  const WeightSummary even = summarise_weights(Column{1, 1, 1});
  CHECK(even.effective_size == 3.0);
  CHECK(even.largest_share == doctest::Approx(1.0 / 3.0));
  CHECK_THROWS_AS(summarise_weights({}), InvalidInput);
}

TEST_CASE("the mean is self-normalised and equals the plain one for equal weights") {
  const Column values{1, 4, 2, 9};
  Moments moments;
  for (const double x : values) moments.add(x);
  for (const double w : {1.0, 0.37}) {
    const Estimate estimate = mean(SortedSample(values, Column(4, w)));
    CHECK(estimate.value == doctest::Approx(4.0).epsilon(1e-14));
    CHECK(*estimate.standard_error == doctest::Approx(*moments.standard_error()).epsilon(1e-13));
  }
  const Estimate uneven = mean(SortedSample(Column{1, 3}, Column{3, 1}));
  CHECK(uneven.value == doctest::Approx(1.5));
  CHECK(*uneven.standard_error == doctest::Approx(.75));  // influences -3/4 and 3/4
}

TEST_CASE("bad samples are rejected") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(SortedSample(Column{}), InvalidInput);
  CHECK_THROWS_AS(SortedSample(Column{1, nan, 2}), InvalidInput);
  CHECK_THROWS_AS(SortedSample(Column{1, -infinity}), InvalidInput);
  CHECK_THROWS_AS(SortedSample(Column{1, nan}, Column{1, 1}), InvalidInput);
  CHECK_THROWS_AS(SortedSample(Column{1, 2}, Column{1}), InvalidInput);
  CHECK_THROWS_AS(SortedSample(Column{1, 2}, Column{1, nan}), InvalidInput);
  CHECK_THROWS_AS(SortedSample(Column{1, 2}, Column{1, infinity}), InvalidInput);
  CHECK_THROWS_AS(SortedSample(Column{1, 2}, Column{1, -0.1}), InvalidInput);
  CHECK_THROWS_AS(SortedSample(Column{1, 2}, Column{0, 0}), InvalidInput);
}

}  // namespace sample_test
