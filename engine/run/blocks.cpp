#include "engine/run/blocks.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <vector>

#include "engine/base/check.hpp"
#include "engine/run/visible_order.hpp"

namespace hedgerow::run {
namespace {

/// Runs `body` in an arena of exactly `threads` threads, more than the machine has if need be, between a
/// first and a last step of `order`.
template <class Body>
void in_arena(unsigned threads, VisibleOrder& order, Body body) {
  { const auto before = order.step(); }
  const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena arena(static_cast<int>(threads));
  try {
    arena.execute(body);
  } catch (...) {
    const auto after = order.step();
    throw;
  }
  const auto after = order.step();
}

}  // namespace

unsigned effective_threads(unsigned threads) {
  return threads > 0 ? threads : static_cast<unsigned>(std::max(1, tbb::info::default_concurrency()));
}

std::uint64_t run_blocks(const RunOptions& options,
                         const std::function<std::unique_ptr<BlockResult>(Block)>& work,
                         const std::function<void(BlockResult&)>& merge) {
  HEDGEROW_EXPECT(options.block_size > 0);
  HEDGEROW_EXPECT(options.first % options.block_size == 0);
  const unsigned threads = effective_threads(options.threads);
  std::uint64_t next = options.first, done = options.first;
  VisibleOrder order;

  const auto take = [&](tbb::flow_control& control) -> Block {
    const auto step = order.step();
    if (next >= options.paths || (options.cancellation && options.cancellation->requested())) {
      control.stop();
      return {};
    }
    const Block block{next, std::min(next + options.block_size, options.paths)};
    next = block.last;
    return block;
  };
  // At most `in_flight` blocks are under way, so their results have a slot each.
  const std::size_t in_flight = 4 * threads;
  std::vector<std::unique_ptr<BlockResult>> slots(in_flight);
  const auto slot_of = [&](Block block) -> auto& {
    return slots[block.first / options.block_size % in_flight];
  };
  const auto play = [&](Block block) {
    const auto step = order.step();
    slot_of(block) = work(block);
    return block;
  };
  const auto collect = [&](Block block) {
    const auto step = order.step();
    const auto result = std::move(slot_of(block));
    merge(*result);
    done = block.last;
    if (options.progress) options.progress(done);
  };

  in_arena(threads, order, [&] {
    tbb::parallel_pipeline(in_flight,
                           tbb::make_filter<void, Block>(tbb::filter_mode::serial_in_order, take) &
                               tbb::make_filter<Block, Block>(tbb::filter_mode::parallel, play) &
                               tbb::make_filter<Block, void>(tbb::filter_mode::serial_in_order, collect));
  });
  return done;
}

void run_tasks(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& task) {
  VisibleOrder order;
  const auto guarded = [&order, &task](const tbb::blocked_range<std::size_t>& part) {
    const auto step = order.step();
    for (std::size_t i = part.begin(); i < part.end(); ++i) task(i);
  };
  in_arena(effective_threads(threads), order,
           [&] { tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count), guarded); });
}

}  // namespace hedgerow::run
