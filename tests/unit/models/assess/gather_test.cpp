// What several ranks played, brought together, is the run, bit by bit.

#include "models/assess/paths/gather.hpp"

#include <doctest/doctest.h>

#include <optional>

#include "models/assess/answers.hpp"
#include "models/assess/columns/spread_columns.hpp"
#include "models/assess/paths/joint_blocks.hpp"
#include "models/assess/tail_replay.hpp"
#include "tests/support/assessment_numbers.hpp"
#include "tests/support/number_buffer.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/thread_ranks.hpp"
#include "tests/support/worlds.hpp"

namespace gather_test {

using namespace hedgerow;
using namespace hedgerow::models;

void check_same_what_ifs(const Answers& ours, const Answers& theirs) {
  REQUIRE(ours.stories.size() == theirs.stories.size());
  for (std::size_t i = 0; i < ours.stories.size(); ++i) {
    CHECK(ours.stories[i].story.path == theirs.stories[i].story.path);
    CHECK(ours.stories[i].around.paths == theirs.stories[i].around.paths);
  }
  REQUIRE(ours.waterfalls.size() == theirs.waterfalls.size());
  for (std::size_t i = 0; i < ours.waterfalls.size(); ++i) {
    const Waterfall &a = ours.waterfalls[i], &b = theirs.waterfalls[i];
    CHECK(a.paths == b.paths);
    for (std::size_t f = 0; f < feature_count; ++f) {
      CHECK(a.steps[f].increment.value == b.steps[f].increment.value);
      CHECK(test::same_bits(a.steps[f].shapley.standard_error, b.steps[f].shapley.standard_error));
    }
    for (std::size_t k = 0; k < deal_kind_count; ++k)
      CHECK(test::same_bits(a.kinds[k].behind.standard_error, b.kinds[k].behind.standard_error));
    CHECK(a.above_all == b.above_all);
  }
  REQUIRE(ours.break_evens.size() == theirs.break_evens.size());
  for (std::size_t i = 0; i < ours.break_evens.size(); ++i)
    CHECK(test::same_bits(ours.break_evens[i].gap, theirs.break_evens[i].gap));
  REQUIRE(ours.parameter_uncertainty.size() == theirs.parameter_uncertainty.size());
  for (std::size_t i = 0; i < ours.parameter_uncertainty.size(); ++i) {
    const ParameterUncertainty &a = ours.parameter_uncertainty[i], &b = theirs.parameter_uncertainty[i];
    CHECK(a.paths_by_group == b.paths_by_group);
    CHECK(a.variance_share.value == b.variance_share.value);
    REQUIRE(a.numbers.size() == b.numbers.size());
    for (std::size_t n = 0; n < a.numbers.size(); ++n)
      CHECK(test::same_bits(a.numbers[n].sd, b.numbers[n].sd));
  }
}

/// World W-2 whose outages of provider A have an open rate.
ScenarioInput w2_with_posterior() {
  ScenarioInput world = worlds::w2();
  world.providers["A"].outages->rate_posterior = {9.0, Years(18.0)};
  return world;
}

TEST_CASE("ranks give the bits of the whole, however the paths are drawn and though some have none") {
  struct Case {
    ScenarioInput world;
    Sampling sampling;
    std::uint64_t paths;
    unsigned ranks;
  };
  std::size_t renewals = 0, splits = 0;
  const AssessOptions one_thread{1, nullptr, {}, {}};
  // World W-2 has regimes and exits; strategies of the rich one renew contracts on the same dates.
  for (const Case& of :
       {Case{w2_with_posterior(), Sampling::plain, test::paths_or(3500, 2100), 3},
        Case{worlds::w2(), Sampling::plain, test::paths_or(1500, 1100), 5},
        Case{worlds::rich(), Sampling::plain, test::paths_or(2100, 1100), 2},
        Case{worlds::rich(), Sampling::sobol, 2048, 3}, Case{worlds::w0(), Sampling::importance, 8192, 2}}) {
    if (test::sanitized && of.sampling == Sampling::importance) continue;
    Study study = worlds::study(of.world, of.paths, 7);
    study.simulation.sampling = of.sampling;
    study.outputs.percentiles = {0.5, 0.99};
    study.outputs.expected_shortfall = {0.95};
    study.outputs.parameter_uncertainty = true;
    std::optional<Answers> gathered;
    test::on_ranks(of.ranks, [&](ranks::Communicator& rank) {
      PlayedStudy played(study, 1, shard_of(rank));
      played.play(one_thread);
      const bool spread = gather(played, rank);
      CHECK(spread == (of.sampling != Sampling::importance));
      if (rank.rank() > 0) {
        if (spread) help_to_answer(played, one_thread, rank);
        return;
      }
      SpreadColumns store(played.paths(), rank);
      if (spread) played.read_from(store);
      gathered = answer(played, one_thread);
      if (spread) store.release();
    });
    const Answers alone = answer(study, one_thread);
    const auto& comparisons = gathered->assessment.comparisons;
    REQUIRE(gathered->assessment.sampling.used == of.sampling);
    renewals += comparisons.empty() ? 0 : comparisons.front().renewals.size();
    splits += gathered->parameter_uncertainty.size();
    test::check_same_bits(gathered->assessment, alone.assessment);
    check_same_what_ifs(*gathered, alone);
  }
  CHECK(renewals > 0);
  CHECK(splits > 0);
}

/// A sum whose value hangs on the order of its parts.
struct Ordered {
  double value = 1.0;
  void merge(const Ordered& other) { value = value * 1.0001 + other.value; }
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.value);
  }
};

