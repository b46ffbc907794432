// What several ranks played, brought together, is the run, bit by bit.

#include "models/assess/gather.hpp"

#include <doctest/doctest.h>

#include <optional>

#include "models/assess/spread_columns.hpp"
#include "tests/support/assessment_numbers.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/thread_ranks.hpp"
#include "tests/support/worlds.hpp"

namespace gather_test {

using namespace hedgerow;
using namespace hedgerow::models;

TEST_CASE("ranks give the bits of the whole, however the paths are drawn and though some have none") {
  struct Case {
    ScenarioInput world;
    Sampling sampling;
    std::uint64_t paths;
    unsigned ranks;
  };
  std::size_t renewals = 0;
  const AssessOptions one_thread{1, nullptr, {}, {}, false};
  // World W-2 has regimes and exits; strategies of the rich one renew contracts on the same dates.
  for (const Case& of : {Case{worlds::w2(), Sampling::plain, test::paths_or(3500, 2100), 3},
                         Case{worlds::w2(), Sampling::plain, test::paths_or(1500, 1100), 5},
                         Case{worlds::rich(), Sampling::plain, test::paths_or(2100, 1100), 2},
                         Case{worlds::w0(), Sampling::importance, 8192, 2}}) {
    if (test::sanitized && of.sampling != Sampling::plain) continue;
    Study study = worlds::study(of.world, of.paths, 7);
    study.simulation.sampling = of.sampling;
    study.outputs.percentiles = {0.5, 0.99};
    study.outputs.expected_shortfall = {0.95};
    std::optional<Assessment> gathered;
    test::on_ranks(of.ranks, [&](ranks::Communicator& rank) {
      PlayedStudy played(study, 1, shard_of(rank));
      played.play(one_thread);
      const Carried carried = gather(played, rank);
      CHECK(carried == (of.sampling == Sampling::plain ? Carried::total_costs : Carried::all));
      if (rank.rank() > 0) {
        if (carried != Carried::all) serve(played.paths(), rank);
        return;
      }
      SpreadColumns store(played.paths(), rank);
      if (carried != Carried::all) played.read_from(store);
      gathered = assess(played, one_thread);
      store.release();
    });
    REQUIRE(gathered->sampling.used == of.sampling);
    renewals += gathered->comparisons.empty() ? 0 : gathered->comparisons.front().renewals.size();
    test::check_same_bits(*gathered, assess(study, one_thread));
  }
  CHECK(renewals > 0);
}

}  // namespace gather_test
