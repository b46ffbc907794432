#include "engine/run/blocks.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace blocks_test {

using namespace hedgerow::run;

namespace {

struct Seen : BlockResult {
  explicit Seen(Block seen) : block(seen) {}
  Block block;
};

std::unique_ptr<BlockResult> look(Block block) {
  if (block.first % 3 == 0) std::this_thread::yield();  // let others overtake
  return std::make_unique<Seen>(block);
}

struct Log {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> merged;
  std::vector<std::uint64_t> progress;
  std::uint64_t done = 0;
};

Log run(RunOptions options) {
  Log log;
  options.progress = [&](std::uint64_t paths) { log.progress.push_back(paths); };
  log.done = run_blocks(options, look, [&](BlockResult& result) {
    const Block block = static_cast<Seen&>(result).block;
    log.merged.emplace_back(block.first, block.last);
  });
  return log;
}

RunOptions options(std::uint64_t paths, std::uint64_t block_size, unsigned threads) {
  RunOptions options;
  options.paths = paths;
  options.block_size = block_size;
  options.threads = threads;
  return options;
}

}  // namespace

TEST_CASE("blocks cover all paths once, in order, for any number of threads") {
  for (const unsigned threads : {0u, 1u, 2u, 8u, 33u})
    for (const std::uint64_t paths : {1u, 9u, 10u, 11u, 995u}) {
      CAPTURE(threads);
      CAPTURE(paths);
      const Log log = run(options(paths, 10, threads));
      CHECK(log.done == paths);
      REQUIRE(log.merged.size() == (paths + 9) / 10);
      std::uint64_t next = 0;
      for (const auto& [first, last] : log.merged) {
        CHECK(first == next);
        CHECK(last == std::min(first + 10, paths));
        next = last;
      }
      REQUIRE(log.progress.size() == log.merged.size());
      for (std::size_t i = 0; i < log.progress.size(); ++i) CHECK(log.progress[i] == log.merged[i].second);
    }
}

TEST_CASE("a run that goes on where another ended has the blocks of one run") {
  for (const unsigned threads : {1u, 2u, 8u}) {
    Log whole = run(options(995, 10, threads));
    Log parts = run(options(310, 10, threads));
    RunOptions on = options(995, 10, threads);
    on.first = 310;
    const Log rest = run(on);
    CHECK(rest.done == 995);
    parts.merged.insert(parts.merged.end(), rest.merged.begin(), rest.merged.end());
    parts.progress.insert(parts.progress.end(), rest.progress.begin(), rest.progress.end());
    CHECK(parts.merged == whole.merged);
    CHECK(parts.progress == whole.progress);
    on.first = 1000;
    CHECK(run(on).merged.empty());
  }
}

TEST_CASE("no paths, no blocks") {
  const Log log = run(options(0, 10, 2));
  CHECK(log.done == 0);
  CHECK(log.merged.empty());
  CHECK(log.progress.empty());
}

TEST_CASE("a cancellation leaves a prefix of whole blocks") {
  for (const unsigned threads : {1u, 2u, 8u}) {
    Cancellation cancellation;
    RunOptions stopped = options(100'000, 10, threads);
    stopped.cancellation = &cancellation;
    std::uint64_t merged = 0;
    stopped.progress = [&](std::uint64_t paths) {
      if (paths >= 500) cancellation.request();
    };
    const std::uint64_t done = run_blocks(stopped, look, [&](BlockResult& result) {
      const Block block = static_cast<Seen&>(result).block;
      CHECK(block.first == merged);
      merged = block.last;
    });
    CHECK(done == merged);
    CHECK(done % 10 == 0);
    CHECK(done >= 500);
    CHECK(done <= 500 + 10 * 4 * threads);  // what was under way
  }
}

TEST_CASE("a run that is cancelled before it begins does nothing") {
  Cancellation cancellation;
  cancellation.request();
  RunOptions stopped = options(1000, 10, 2);
  stopped.cancellation = &cancellation;
  CHECK(run(stopped).done == 0);
}

TEST_CASE("exceptions of workers, of the merge and of the progress come out") {
  const auto nothing = [](BlockResult&) {};
  const auto fails_late = [](Block block) -> std::unique_ptr<BlockResult> {
    if (block.first == 500) throw std::runtime_error("worker");
    return look(block);
  };
  for (const unsigned threads : {1u, 2u, 8u}) {
    CHECK_THROWS_WITH_AS(run_blocks(options(1000, 10, threads), fails_late, nothing), "worker",
                         std::runtime_error);
    CHECK_THROWS_WITH_AS(
        run_blocks(options(1000, 10, threads), look, [](BlockResult&) { throw std::runtime_error("merge"); }),
        "merge", std::runtime_error);
    RunOptions loud = options(1000, 10, threads);
    loud.progress = [](std::uint64_t) { throw std::runtime_error("progress"); };
    CHECK_THROWS_WITH_AS(run_blocks(loud, look, nothing), "progress", std::runtime_error);
    CHECK(run(options(1000, 10, threads)).done == 1000);  // and nothing stays broken
  }
}

TEST_CASE("merging is never done by two threads at once") {
  std::atomic<int> inside{0};
  int most = 0;
  run_blocks(options(2000, 10, 8), look, [&](BlockResult&) {
    most = std::max(most, ++inside);
    std::this_thread::yield();
    --inside;
  });
  CHECK(most == 1);
}

TEST_CASE("tasks run once each, and their exceptions come out") {
  for (const unsigned threads : {0u, 1u, 8u}) {
    std::vector<int> times(1000, 0);
    run_tasks(times.size(), threads, [&](std::size_t i) { ++times[i]; });
    CHECK(times == std::vector<int>(1000, 1));
    CHECK_NOTHROW(run_tasks(0, threads, [](std::size_t) { throw std::runtime_error("never"); }));
    CHECK_THROWS_AS(run_tasks(100, threads,
                              [](std::size_t i) {
                                if (i == 50) throw std::runtime_error("task");
                              }),
                    std::runtime_error);
  }
}

TEST_CASE("the number of threads") {
  CHECK(effective_threads(3) == 3);
  CHECK(effective_threads(0) >= 1);
}

}  // namespace blocks_test
