// Precision on demand: what is looked at, when a run stops, and that stopping changes no bit.

#include "models/assess/paths/stopping.hpp"

#include <doctest/doctest.h>

#include "models/assess/assess.hpp"
#include "tests/support/assessment_numbers.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/worlds.hpp"

namespace stopping_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

using Kind = MeasureStatistic::Kind;

/// A total cost of mean 100, with a percentile and a shortfall, of these half widths.
MeasureSummary total(double mean, double percentile, double shortfall, double percentile_value = 200.0) {
  const double z = measure::two_sided_normal(0.95);
  MeasureSummary summary{"total_cost", {100.0, mean / z}, std::nullopt, {}, {}, {}};
  summary.percentiles.push_back(
      {0.99, percentile_value, {percentile_value - percentile, percentile_value + percentile}});
  const measure::Estimate tail{300.0, shortfall / z};
  summary.expected_shortfall.push_back({0.95, tail, measure::normal_interval(tail)});
  return summary;
}

std::vector<UnmetOutput> unmet(const MeasureSummary& summary, bool infinite_variance = false) {
  return unmet_outputs("s", summary, infinite_variance, 0.01, 1000);
}

Study precise(double precision, std::uint64_t most) {
  Study study = worlds::study(worlds::w0(), most, 7);
  study.outputs = {{0.5, 0.9}, {0.9}, {10}};
  study.simulation.precision = precision;
  return study;
}

}  // namespace

