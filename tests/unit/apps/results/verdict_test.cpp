// What a strategy means for the decision: the sentences say what the answers hold, and no more.

#include "apps/results/verdict.hpp"

#include <doctest/doctest.h>

#include "apps/results/format.hpp"
#include "apps/results/holder.hpp"
#include "tests/support/worlds.hpp"

namespace verdict_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::results;

namespace {

/// World W-3, whose provider A may sever, on few paths.
const Answers& answers() {
  static const Answers all = [] {
    AssessOptions options;
    options.threads = 1;
    return answer(worlds::study(worlds::w3(), 256), options);
  }();
  return all;
}

std::string said(const Answers& of, std::string_view label, std::size_t strategy = 1) {
  for (const Sentence& sentence : verdict(of, strategy))
    if (sentence.label == label) return sentence.text;
  return "";
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("above all one kind, or those that are not told from it, or none") {
  Answers some = answers();
  const auto kinds = [&](std::vector<DealKind> above_all) {
    some.waterfalls.front().above_all = std::move(above_all);
    const std::string text = said(some, "Why");
    const std::size_t at = text.find(". ");
    return at == text.npos ? "" : text.substr(at + 2);
  };
  CHECK(kinds({DealKind::hedge}) == "Above all a hedge");
  CHECK(kinds({DealKind::leverage}) == "Above all leverage");
  CHECK(kinds({DealKind::discount, DealKind::hedge}) ==
        "Above all a discount or a hedge: these paths do not tell which");
  CHECK(kinds({}).empty());
}

TEST_CASE("an end of the corridor at which no test fails is not told as one") {
  Answers some = answers();
  const std::string holder = said(some, "Held by").substr(0, 1);
  const auto shares = [&](std::optional<CorridorTest> below, std::optional<CorridorTest> above) {
    for (Corridor& corridor : some.corridors)
      if (corridor.provider == holder) corridor.corridor = ShareInterval{0.001, 0.059, below, above};
    const std::string text = said(some, "Held by");
    const std::size_t at = text.find("safe to lose ");
    REQUIRE(at != text.npos);
    return text.substr(at + 13, text.find(" (now") - at - 13);
  };
  const auto fails = CorridorTest::benefit;
  CHECK(shares({}, fails) == "up to 5.9 % of the demand");
  CHECK(shares(fails, fails) == "at 0.1 % to 5.9 % of the demand");
  CHECK(shares(fails, {}) == "from 0.1 % of the demand");
  CHECK(shares({}, {}) == "at any share of the demand");
}

TEST_CASE("what a severance costs is more or less than planned") {
  Answers some = answers();
  for (ProviderSummary& provider : some.assessment.strategies[1].providers)
    provider.loss_given_severance = measure::Estimate{36.5e9, 0.2e9};
  CHECK(has(said(some, "Held by"), ") the strategy costs 36.5 ± 0.4 B USD more than planned"));
  for (ProviderSummary& provider : some.assessment.strategies[1].providers)
    provider.loss_given_severance = measure::Estimate{-36.5e9, 0.2e9};
  CHECK(has(said(some, "Held by"), ") the strategy costs 36.5 ± 0.4 B USD less than planned"));
  for (ProviderSummary& provider : some.assessment.strategies[1].providers)
    provider.loss_given_severance = std::nullopt;
  CHECK_FALSE(has(said(some, "Held by"), "planned"));
}

TEST_CASE("a difference that the paths do not tell from 0 has no size") {
  Answers some = answers();
  Comparison& comparison = some.assessment.comparisons.front();
  comparison.mean = {-1e6, 0.6e6};
  for (LevelDifference& at : comparison.expected_shortfall) at.difference = {1e6, 0.6e6};
  CHECK(said(some, "Cost").starts_with("no difference in the mean can be told from these paths; "));
  CHECK(has(said(some, "Tail"), " no different, as far as these paths tell"));
  comparison.mean = {-2e6, 0.6e6};
  for (LevelDifference& at : comparison.expected_shortfall) at.difference = {2e6, 0.6e6};
  CHECK(said(some, "Cost").starts_with("2 ± 1 M USD less in the mean"));
  CHECK(has(said(some, "Tail"), " % of paths) 2 ± 1 M USD higher"));
}

TEST_CASE("who holds a strategy hangs on it alone, unless it is compared") {
  const std::string alone = held_by(answers(), 1), compared = said(answers(), "Held by");
  const std::string reference = held_by(answers(), 0);
  CHECK_FALSE(has(alone, answers().assessment.strategies[0].name + ": "));
  CHECK(has(compared, " by risk (" + answers().assessment.strategies[0].name + ": "));
  CHECK(alone.substr(0, alone.find(" by risk")) == compared.substr(0, compared.find(" by risk")));
  CHECK(has(reference, " of the bills and "));
  Answers none = answers();
  none.assessment.strategies[0].attribution.risk.clear();
  CHECK(held_by(none, 0).empty());
}

TEST_CASE("a terminal gets the same sentences, wrapped") {
  const std::string text = verdicts_text(answers(), false, 100);
  std::string flat;  // with single spaces and no breaks
  for (const char c : text)
    if (const char plain = c == '\n' ? ' ' : c; plain != ' ' || flat.empty() || flat.back() != ' ')
      flat += plain;
  for (const Sentence& sentence : verdict(answers(), 1))
    CHECK(has(flat, " " + sentence.label + " " + sentence.text + " "));
  std::size_t from = 0;
  for (std::size_t end = text.find('\n'); end != text.npos; from = end + 1, end = text.find('\n', from))
    CHECK(width_of(text.substr(from, end - from)) <= 100);
}

}  // namespace verdict_test
