#pragma once
// Paths in parallel with sums that do not hang on the number of threads: paths run in blocks of fixed
// size, blocks run on oneTBB in any order, and their results are taken in block order.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

namespace hedgerow::run {

/// Paths first .. last-1.
struct Block {
  std::uint64_t first;
  std::uint64_t last;
};

/// Asks a run to stop. Blocks that have begun are finished; no new one begins.
class Cancellation {
 public:
  Cancellation() = default;
  /// Also stops what `outer` stops, which outlives this object unless it is null.
  explicit Cancellation(const Cancellation* outer) : outer_(outer) {}
  void request() { requested_.store(true, std::memory_order_relaxed); }
  bool requested() const {
    return requested_.load(std::memory_order_relaxed) || (outer_ != nullptr && outer_->requested());
  }

 private:
  const Cancellation* outer_ = nullptr;
  std::atomic<bool> requested_{false};
};

/// Paths of a block of a run: part of what fixes the bits of a result, leave it alone.
inline constexpr std::uint64_t block_paths = 1024;

struct RunOptions {
  /// Paths first .. paths-1 are run; a run that goes on where another ended begins at a multiple of the
  /// block size, so that blocks, and with them the bits of a result, are those of one run.
  std::uint64_t first = 0;
  std::uint64_t paths = 0;
  std::uint64_t block_size = block_paths;
  unsigned threads = 0;  ///< 0: as many as the machine has
  const Cancellation* cancellation = nullptr;
  /// Called after each block, in block order, never by two threads at once.
  std::function<void(std::uint64_t paths_done)> progress;
};

/// What a block hands back; merged in block order.
class BlockResult {
 public:
  virtual ~BlockResult() = default;
};

/// Runs work(block) for every block and merge(result) for each result, in block order and never two at
/// once. `work` is called from several threads. An exception from either ends the run and is rethrown.
/// Returns the number of the path after the last one done: `paths`, or where a cancellation cut between
/// blocks.
std::uint64_t run_blocks(const RunOptions& options,
                         const std::function<std::unique_ptr<BlockResult>(Block)>& work,
                         const std::function<void(BlockResult&)>& merge);

/// Runs task(0) .. task(count - 1) on as many threads, in no particular order.
void run_tasks(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& task);

/// The number of threads that `threads` stands for: itself, or for 0 what the machine has.
unsigned effective_threads(unsigned threads);

}  // namespace hedgerow::run
