#include "apps/results/limits.hpp"

#include <doctest/doctest.h>

#include "models/assess/limits.hpp"

namespace limits_test {

using namespace hedgerow;
using namespace hedgerow::models;
using hedgerow::results::limits_block;

namespace {

using Kind = MeasureStatistic::Kind;

std::string block(const Limit& limit, std::optional<Measured> measured, std::uint64_t paths = 1000) {
  Assessment assessment;
  assessment.limits.push_back(judge(limit, measured, paths));
  return limits_block(assessment, "USD", false);
}

Limit appetite(double bound) {
  return {"appetite",
          "second-cloud",
          "total_cost.es_99",
          MeasureStatistic{"total_cost", Kind::expected_shortfall, 0.99},
          bound,
          std::nullopt};
}

}  // namespace

TEST_CASE("a breach says what was measured and what was allowed") {
  CHECK(block(appetite(2.1e9), Measured{2.314e9, {2.29e9, 2.33e9}}) ==
        "LIMITS  appetite: BREACHED   the mean of the worst 1 % of the total cost of second-cloud is "
        "2.31 [2.29, 2.33] B USD, at most 2.1 allowed\n\n");
}

TEST_CASE("an undecided limit says what would decide it, or that nothing would") {
  const auto says = [](const std::string& text, const char* words) {
    return text.find(words) != std::string::npos;
  };
  const measure::Interval interval{2.0e9, 2.2e9};
  CHECK(says(block(appetite(2.13e9), Measured{2.1e9, interval}), "about 12 000 paths would decide it\n"));
  CHECK(says(block(appetite(2.1e9), Measured{2.1e9, interval}), "it lies on the limit\n"));
  CHECK(says(block(appetite(2.15e9), Measured{2.1e9, {2.0e9, std::nullopt}}), "[2.00, ?] B USD"));
  CHECK(
      says(block(appetite(2.15e9), Measured{2.1e9, {2.0e9, std::nullopt}}), "these paths cannot bound it\n"));
  CHECK(says(block(appetite(2.15e9), std::nullopt), "is not available\n"));
}

TEST_CASE("probabilities are in percent, indices plain, exact numbers without an interval") {
  CHECK(
      block({"calm", "s", "", SeveredByHorizon{"aws"}, 0.1, std::nullopt}, Measured{0.074, {0.071, 0.078}}) ==
      "LIMITS  calm: kept       the probability that aws severs under s is 7.4 [7.1, 7.8] %, at most 10 % "
      "allowed\n\n");
  CHECK(block({"spread", "s", "", ConcentrationIndex::risk, 0.5, std::nullopt}, Measured{0.6, {0.6, 0.6}}) ==
        "LIMITS  spread: BREACHED   the concentration of risk of s is 0.600, at most 0.5 allowed\n\n");
  CHECK(block({"won", "s", "", ProbabilityCheaper{}, std::nullopt, 0.5}, Measured{0.7, {0.69, 0.71}}) ==
        "LIMITS  won: kept       the probability that s is cheaper than the reference is 70 [69, 71] %, at "
        "least "
        "50 % wanted\n\n");
}

TEST_CASE("names are aligned and cannot steer a terminal; nothing is said without limits") {
  Assessment assessment;
  CHECK(limits_block(assessment, "USD", false).empty());
  Limit first = appetite(1e9), second = appetite(3e9);
  first.name = "a\033[2J";
  second.name = "longer name";
  for (const Limit& limit : {first, second})
    assessment.limits.push_back(judge(limit, Measured{2e9, {1.9e9, 2.1e9}}, 100));
  const std::string text = limits_block(assessment, "USD", false);
  CHECK(text.find('\033') == std::string::npos);
  CHECK(text.starts_with("LIMITS  a\\x1B[2J:    BREACHED "));
  CHECK(text.find("\n        longer name: kept ") != std::string::npos);
  CHECK(limits_block(assessment, "USD", true).find("\033[1mBREACHED") != std::string::npos);
}

}  // namespace limits_test
