// Paths played in parts are the paths of one run, bit by bit.

#include "models/assess/paths/played_paths.hpp"

#include <doctest/doctest.h>

#include "tests/support/worlds.hpp"

namespace played_paths_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

OutputSettings outputs() {
  OutputSettings outputs;
  outputs.expected_shortfall = {0.95};
  return outputs;
}

void check_same_columns(const PlayedPaths& a, const PlayedPaths& b) {
  REQUIRE(a.columns().size() == b.columns().size());
  for (std::size_t s = 0; s < a.columns().size(); ++s) {
    const Columns &x = a.columns()[s], &y = b.columns()[s];
    CHECK(x.total_cost.size() == a.paths());
    CHECK(x.total_cost == y.total_cost);
    CHECK(x.components == y.components);
    CHECK(x.annual_cost == y.annual_cost);
    CHECK(x.annual_outage == y.annual_outage);
    CHECK(x.annual_incident == y.annual_incident);
  }
}

void check_same_moments(const std::vector<measure::Moments>& a, const std::vector<measure::Moments>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].count == b[i].count);
    CHECK(a[i].mean == b[i].mean);
    CHECK(a[i].variance() == b[i].variance());
  }
}

}  // namespace

TEST_CASE("stages of whole blocks, the last one cut, for any number of threads") {
  const Scenario scenario(worlds::w2());
  const Simulation simulation(scenario, 7);
  PlayedPaths whole(simulation, 5000, outputs());
  REQUIRE(whole.play_up_to(2'500, {2, nullptr, {}}));
  for (const unsigned threads : {1u, 3u}) {
    PlayedPaths parts(simulation, 5000, outputs());
    std::uint64_t last = 0;
    for (const std::uint64_t paths : {1'024u, 2'048u, 2'500u}) {
      CHECK(parts.play_up_to(paths, {threads, nullptr, [&](std::uint64_t done) {
                                       CHECK(done > last);
                                       last = done;
                                     }}));
      CHECK(parts.paths() == paths);
      CHECK(last == paths);
    }
    check_same_columns(parts, whole);
    check_same_moments(parts.tally().market.price, whole.tally().market.price);
    for (std::size_t s = 0; s < 2; ++s)
      check_same_moments(parts.tally().strategies[s].component_by_year,
                         whole.tally().strategies[s].component_by_year);
  }
}

TEST_CASE("a cancelled stage leaves whole blocks that can be gone on from") {
  const Scenario scenario(worlds::w2());
  const Simulation simulation(scenario, 7);
  run::Cancellation cancellation;
  PlayedPaths stopped(simulation, 5000, outputs());
  CHECK_FALSE(stopped.play_up_to(20'000, {1, &cancellation, [&](std::uint64_t) { cancellation.request(); }}));
  CHECK(stopped.paths() > 0);
  CHECK(stopped.paths() % 1024 == 0);
  CHECK(stopped.columns()[0].total_cost.size() == stopped.paths());
  const std::uint64_t more = stopped.paths() + 100;
  CHECK(stopped.play_up_to(more, {2, nullptr, {}}));
  PlayedPaths whole(simulation, 5000, outputs());
  REQUIRE(whole.play_up_to(more, {2, nullptr, {}}));
  check_same_columns(stopped, whole);
}

}  // namespace played_paths_test
