#include "models/outage/downtime.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/answers.hpp"

namespace downtime_test {

using namespace hedgerow::models;
using hedgerow::test::Dice;

namespace {

using Outages = std::vector<Outage>;
const LocationId here(0);

std::vector<Downtime> downtimes(const std::vector<EntityOutages>& entities, double rate = 0.0) {
  std::vector<Downtime> out;
  DowntimeRoom room;
  append_downtimes(here, entities, Discounting(rate), room, out);
  return out;
}

void check_piece(const Downtime& down, double start, double end, double unavailable, std::uint32_t year = 0) {
  CHECK(down.start == start);
  CHECK(down.end == end);
  CHECK(down.unavailable == doctest::Approx(unavailable).epsilon(1e-14));
  CHECK(down.year == year);
}

}  // namespace

TEST_CASE("outages of several entities: what is left multiplies") {
  const Outages region{{.1, .3, 1.0}, {.6, .8, .5}}, shared{{.2, .4, 1.0}, {.7, .9, 1.0}};
  const auto down = downtimes({{&region, 1.0}, {&shared, .4}});
  REQUIRE(down.size() == 6);
  check_piece(down[0], .1, .2, 1.0);
  check_piece(down[1], .2, .3, 1.0);
  check_piece(down[2], .3, .4, .4);
  check_piece(down[3], .6, .7, .5);
  check_piece(down[4], .7, .8, 1.0 - .5 * .6);
  check_piece(down[5], .8, .9, .4);
}

TEST_CASE("a downtime is cut at plan years and discounted over its own time") {
  const Outages region{{.5, 2.25, 1.0}};
  const double r = .1;
  const auto down = downtimes({{&region, 1.0}}, r);
  REQUIRE(down.size() == 3);
  check_piece(down[0], .5, 1.0, 1.0, 0);
  check_piece(down[1], 1.0, 2.0, 1.0, 1);
  check_piece(down[2], 2.0, 2.25, 1.0, 2);
  for (const Downtime& piece : down) CHECK(piece.discount == Discounting(r).factor(piece.start));
}

TEST_CASE("outages that begin or end together") {
  const Outages a{{.1, .2, .5}, {.3, .4, 1.0}}, b{{.1, .2, .5}, {.2, .3, .5}};
  const auto down = downtimes({{&a, 1.0}, {&b, 1.0}});
  REQUIRE(down.size() == 3);
  check_piece(down[0], .1, .2, .75);
  check_piece(down[1], .2, .3, .5);
  check_piece(down[2], .3, .4, 1.0);
}

TEST_CASE("nothing fails, nothing is down; an outage of no length is none") {
  const Outages none, instant{{.1, .1, 1.0}};
  CHECK(downtimes({}).empty());
  CHECK(downtimes({{&none, 1.0}}).empty());
  CHECK(downtimes({{&instant, 1.0}}).empty());
}

TEST_CASE("random outages: the pieces say what the definition says, instant by instant") {
  Dice dice(2);
  for (int round = 0; round < 100; ++round) {
    std::vector<Outages> outages(3);
    std::vector<EntityOutages> entities;
    for (Outages& of_entity : outages) {
      double t = 0.0;
      for (int n = dice.among(0, 5); n > 0; --n) {
        const double start = t + dice.between(0, 1), end = start + dice.between(0, 1);
        of_entity.push_back({start, end, dice.between(0.1, 1)});
        t = end;
      }
      entities.push_back({&of_entity, dice.between(0.1, 1)});
    }
    const auto down = downtimes(entities);
    for (int probe = 0; probe < 50; ++probe) {
      const double t = dice.between(0, 10);
      double available = 1.0, found = 0.0;
      for (const EntityOutages& entity : entities)
        for (const Outage& outage : *entity.outages)
          if (outage.start <= t && t < outage.end) available *= 1.0 - outage.severity * entity.impact;
      for (const Downtime& piece : down)
        if (piece.start <= t && t < piece.end) found += piece.unavailable;
      CHECK(found == doctest::Approx(1.0 - available).epsilon(1e-12));
    }
    for (std::size_t i = 1; i < down.size(); ++i) CHECK(down[i - 1].end <= down[i].start);
  }
}

TEST_CASE("downtimes of many locations are merged in order of start, the first location's first") {
  Dice dice(5);
  for (int round = 0; round < 100; ++round) {
    DowntimeRoom room;
    for (std::size_t l = 0; l < 4; ++l) {
      double start = 0.0;
      for (int n = dice.among(0, 6); n > 0; --n) {
        start += dice.among(1, 3);  // so that some start together
        room.downtimes.push_back({LocationId(l), 0, start, start + 0.5, 1.0, 1.0, 0.5});
      }
      room.ends.push_back(room.downtimes.size());
    }
    std::vector<Downtime> expected = room.downtimes, merged;
    std::stable_sort(expected.begin(), expected.end(),
                     [](const Downtime& a, const Downtime& b) { return a.start < b.start; });
    merge_locations(room, merged);
    REQUIRE(merged.size() == expected.size());
    for (std::size_t i = 0; i < merged.size(); ++i) {
      CHECK(merged[i].start == expected[i].start);
      CHECK(merged[i].location == expected[i].location);
    }
  }
}

TEST_CASE("clusters of downtimes touch each other and nobody else") {
  Dice dice(6);
  int lone = 0, several_at_once = 0, crowds = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<Downtime> down;
    double start = 0.0;
    for (int n = dice.among(0, 12); n > 0; --n) {
      start += dice.among(0, 2);  // so that some start together, and some where others end
      const double end = start + dice.among(1, 2), unavailable = dice.among(0, 9) == 0 ? 0.5 : 1.0;
      down.push_back(
          {LocationId(static_cast<std::size_t>(dice.among(0, 5))), 0, start, end, unavailable, 1.0, 0.5});
    }
    std::vector<DowntimeCluster> clusters;
    find_clusters(down, clusters);
    std::size_t next = 0;
    for (const DowntimeCluster& cluster : clusters) {
      REQUIRE(cluster.first == next);
      REQUIRE(cluster.last > cluster.first);
      next = cluster.last;
      const Downtime& first = down[cluster.first];
      double end = 0.0;
      bool alike = true;
      std::uint64_t locations = 0;
      for (std::size_t i = cluster.first; i < cluster.last; ++i) {
        CHECK((i == cluster.first || down[i].start <= end));
        end = std::max(end, down[i].end);
        alike =
            alike && down[i].start == first.start && down[i].end == first.end && down[i].unavailable == 1.0;
        locations |= std::uint64_t{1} << down[i].location.value;
      }
      CHECK(cluster.end == end);
      CHECK((next == down.size() || down[next].start > end));
      CHECK(cluster.is_lone == alike);
      CHECK(cluster.locations == locations);
      lone += alike;
      several_at_once += alike && cluster.last > cluster.first + 1;
      crowds += !alike;
    }
    CHECK(next == down.size());
  }
  CHECK(std::min({lone, several_at_once, crowds}) > 20);
}

}  // namespace downtime_test
