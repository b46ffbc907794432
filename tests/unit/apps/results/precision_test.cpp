#include "apps/results/precision.hpp"

#include <doctest/doctest.h>

namespace precision_test {

using namespace hedgerow;
using namespace hedgerow::models;
using hedgerow::results::asked_precision;
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

TEST_CASE("an asked precision: reached, or each number that falls short with what it would take") {
  Assessment assessment = assessed(1, 2, 3);
  CHECK(asked_precision(assessment).empty());
  assessment.precision = PrecisionResult{0.03, 8192, {512, 1000}, {}};
  CHECK(asked_precision(assessment) ==
        "Asked for: ±3 % of every total cost: reached with 1 000 paths, in 2 batches.\n");
  const auto output = [](MeasureStatistic::Kind kind, double level) {
    return UnmetOutput{"s", {"total_cost", kind, level}, 4.0, 0.04, 1778, false};
  };
  using Kind = MeasureStatistic::Kind;
  assessment.precision->unmet = {output(Kind::mean, 0.0), output(Kind::percentile, 0.99),
                                 output(Kind::expected_shortfall, 0.95), output(Kind::mean, 0.0)};
  assessment.precision->unmet[1].relative.reset();
  assessment.precision->unmet[2].paths_needed.reset();
  assessment.precision->unmet[3].hopeless = true;
  CHECK(asked_precision(assessment) ==
        "Asked for: ±3 % of every total cost: NOT REACHED with 1 000 paths, in 2 batches.\n"
        "  the mean of s is known to ±4 %; about 1 800 paths would do\n"
        "  the 99 % point of s cannot be bounded by these paths\n"
        "  the mean of the worst 5 % of s is known to ±4 %; no number of paths that can be run would do\n"
        "  the mean of s has infinite variance: no number of paths would do\n");
}

TEST_CASE("estimated numbers of paths are rounded up to two digits") {
  using hedgerow::results::about;
  CHECK(about(7) == "7");
  CHECK(about(99) == "99");
  CHECK(about(101) == "110");
  CHECK(about(110) == "110");
  CHECK(about(123'456) == "130 000");
}

}  // namespace precision_test
