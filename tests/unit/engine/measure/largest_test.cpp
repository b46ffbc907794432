#include "engine/measure/largest.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/check.hpp"
#include "engine/measure/expected_shortfall.hpp"
#include "tests/unit/engine/measure/atoms.hpp"

namespace largest_test {

using namespace hedgerow::measure;
using hedgerow::InvalidInput;

namespace {

LargestValues kept(std::span<const double> values, std::size_t k) {
  LargestValues largest(k);
  for (const double x : values) largest.add(x);
  return largest;
}

Column top_by_sorting(Column values, std::size_t k) {
  std::sort(values.begin(), values.end());
  const std::size_t n = std::min(k, values.size());
  return Column(values.end() - static_cast<std::ptrdiff_t>(n), values.end());
}

Column rounded_column(std::uint64_t path, std::size_t n) {
  Column values = skewed_column(path, n);
  for (double& x : values) x = std::round(3.0 * x);
  return values;
}

}  // namespace

TEST_CASE("the k largest, in any order of arrival and however blocks are merged") {
  for (const std::size_t k : {1u, 2u, 7u, 100u, 1000u, 3000u})
    for (const bool ties : {false, true}) {
      Column values = ties ? rounded_column(1, 2000) : skewed_column(1, 2000);
      const Column expected = top_by_sorting(values, k);
      CHECK(kept(values, k).values() == expected);
      CHECK(kept(values, k).count() == 2000);
      LargestValues merged(k);
      for (std::size_t begin = 0; begin < 2000; begin += 330)
        merged.merge(kept(std::span(values).subspan(begin, std::min<std::size_t>(330, 2000 - begin)), k));
      CHECK(merged.values() == expected);
      CHECK(merged.count() == 2000);
      std::sort(values.begin(), values.end());
      CHECK(kept(values, k).values() == expected);
      std::reverse(values.begin(), values.end());
      CHECK(kept(values, k).values() == expected);
    }
}

TEST_CASE("a stream merged with itself counts twice") {
  LargestValues twice = kept(Column{3, 1, 2}, 4);
  twice.merge(twice);
  CHECK(twice.count() == 6);
  CHECK(twice.values() == Column{2, 2, 3, 3});
}

TEST_CASE("the shortfall of the largest is that of all, bit for bit") {
  for (const std::size_t n : {2u, 3u, 20u, 100u, 999u, 1000u, 1001u})
    for (const double alpha : {0.05, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 0.995, 0.999})
      for (const bool ties : {false, true}) {
        const Column values = ties ? rounded_column(n, n) : skewed_column(n, n);
        const Estimate all = expected_shortfall(SortedSample(values), alpha);
        const std::size_t needed = largest_needed(n, alpha);
        for (const std::size_t k : {needed, std::min(n, needed + 5), n}) {
          const Estimate part = shortfall_of_largest(kept(values, k).values(), n, alpha);
          CHECK(part.value == all.value);
          CHECK(part.standard_error == all.standard_error);
        }
      }
}

TEST_CASE("how many values are needed, and too few of them") {
  CHECK(largest_needed(1000, 0.99) == 11);
  CHECK(largest_needed(1000, 0.9905) == 10);
  CHECK(largest_needed(100, 0.999) == 2);
  CHECK(largest_needed(1, 0.999) == 1);
  const Column values = skewed_column(2, 1000);
  CHECK_THROWS_AS(shortfall_of_largest(kept(values, 10).values(), 1000, 0.99), InvalidInput);
  CHECK_THROWS_AS(shortfall_of_largest(values, 999, 0.99), InvalidInput);
  CHECK_THROWS_AS(shortfall_of_largest(values, 1000, 1.0), InvalidInput);
  CHECK_THROWS_AS(shortfall_of_largest(Column{}, 0, 0.5), InvalidInput);
  CHECK_THROWS_AS(LargestValues(0), InvalidInput);
  LargestValues largest(2);
  CHECK_THROWS_AS(largest.add(std::numeric_limits<double>::quiet_NaN()), InvalidInput);
  CHECK_THROWS_AS(largest.add(std::numeric_limits<double>::infinity()), InvalidInput);
  CHECK_THROWS_AS(largest.merge(LargestValues(3)), InvalidInput);
}

}  // namespace largest_test
