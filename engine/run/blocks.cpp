#include "engine/run/blocks.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "engine/base/check.hpp"

namespace hedgerow::run {
namespace {

struct Finished {
  Block block;
  std::unique_ptr<BlockResult> result;
};

/// Runs `body` in an arena of exactly `threads` threads, more than the machine has if need be.
template <class Body>
void in_arena(unsigned threads, Body body) {
  const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena arena(static_cast<int>(threads));
  arena.execute(body);
}

}  // namespace

unsigned effective_threads(unsigned threads) {
  return threads > 0 ? threads : static_cast<unsigned>(std::max(1, tbb::info::default_concurrency()));
}

std::uint64_t run_blocks(const RunOptions& options,
                         const std::function<std::unique_ptr<BlockResult>(Block)>& work,
                         const std::function<void(BlockResult&)>& merge) {
  HEDGEROW_EXPECT(options.block_size > 0);
  const unsigned threads = effective_threads(options.threads);
  std::uint64_t next = 0, done = 0;

  const auto take = [&](tbb::flow_control& control) -> Block {
    if (next >= options.paths || (options.cancellation && options.cancellation->requested())) {
      control.stop();
      return {};
    }
    const Block block{next, std::min(next + options.block_size, options.paths)};
    next = block.last;
    return block;
  };
  const auto play = [&](Block block) { return std::make_shared<Finished>(Finished{block, work(block)}); };
  const auto collect = [&](const std::shared_ptr<Finished>& finished) {
    merge(*finished->result);
    done = finished->block.last;
    if (options.progress) options.progress(done);
  };

  const std::size_t in_flight = 4 * threads;
  in_arena(threads, [&] {
    tbb::parallel_pipeline(
        in_flight,
        tbb::make_filter<void, Block>(tbb::filter_mode::serial_in_order, take) &
            tbb::make_filter<Block, std::shared_ptr<Finished>>(tbb::filter_mode::parallel, play) &
            tbb::make_filter<std::shared_ptr<Finished>, void>(tbb::filter_mode::serial_in_order, collect));
  });
  return done;
}

void run_tasks(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& task) {
  in_arena(effective_threads(threads), [&] { tbb::parallel_for(std::size_t{0}, count, task); });
}

}  // namespace hedgerow::run