TEST_CASE("sums of blocks are merged in their order, wherever they wait") {
  const auto sum = [](ranks::Communicator* others, std::uint64_t most_waiting) {
    const run::Block ours = dealt(1000, 64, others);
    run::RunOptions options;
    options.first = ours.first;
    options.paths = ours.last;
    options.block_size = 64;
    options.threads = 1;
    std::vector<Ordered> total(1);
    const auto work = [](run::Block block) {
      return std::vector<Ordered>{{static_cast<double>(block.first + block.last)}};
    };
    CHECK(add_blocks(options, others, total, work, most_waiting));
    return total[0].value;
  };
  const double alone = sum(nullptr, 0);
  for (const unsigned ranks : {2u, 3u, 20u})  // of sixteen blocks
    for (const std::uint64_t most_waiting : {0u, 1u, 3u, 100u})
      test::on_ranks(ranks, [&](ranks::Communicator& rank) { CHECK(sum(&rank, most_waiting) == alone); });
}

TEST_CASE("blocks of replayed paths that ranks share give the bits of the whole") {
  const std::vector<double> levels{0.9, 0.99};
  Study study = worlds::study(worlds::w2(), test::paths_or(9000, 5000), 7);
  const AssessOptions one_thread{1, nullptr, {}, {}};
  const auto numbers_of = [&](const PlayedStudy& played) {
    const DrawnPaths drawn = played.drawn();
    TailReplay replay(played.simulation(), played.paths(), drawn);
    replay.look_at(played.store(), levels, false);
    test::NumberBuffer numbers;
    write_numbers(numbers, replay.run(1, played.store().call(Joint::replay)));
    return numbers.words();
  };
  const PlayedStudy whole(study, one_thread);
  const std::vector<std::uint64_t> expected = numbers_of(whole);
  REQUIRE(expected.back() > 500);  // paths of the last strategy: not a whole number of blocks by rank
  for (const unsigned ranks : {2u, 3u, 7u}) {
    std::vector<std::uint64_t> found;
    test::on_ranks(ranks, [&](ranks::Communicator& rank) {
      PlayedStudy played(study, 1, shard_of(rank));
      played.play(one_thread);
      gather(played, rank);
      if (rank.rank() > 0) return help_to_answer(played, one_thread, rank);
      SpreadColumns store(played.paths(), rank);
      played.read_from(store);
      found = numbers_of(played);
      store.release();
    });
    CHECK(found == expected);
  }
}

}  // namespace gather_test
