// One binary, whatever the machine has: a whole study gives the same bits on every instruction set that its
// kernels are compiled for.

#include <doctest/doctest.h>
#include <hwy/targets.h>

#include "models/assess/assess.hpp"
#include "tests/support/assessment_numbers.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/worlds.hpp"

namespace instruction_sets_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

/// The study by the kernels of one instruction set; 0: of what the machine has.
Assessment by_kernels_of(std::int64_t target, const Study& study) {
  hwy::SetSupportedTargetsForTest(target);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  AssessOptions options;
  options.threads = 1;
  options.replay_tails = false;
  Assessment of = assess(study, options);
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  return of;
}

}  // namespace

TEST_CASE("a study has the same bits on every instruction set, drawn plainly or by Sobol points" *
          doctest::skip(test::sanitized)) {
  Study study;
  study.scenario = worlds::rich();
  for (const Sampling sampling : {Sampling::plain, Sampling::sobol}) {
    study.simulation = {1'024, 5, std::nullopt, sampling};
    const Assessment best = by_kernels_of(0, study);
    const auto targets = hwy::SupportedAndGeneratedTargets();
    REQUIRE(!targets.empty());
    for (const std::int64_t target : targets) {
      INFO("instruction set ", std::string(hwy::TargetName(target)));
      test::check_same_bits(by_kernels_of(target, study), best);
    }
  }
}

}  // namespace instruction_sets_test
