#include "models/incident/cluster.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "engine/base/check.hpp"

namespace cluster_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

Posting posting(double start, std::optional<double> end, const std::string& service,
                const std::string& place = "east") {
  return {start, end, place, {service}, 0};
}

}  // namespace

TEST_CASE("postings of one place that nearly touch are one event, from the first start to the last end") {
  const auto events = cluster({posting(10, 12, "a"), posting(12.5, 13, "b"), posting(11, 11.5, "a"),
                               posting(13.6, 14, "c"), posting(12, 12.2, "d", "west")},
                              {}, 100);
  REQUIRE(events.size() == 3);
  CHECK(events[0].start == 10);
  CHECK(*events[0].end == 13);
  CHECK(events[0].postings == 3);
  CHECK(events[0].services == 2);
  CHECK(events[1].place == "west");
  CHECK(events[2].start == 13.6);
}

TEST_CASE("a long posting bridges short ones; without a gap each posting is an event") {
  const std::vector<Posting> postings{posting(10, 20, "a"), posting(11, 11.1, "b"), posting(19, 19.5, "c")};
  CHECK(cluster(postings, {}, 100).size() == 1);
  CHECK(cluster(postings, {.gap = std::nullopt}, 100).size() == 3);
  CHECK(cluster({posting(0, 1, "a"), posting(1, 2, "a")}, {.gap = 0.0}, 100).size() == 1);
}

TEST_CASE("events of too few services are left out, counted where they are not named") {
  std::vector<Posting> postings{posting(10, 11, "a"), posting(10, 11, "b"), posting(50, 51, "a"),
                                posting(50, 52, "a"), posting(90, 91, "a")};
  postings.back().service_count = 7;
  const auto events = cluster(postings, {.minimum_services = 2}, 100);
  REQUIRE(events.size() == 2);
  CHECK(events[0].start == 10);
  CHECK(events[1].services == 7);
  CHECK(cluster({{1, 2, "", {}, 0}}, {}, 100).size() == 1);  // a log that says nothing of services
}

TEST_CASE("what has no end is ongoing, unless that would be a record: then its end is unknown") {
  const std::vector<Posting> postings{posting(10, 15, "a"), posting(50, std::nullopt, "b"),
                                      posting(97, std::nullopt, "c")};
  const auto events = cluster(postings, {}, 100);
  REQUIRE(events.size() == 3);
  CHECK_FALSE(events[1].ongoing);
  CHECK_FALSE(events[1].end);
  CHECK(events[2].ongoing);
  CHECK(cluster(postings, {.open_end = OpenEnd::unknown}, 100)[2].ongoing == false);
  const auto ongoing = cluster(postings, {.open_end = OpenEnd::ongoing}, 100);
  REQUIRE(ongoing.size() == 2);  // the first without an end covers all that comes after it
  CHECK(ongoing[1].ongoing);
  CHECK_FALSE(ongoing[1].end);
}

TEST_CASE("a posting without an end leaves the end of its event to the others") {
  const auto events =
      cluster({posting(10, 30, "a"), posting(11, std::nullopt, "b"), posting(28, 29, "c")}, {}, 1000);
  REQUIRE(events.size() == 1);
  CHECK(*events[0].end == 30);
  CHECK(events[0].services == 3);
}

TEST_CASE("what ends after the log is ongoing, and what begins after it is not there") {
  const auto events = cluster({posting(90, 120, "a"), posting(101, 102, "a")}, {}, 100);
  REQUIRE(events.size() == 1);
  CHECK(events[0].ongoing);
}

TEST_CASE("events are those of the union of intervals, in any order of postings") {
  std::mt19937 random(20260101);
  for (int round = 0; round < 200; ++round) {
    std::vector<Posting> postings;
    for (int i = 0; i < 12; ++i) {
      const auto start = static_cast<double>(random() % 60);
      postings.push_back(posting(start, start + static_cast<double>(random() % 6),
                                 std::string(1, static_cast<char>('a' + i))));
    }
    // By marking half hours: an event is a stretch of marks, each posting marking its gap of 1 h as well.
    std::vector<bool> covered(200, false);
    for (const Posting& p : postings)
      for (int t = static_cast<int>(2 * p.start); t <= static_cast<int>(2 * (*p.end + 1.0)); ++t)
        covered[t] = true;
    std::size_t stretches = 0;
    for (std::size_t t = 0; t < covered.size(); ++t) stretches += covered[t] && (t == 0 || !covered[t - 1]);
    std::shuffle(postings.begin(), postings.end(), random);
    const auto events = cluster(postings, {.gap = 1.0}, 1000);
    CHECK(events.size() == stretches);
    std::size_t all = 0;
    for (const IncidentEvent& event : events) all += event.postings;
    CHECK(all == 12);
  }
}

TEST_CASE("what cannot be is refused") {
  CHECK_THROWS_AS(cluster({posting(10, 9, "a")}, {}, 100), InvalidInput);
  CHECK_THROWS_AS(cluster({}, {.gap = -1.0}, 100), InvalidInput);
  CHECK(cluster({}, {}, 100).empty());
}

}  // namespace cluster_test