TEST_CASE("batches double from 2^13 and end at the most paths") {
  std::vector<std::uint64_t> ends;
  for (std::uint64_t paths = 0; paths < 100'000;) ends.push_back(paths = next_batch(paths, 100'000));
  CHECK(ends == std::vector<std::uint64_t>{8'192, 16'384, 32'768, 65'536, 100'000});
  CHECK(next_batch(0, 500) == 500);
}

TEST_CASE("half widths are held against each number's own size") {
  CHECK(unmet(total(0.999, 1.999, 2.999)).empty());
  const auto mean = unmet(total(1.01, 1.9, 2.9));
  REQUIRE(mean.size() == 1);
  CHECK(mean[0].number.kind == Kind::mean);
  CHECK(*mean[0].half_width == doctest::Approx(1.01));
  CHECK(*mean[0].relative == doctest::Approx(0.0101));
  const auto percentile = unmet(total(0.9, 4.0, 2.9));
  REQUIRE(percentile.size() == 1);
  CHECK(percentile[0].number.kind == Kind::percentile);
  CHECK(percentile[0].number.level == 0.99);
  CHECK(*percentile[0].relative == doctest::Approx(0.02));
  CHECK(percentile[0].paths_needed == 4000);
  const auto shortfall = unmet(total(0.9, 1.9, 3.1));
  REQUIRE(shortfall.size() == 1);
  CHECK(shortfall[0].number.kind == Kind::expected_shortfall);
  CHECK(unmet(total(2, 4, 6)).size() == 3);
}

TEST_CASE("a number near nothing is held against the mean") {
  CHECK(unmet(total(0.5, 0.9, 1.0, 9.9)).empty());
  CHECK(unmet(total(0.5, 0.9, 1.0, -9.9)).empty());
  CHECK(unmet(total(0.5, 0.9, 1.0, 0.0)).empty());
  CHECK(unmet(total(0.5, 1.1, 1.0, 9.9)).size() == 1);
  CHECK(unmet(total(0.5, 0.9, 1.0, 11.0)).size() == 1);  // large enough to be held against itself
}

TEST_CASE("what cannot be bounded is unmet; with an infinite variance no paths will do") {
  MeasureSummary summary = total(0.5, 1.0, 1.0);
  summary.percentiles[0].interval.upper.reset();
  REQUIRE(unmet(summary).size() == 1);
  CHECK_FALSE(unmet(summary)[0].half_width);
  CHECK_FALSE(unmet(summary)[0].paths_needed);
  CHECK(is_worth_more_paths(unmet(summary)));
  summary = total(0.5, 1.0, 1.0);
  summary.mean.standard_error.reset();
  summary.expected_shortfall[0].interval = {};
  CHECK(unmet(summary, true).size() == 2);
  CHECK_FALSE(is_worth_more_paths(unmet(summary, true)));
  CHECK(is_worth_more_paths(unmet(summary, false)));  // too few values in the tail as yet
  CHECK_FALSE(is_worth_more_paths({}));
}

TEST_CASE("an exact cost meets every target, nothing costs nothing") {
  MeasureSummary summary{"total_cost", {0.0, 0.0}, std::nullopt, {{0.9, 0.0, {0.0, 0.0}}}, {}, {}};
  CHECK(unmet_outputs("s", summary, false, 1e-9, 10).empty());
}

TEST_CASE("a run stops at the first batch that is precise, with the bits of a run of so many paths") {
  std::vector<std::uint64_t> ends;
  AssessOptions options;
  options.threads = 2;
  options.progress = [&](std::uint64_t done, std::uint64_t paths) {
    CHECK(done <= paths);
    if (ends.empty() || ends.back() != paths) ends.push_back(paths);
  };
  const Assessment stopped = assess(precise(0.012, 60'000), options);
  REQUIRE(stopped.precision.has_value());
  CHECK(stopped.complete);
  CHECK(stopped.precision->unmet.empty());
  REQUIRE(stopped.precision->batches.size() >= 2);
  CHECK(stopped.precision->batches.back() == stopped.paths);
  CHECK(stopped.precision->most_paths == 60'000);
  CHECK(ends == stopped.precision->batches);

  Study plain = precise(0.012, stopped.paths);
  plain.simulation.precision.reset();
  const Assessment whole = assess(plain, {});
  CHECK_FALSE(whole.precision.has_value());
  hedgerow::test::check_same_bits(stopped, whole);

  // The batch before was not precise enough.
  const std::uint64_t before = stopped.precision->batches[stopped.precision->batches.size() - 2];
  const Assessment shorter = assess(precise(0.012, before), {});
  CHECK_FALSE(shorter.precision->unmet.empty());
  for (const UnmetOutput& output : shorter.precision->unmet) {
    CHECK(*output.relative > 0.012);
    CHECK(*output.paths_needed > before);
  }
}

TEST_CASE("a run that may not go on says how far it is") {
  const Assessment most = assess(precise(1e-4, 10'000), {});
  CHECK(most.complete);
  CHECK(most.paths == 10'000);
  CHECK(most.precision->batches == std::vector<std::uint64_t>{8'192, 10'000});
  CHECK(most.precision->unmet.size() == 4);
}

TEST_CASE("where the variance is infinite a run stops when the rest is known" *
          doctest::skip(test::thread_sanitized)) {
  Study study = precise(0.05, 1u << 20);
  for (auto& [name, provider] : study.scenario.providers)
    provider.regions["r"].outages->duration =
        SplicedDuration{worlds::lognormal(2.0, 1.2), Fraction(0.95), 0.6, Hours(6.0)};
  const Assessment heavy = assess(study, {});
  CHECK(heavy.paths <= 1u << 16);
  REQUIRE(heavy.precision->unmet.size() == 2);  // mean and expected shortfall
  for (const UnmetOutput& output : heavy.precision->unmet) CHECK(output.hopeless);
}

TEST_CASE("a cancelled run says what is known so far") {
  run::Cancellation cancellation;
  AssessOptions options;
  options.threads = 1;
  options.cancellation = &cancellation;
  options.progress = [&](std::uint64_t done, std::uint64_t) {
    if (done > 9'000) cancellation.request();
  };
  const Assessment stopped = assess(precise(1e-4, 1u << 20), options);
  CHECK_FALSE(stopped.complete);
  REQUIRE(stopped.precision->batches.size() == 2);
  CHECK(stopped.precision->batches[1] == stopped.paths);
  CHECK(stopped.paths < 16'384);
  CHECK(stopped.precision->unmet.size() == 4);
}

}  // namespace stopping_test
