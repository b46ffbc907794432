// Pieces of a run that are played apart, or one after the other, are the run, bit by bit.

#include "models/assess/paths/shard.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "models/assess/answers.hpp"
#include "models/assess/paths/played_study.hpp"
#include "tests/support/assessment_numbers.hpp"
#include "tests/support/number_buffer.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/worlds.hpp"

namespace shard_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

/// Tails are replayed from what is compared here, and take most of the time.
const AssessOptions two_threads{2, nullptr, {}, {}, false};

/// World W-2 has regimes, exits and renewals; W-0 is cheap.
Study study(Sampling sampling, std::uint64_t paths) {
  Study study = worlds::study(sampling == Sampling::plain ? worlds::w2() : worlds::w0(), paths, 7);
  study.simulation.sampling = sampling;
  study.outputs.percentiles = {0.5, 0.99};
  study.outputs.expected_shortfall = {0.95};
  return study;
}

struct Carried {
  PathRange stretch;
  test::NumberBuffer numbers;
};

void carry(const PlayedStudy& from, std::vector<Carried>& to) {
  for (const PathRange& stretch : from.stretches()) {
    to.push_back({stretch, {}});
    from.write(stretch, to.back().numbers);
  }
}

/// A run of `count` shards, put together in order.
Assessment merged(const Study& study, std::uint32_t count) {
  std::vector<Carried> parts;
  for (std::uint32_t i = count; i >= 1; --i) {
    PlayedStudy shard(study, 2, {i, count});
    shard.play(two_threads);
    CHECK(shard.complete());
    CHECK(shard.stretches() == shard.wanted());
    carry(shard, parts);
  }
  std::sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.stretch < b.stretch; });
  PlayedStudy whole(study, 2, {});
  whole.reserve();
  for (Carried& part : parts) {
    whole.read(part.stretch, part.numbers);
    CHECK(part.numbers.is_used_up());
  }
  CHECK(whole.stretches() == whole.wanted());
  return assess(whole, two_threads);
}

/// Cancels once so many paths are played.
AssessOptions up_to(std::uint64_t paths, run::Cancellation& cancellation) {
  AssessOptions options{1, &cancellation, {}, {}, false};
  options.progress = [paths, &cancellation](std::uint64_t done, std::uint64_t) {
    if (done >= paths) cancellation.request();
  };
  return options;
}

}  // namespace

