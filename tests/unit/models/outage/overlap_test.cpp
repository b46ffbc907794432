#include "models/outage/overlap.hpp"

#include <doctest/doctest.h>

#include "tests/support/answers.hpp"

namespace overlap_test {

using namespace hedgerow::models;
using hedgerow::test::Dice;

namespace {

using Outages = std::vector<Outage>;

Outages resolved(Outages arrivals, Overlap rule, double horizon = 100.0) {
  OverlapRoom room;
  resolve_overlaps(arrivals, rule, horizon, room);
  return arrivals;
}

void check_equal(const Outages& found, const Outages& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CAPTURE(i);
    CHECK(found[i].start == expected[i].start);
    CHECK(found[i].end == expected[i].end);
    CHECK(found[i].severity == expected[i].severity);
  }
}

/// The severest arrival that is active at t, straight from the definition.
double severity_at(const Outages& outages, double t) {
  double severest = 0.0;
  for (const Outage& outage : outages)
    if (outage.start <= t && t < outage.end) severest = std::max(severest, outage.severity);
  return severest;
}

}  // namespace

TEST_CASE("outages apart stay as they are under both rules") {
  const Outages apart{{1, 2, 1}, {3, 5, .5}};
  check_equal(resolved(apart, Overlap::merge), apart);
  check_equal(resolved(apart, Overlap::ignore), apart);
  check_equal(resolved({}, Overlap::merge), {});
}

TEST_CASE("merge: unions, with the severest at each instant") {
  check_equal(resolved({{1, 3, 1}, {2, 4, 1}}, Overlap::merge), {{1, 4, 1}});
  check_equal(resolved({{1, 9, 1}, {2, 3, 1}, {4, 5, 1}}, Overlap::merge), {{1, 9, 1}});
  check_equal(resolved({{1, 2, 1}, {2, 3, 1}}, Overlap::merge), {{1, 3, 1}});
  check_equal(resolved({{1, 2, .5}, {2, 3, .7}}, Overlap::merge), {{1, 2, .5}, {2, 3, .7}});
  check_equal(resolved({{1, 5, .4}, {2, 3, .9}}, Overlap::merge), {{1, 2, .4}, {2, 3, .9}, {3, 5, .4}});
  check_equal(resolved({{1, 4, .9}, {2, 6, .4}}, Overlap::merge), {{1, 4, .9}, {4, 6, .4}});
  check_equal(resolved({{1, 4, .4}, {1, 2, .9}}, Overlap::merge), {{1, 2, .9}, {2, 4, .4}});
}

TEST_CASE("ignore: what comes while down is as if it had not come") {
  check_equal(resolved({{1, 3, 1}, {2, 9, 1}, {2.5, 4, 1}, {3, 5, .5}}, Overlap::ignore),
              {{1, 3, 1}, {3, 5, .5}});
}

TEST_CASE("outages are cut at the horizon") {
  for (const Overlap rule : {Overlap::merge, Overlap::ignore})
    check_equal(resolved({{1, 2, 1}, {6, 9, 1}}, rule, 7.0), {{1, 2, 1}, {6, 7, 1}});
  check_equal(resolved({{6, 9, .3}, {8, 10, 1}}, Overlap::merge, 7.0), {{6, 7, .3}});
  check_equal(resolved({{7, 9, 1}}, Overlap::merge, 7.0), {});
}

TEST_CASE("merge on random arrivals: disjoint, in order, and the severest everywhere") {
  Dice dice(1);
  for (int round = 0; round < 200; ++round) {
    Outages arrivals;
    for (int n = dice.among(0, 12); n > 0; --n) {
      const double start = dice.between(0, 10);
      arrivals.push_back({start, start + dice.between(0, 4), dice.among(1, 4) / 4.0});
    }
    std::sort(arrivals.begin(), arrivals.end(),
              [](const auto& a, const auto& b) { return a.start < b.start; });
    const Outages merged = resolved(arrivals, Overlap::merge);
    for (std::size_t i = 0; i < merged.size(); ++i) {
      CHECK(merged[i].start < merged[i].end);
      if (i > 0) CHECK(merged[i - 1].end <= merged[i].start);
    }
    for (int probe = 0; probe < 50; ++probe) {
      const double t = dice.between(0, 14);
      CHECK(severity_at(merged, t) == severity_at(arrivals, t));
    }
  }
}

}  // namespace overlap_test
