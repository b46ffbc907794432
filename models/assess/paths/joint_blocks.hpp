#pragma once
// Paths that are played again for an answer, and what they add up to: by this process, or by all ranks
// together, to the same bits.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/ranks/communicator.hpp"
#include "engine/ranks/numbers.hpp"
#include "engine/run/blocks.hpp"
#include "models/assess/paths/shard.hpp"

namespace hedgerow::models {

/// The shard of a run that a rank plays.
Shard shard_of(const ranks::Communicator& communicator);

/// What this rank plays of paths 0 .. count-1 where there are others: whole blocks, as evenly dealt as they
/// can be. Everything where there are none.
run::Block dealt(std::uint64_t count, std::uint64_t block_size, const ranks::Communicator* others);

/// Whether something holds on all ranks; collective where there are others.
bool on_all(bool here, ranks::Communicator* others);

/// Visits what the ranks add up one after the other, this one's at its turn, and gives the total to all.
/// Collective.
template <class Total, class Add>
void add_in_turn(ranks::Communicator& others, Total& total, const Add& add) {
  const unsigned rank = others.rank(), last = others.size() - 1;
  const auto receive = [&](unsigned from) {
    ranks::MessageReader message(others, from);
    read_numbers(message, total);
  };
  const auto send = [&](unsigned to) {
    ranks::MessageWriter message(others, to);
    write_numbers(message, total);
    message.finish();
  };
  if (rank > 0) receive(rank - 1);
  add();
  if (rank < last) {
    send(rank + 1);
    receive(last);
  } else {
    for (unsigned to = 0; to < last; ++to) send(to);
  }
}

template <class Part>
void merge_parts(std::vector<Part>& total, const std::vector<Part>& parts) {
  for (std::size_t i = 0; i < total.size(); ++i) total[i].merge(parts[i]);
}

/// Blocks whose sums a rank keeps before it waits for the ranks before it: enough for four million replayed
/// paths, and one million of a what-if, by rank.
inline constexpr std::uint64_t waiting_blocks = 16384;

/// Plays paths options.first .. options.paths - 1, and merges what `work` gives of a block, one part for each
/// of `total`, in the order of the blocks. Collective where there are others, which play the paths before and
/// after: all get the total of all paths. False after a cancellation, on whichever rank: `total` is then what
/// was done, and as it was where there are others.
template <class Part, class Work>
bool add_blocks(const run::RunOptions& options, ranks::Communicator* others, std::vector<Part>& total,
                const Work& work, std::uint64_t most_waiting = waiting_blocks) {
  struct Parts : run::BlockResult {
    std::vector<Part> parts;
  };
  const auto play = [&](std::uint64_t first, std::uint64_t last, const auto& take) {
    if (first == last) return true;  // behind a last block that need not be whole
    run::RunOptions some = options;
    some.first = first;
    some.paths = last;
    const auto play_block = [&](run::Block block) {
      auto result = std::make_unique<Parts>();
      result->parts = work(block);
      return result;
    };
    return run::run_blocks(some, play_block, [&](run::BlockResult& block) {
             take(std::move(static_cast<Parts&>(block).parts));
           }) == last;
  };
  if (others == nullptr)
    return play(options.first, options.paths,
                [&](const std::vector<Part>& parts) { merge_parts(total, parts); });

  std::vector<std::vector<Part>> waiting;  // for the sums of the ranks before
  const std::uint64_t most = others->rank() == 0 ? 0 : most_waiting * options.block_size;
  const std::uint64_t between = std::min(options.paths, options.first + most);
  bool whole =
      play(options.first, between, [&](std::vector<Part>&& parts) { waiting.push_back(std::move(parts)); });
  std::vector<Part> sums = total;
  add_in_turn(*others, sums, [&] {
    for (const std::vector<Part>& parts : waiting) merge_parts(sums, parts);
    waiting.clear();
    whole = whole &&
            play(between, options.paths, [&](const std::vector<Part>& parts) { merge_parts(sums, parts); });
  });
  whole = on_all(whole, others);
  if (whole) total = std::move(sums);
  return whole;
}

}  // namespace hedgerow::models
