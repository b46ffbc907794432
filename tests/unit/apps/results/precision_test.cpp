#include "apps/results/precision.hpp"

#include <doctest/doctest.h>

using namespace hedgerow;
using namespace hedgerow::models;
using hedgerow::results::precision;

namespace {

/// One strategy with a mean, a percentile and an expected shortfall of 100, of the given half widths.
Assessment assessed(double mean, double percentile, double shortfall) {
  const double z = measure::two_sided_normal(0.95);
  MeasureSummary total{"total_cost", {100.0, mean / z}, std::nullopt, {}, {}, {}};
  total.percentiles.push_back({0.99, 100.0, {100.0 - percentile, 100.0 + percentile}});
  total.expected_shortfall.push_back({0.95, {100.0, shortfall / z}, {}});
  StrategySummary strategy;
  strategy.name = "s";
  strategy.measures.push_back(total);
  Assessment assessment;
  assessment.paths = 1000;
  assessment.strategies.push_back(strategy);
  return assessment;
}

bool says(const std::string& text, const char* words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("the least certain number is named, whichever it is") {
  CHECK(says(precision(assessed(1, 2, 3)), "±3 % or better"));
  CHECK(says(precision(assessed(8, 2, 3)), "Precision is poor: the mean of s is known only to ±8 %"));
  CHECK(says(precision(assessed(1, 9, 3)), "the 99 % point of s"));
  CHECK(says(precision(assessed(1, 2, 10)), "the mean of the worst 5 % of s"));
}

TEST_CASE("errors fall with the root of the paths") {
  CHECK(says(precision(assessed(10, 1, 1)), "about 4 000 paths would bring it to ±5 %"));
}

TEST_CASE("a missing bound is poor precision") {
  Assessment assessment = assessed(1, 1, 1);
  assessment.strategies[0].measures[0].percentiles[0].interval.upper.reset();
  CHECK(says(precision(assessment), "1 000 paths cannot bound the 99 % point of s"));
}