TEST_CASE("shards share out whole blocks, as evenly as they can") {
  for (const std::uint64_t paths : {0u, 1u, 1024u, 5000u, 100'000u})
    for (const std::uint32_t count : {1u, 3u, 7u, 200u}) {
      std::uint64_t next = 0, fewest = paths, most = 0;
      for (std::uint32_t i = 1; i <= count; ++i) {
        const run::Block part = paths_of({i, count}, paths);
        CHECK(part.first == next);
        CHECK((part.last % 1024 == 0 || part.last == paths));
        next = part.last;
        fewest = std::min(fewest, (part.last - part.first + 1023) / 1024);
        most = std::max(most, (part.last - part.first + 1023) / 1024);
      }
      CHECK(next == paths);
      CHECK(most <= fewest + 1);
    }
}

TEST_CASE("shards give the bits of the whole, however the paths are drawn") {
  for (const auto& [sampling, paths] : {std::pair{Sampling::plain, test::paths_or(3500, 2100)},
                                        {Sampling::sobol, 4096u},
                                        {Sampling::importance, 8192u}}) {
    const Study asked = study(sampling, paths);
    const Assessment whole = assess(asked, two_threads);
    REQUIRE(whole.sampling.used == sampling);
    for (const std::uint32_t count : {3u}) test::check_same_bits(merged(asked, count), whole);
  }
}

TEST_CASE("a run that was stopped goes on from what is there, a shard too") {
  struct Stop {
    Sampling sampling;
    std::uint64_t paths;
    Shard shard;
    std::uint64_t after;
  };
  for (const Stop& stop : {Stop{Sampling::plain, 8'000, {1, 1}, 1}, Stop{Sampling::plain, 12'000, {2, 2}, 1},
                           Stop{Sampling::importance, 16'384, {1, 1}, 9000}}) {
    if (test::sanitized && (stop.sampling != Sampling::plain || stop.shard.count == 1)) continue;
    const Study asked = study(stop.sampling, stop.paths);
    run::Cancellation cancellation;
    PlayedStudy first(asked, 2, stop.shard), second(asked, 2, stop.shard), whole(asked, 2, stop.shard);
    first.play(up_to(stop.after, cancellation));
    CHECK_FALSE(first.complete());
    std::vector<Carried> half, ours, theirs;
    carry(first, half);
    for (Carried& part : half) second.read(part.stretch, part.numbers);
    CHECK(second.all_paths() == first.all_paths());
    second.play(two_threads);
    whole.play(two_threads);
    carry(second, ours);
    carry(whole, theirs);
    REQUIRE(ours.size() == theirs.size());
    for (std::size_t i = 0; i < ours.size(); ++i) {
      CHECK(ours[i].stretch == theirs[i].stretch);
      CHECK(ours[i].numbers.words() == theirs[i].numbers.words());
    }
  }
}

TEST_CASE("what is played while the run goes on can be carried away after every block") {
  const std::uint64_t paths = test::paths_or(4500, 2100);
  const Study asked = study(Sampling::plain, paths);
  PlayedStudy whole(asked, 2, {});
  std::vector<Carried> snapshots;
  AssessOptions options = two_threads;
  options.progress = [&](std::uint64_t done, std::uint64_t) {
    carry(whole, snapshots);
    CHECK(snapshots.back().stretch.last == done);
  };
  whole.play(options);
  REQUIRE(snapshots.size() == (paths + 1023) / 1024);
  const Assessment expected = assess(whole, two_threads);
  for (Carried& snapshot : snapshots) {
    PlayedStudy other(asked, 2, {});
    other.read(snapshot.stretch, snapshot.numbers);
    other.play(two_threads);
    test::check_same_bits(assess(other, two_threads), expected);
  }
}

TEST_CASE("a run for a precision goes on with the same looks" * doctest::skip(test::sanitized)) {
  Study asked = study(Sampling::sobol, 1u << 16);
  asked.simulation.sampling = Sampling::plain;
  asked.simulation.precision = 0.03;
  const PlayedStudy whole(asked, two_threads);
  REQUIRE(whole.precision()->unmet.empty());
  REQUIRE(whole.precision()->batches.size() >= 2);
  for (const std::uint64_t stop : {1u, 8192u, 8193u}) {
    run::Cancellation cancellation;
    PlayedStudy first(asked, 2, {});
    first.play(up_to(stop, cancellation));
    std::vector<Carried> half;
    carry(first, half);
    PlayedStudy second(asked, 2, {});
    second.read(half[0].stretch, half[0].numbers);
    second.play(two_threads);
    CHECK(second.precision()->batches == whole.precision()->batches);
    test::check_same_bits(assess(second, two_threads), assess(whole, two_threads));
  }
  CHECK_THROWS_AS(PlayedStudy(asked, 2, Shard{1, 2}), InvalidInput);
}

TEST_CASE("a run that may afford so many paths is a run of them" * doctest::skip(test::sanitized)) {
  for (const Sampling sampling : {Sampling::plain, Sampling::sobol}) {
    Study asked = study(sampling, 1u << 17);
    AssessOptions options = two_threads;
    options.threads = 1;
    options.affordable = [](std::uint64_t done, std::uint64_t paths) {
      CHECK(done <= paths);
      return paths < 9000;
    };
    PlayedStudy played(asked, options.threads, {});
    played.play(options);
    CHECK(played.complete());
    if (sampling == Sampling::plain) {
      CHECK(played.all_paths() >= 9216);
      CHECK(played.all_paths() <= 9216 + 4 * 1024);  // blocks that had begun
    } else {
      CHECK(played.all_paths() == 8192);  // the next batch would have been twice as many
    }
    asked.simulation.paths = played.all_paths();
    test::check_same_bits(assess(played, two_threads), assess(asked, two_threads));
  }
}

TEST_CASE("paths that do not belong are refused") {
  const Study asked = study(Sampling::plain, 5000);
  std::vector<Carried> parts;
  PlayedStudy shard(asked, 2, {2, 3});
  shard.play(two_threads);
  carry(shard, parts);
  PlayedStudy whole(asked, 2, {});
  CHECK_THROWS_AS(whole.read(parts[0].stretch, parts[0].numbers), InvalidInput);  // a gap before it
  CHECK_THROWS_AS(whole.read({true, 0, 1024}, parts[0].numbers), InvalidInput);   // no mixture
  CHECK_THROWS_AS(whole.read({false, 0, 1000}, parts[0].numbers), InvalidInput);  // no whole block
  CHECK_THROWS_AS(whole.read({false, 0, 6144}, parts[0].numbers), InvalidInput);  // more than the run has

  Study other = asked;
  other.simulation.seed = 8;
  PlayedStudy foreign(other, 2, {2, 3});
  CHECK_THROWS_WITH_AS(foreign.read(parts[0].stretch, parts[0].numbers),
                       doctest::Contains("where it was played"), InvalidInput);
}

TEST_CASE("tilted paths of another seed are refused" * doctest::skip(test::thread_sanitized)) {
  const Study asked = study(Sampling::importance, 8192);
  Study other = asked;
  other.simulation.seed = 8;
  std::vector<Carried> parts, foreign;
  carry(PlayedStudy(asked, two_threads), parts);
  carry(PlayedStudy(other, two_threads), foreign);
  REQUIRE((parts.size() == 2 && foreign.size() == 2 && foreign[1].stretch.tilted));
  PlayedStudy whole(asked, 2, {});
  whole.read(parts[0].stretch, parts[0].numbers);
  CHECK_THROWS_WITH_AS(whole.read(foreign[1].stretch, foreign[1].numbers),
                       doctest::Contains("where it was played"), InvalidInput);
}

}  // namespace shard_test
