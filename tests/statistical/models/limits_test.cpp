// How often a limit is decided wrongly: set on the true value, which no number of paths can tell from the
// limit, it must be decided in about 5 % of runs; set far off, in all of them and rightly.

#include <doctest/doctest.h>

#include <cmath>

#include "models/assess/assess.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/worlds.hpp"

namespace limits_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

constexpr double exact_mean = 13'628'456.70;  // of the outage loss of W-0 (configs/validation/w0.yaml)
constexpr int runs = 240;
constexpr std::uint64_t paths = 512;

struct Counts {
  int kept = 0, breached = 0, undecided = 0;

  void add(Verdict verdict) {
    kept += verdict == Verdict::kept;
    breached += verdict == Verdict::breached;
    undecided += verdict == Verdict::undecided;
  }
};

Limit on_the_mean(const char* name, std::optional<double> at_most, std::optional<double> at_least) {
  return {name,    "only",  "outage.mean", MeasureStatistic{"outage", MeasureStatistic::Kind::mean, 0.0},
          at_most, at_least};
}

}  // namespace

TEST_CASE("limits on the mean of W-0: error rate at the truth, certainty far from it") {
  Counts at_truth, from_below, far_above, far_below;
  double needed = 0.0;
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    Study study = worlds::study(worlds::w0(), paths, seed);
    study.outputs = {{0.5}, {}, {}};
    study.limits = {on_the_mean("truth", exact_mean, std::nullopt),
                    on_the_mean("truth, the other way", std::nullopt, exact_mean),
                    on_the_mean("far above", 1.15 * exact_mean, std::nullopt),
                    on_the_mean("far below", 0.85 * exact_mean, std::nullopt)};
    const Assessment assessment = assess(study, test::whole_only());
    at_truth.add(assessment.limits[0].verdict);
    from_below.add(assessment.limits[1].verdict);
    far_above.add(assessment.limits[2].verdict);
    far_below.add(assessment.limits[3].verdict);
    needed += assessment.limits[0].paths_to_decide.has_value();
  }
  // Binomial(240, 0.05) has standard deviation 3.4: 4 of them either way.
  const int wrong = at_truth.kept + at_truth.breached;
  CAPTURE(wrong);
  CHECK(std::abs(wrong - 0.05 * runs) <= 4.0 * std::sqrt(runs * 0.05 * 0.95));
  CHECK(at_truth.kept >= 1);  // a normal interval errs on both sides
  CHECK(at_truth.breached >= 1);
  CHECK(from_below.kept == at_truth.breached);
  CHECK(from_below.breached == at_truth.kept);
  CHECK(needed == at_truth.undecided);
  CHECK(far_above.kept == runs);
  CHECK(far_below.breached == runs);
}

}  // namespace limits_test
