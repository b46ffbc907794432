// A sample in slices is read as if it were in one place.

#include "engine/measure/spread_values.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "engine/base/check.hpp"
#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/histogram.hpp"
#include "engine/measure/quantile.hpp"

namespace spread_values_test {

using namespace hedgerow::measure;

using Column = std::vector<double>;

/// Slices in memory; counts what is fetched.
class SlicesHere : public Slices {
 public:
  SlicesHere(const std::vector<Column>& slices, std::size_t& largest) : largest_(largest) {
    for (const Column& slice : slices) slices_.emplace_back(slice);
  }
  std::vector<SliceOutline> outlines() const override {
    std::vector<SliceOutline> all;
    for (const SortedSlice& slice : slices_) all.push_back(slice.outline());
    return all;
  }
  std::vector<SliceWindow> windows(double above, double up_to) const override {
    std::vector<SliceWindow> all;
    std::size_t fetched = 0;
    for (const SortedSlice& slice : slices_) {
      all.push_back(slice.window(above, up_to));
      fetched += all.back().values.size();
    }
    largest_ = std::max(largest_, fetched);
    return all;
  }
  std::vector<SliceCounts> counts(double x) const override {
    std::vector<SliceCounts> all;
    for (const SortedSlice& slice : slices_) all.push_back(slice.counts(x));
    return all;
  }

 private:
  std::vector<SortedSlice> slices_;
  std::size_t& largest_;
};

/// As uneven as slices can be, and values as they can be: continuous, of few values, with an atom.
std::vector<std::vector<Column>> samples() {
  std::mt19937_64 source(18);
  std::vector<std::vector<Column>> all;
  for (const std::size_t n : {1u, 2u, 50u, 5000u})
    for (int kind = 0; kind < 3; ++kind)
      for (const std::size_t count : {1u, 2u, 5u}) {
        std::vector<Column> slices(count);
        for (std::size_t i = 0; i < n; ++i) {
          const double u = static_cast<double>(source() >> 11) * 0x1p-53;
          const double value =
              kind == 0 ? 1.0 / (1.0 - u) : (kind == 1 ? std::floor(7.0 * u) - 3.0 : std::max(0.0, u - 0.6));
          slices[std::min<std::size_t>(count - 1, source() % (2 * count))].push_back(value);
        }
        if (count == 5) std::sort(slices[4].begin(), slices[4].end());
        all.push_back(std::move(slices));
      }
  return all;
}

TEST_CASE("every order statistic and count of slices is that of all values in one place") {
  for (const auto& slices : samples()) {
    Column values;
    for (const Column& slice : slices) values.insert(values.end(), slice.begin(), slice.end());
    const SortedSample whole{values};
    std::size_t largest = 0;
    const SortedSample spread(
        std::make_unique<SpreadValues>(std::make_unique<SlicesHere>(slices, largest), 0));
    REQUIRE(spread.size() == whole.size());
    for (std::size_t rank = 0; rank < whole.size(); ++rank) REQUIRE(spread.value(rank) == whole.value(rank));
    std::mt19937_64 source(1);
    for (int i = 0; i < 50; ++i) {
      const std::size_t rank = source() % whole.size();
      REQUIRE(spread.value(rank) == whole.value(rank));
      for (const double x : {whole.value(rank), whole.value(rank) + 0.01}) {
        REQUIRE(spread.count_below(x) == whole.count_below(x));
        REQUIRE(spread.count_up_to(x) == whole.count_up_to(x));
      }
    }
    // Between two marks of each slice, at either end.
    CHECK(largest <= 3 * slices.size() * static_cast<std::size_t>(std::ceil(std::sqrt(values.size()))) +
                         3 * slices.size());
  }
}

TEST_CASE("what is read off slices has the bits of what is read off one place") {
  for (const auto& slices : samples()) {
    Column values;
    for (const Column& slice : slices) values.insert(values.end(), slice.begin(), slice.end());
    const SortedSample whole{values};
    std::size_t largest = 0;
    const SortedSample spread(std::make_unique<SpreadValues>(std::make_unique<SlicesHere>(slices, largest)));
    const SortedSample narrow(
        std::make_unique<SpreadValues>(std::make_unique<SlicesHere>(slices, largest), 40));
    for (std::size_t rank = 0; rank < whole.size(); rank += 7)
      REQUIRE(narrow.value(rank) == whole.value(rank));
    for (const double level : {0.05, 0.5, 0.95, 0.999}) {
      CHECK(quantile(spread, level) == quantile(whole, level));
      const Interval a = quantile_interval(spread, level), b = quantile_interval(whole, level);
      CHECK((a.lower == b.lower && a.upper == b.upper));
      const Estimate c = expected_shortfall(spread, level), d = expected_shortfall(whole, level);
      CHECK((c.value == d.value && c.standard_error == d.standard_error));
    }
    const Histogram a = histogram(spread), b = histogram(whole);
    CHECK((a.counts == b.counts && a.first == b.first && a.width == b.width && a.above == b.above));
  }
}

TEST_CASE("what is no number is refused, and no values at all") {
  CHECK_THROWS_AS(SortedSlice(Column{1.0, std::nan("")}), hedgerow::InvalidInput);
  std::size_t largest = 0;
  CHECK_THROWS_AS(SortedSample(std::make_unique<SpreadValues>(
                      std::make_unique<SlicesHere>(std::vector<Column>(3), largest))),
                  hedgerow::InvalidInput);
}

}  // namespace spread_values_test
