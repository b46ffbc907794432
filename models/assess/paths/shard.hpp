#pragma once
// A run cut into pieces that are played apart, and put together to the bits of the whole (docs/adr/0017).

#include <algorithm>
#include <compare>
#include <cstdint>

#include "engine/run/blocks.hpp"

namespace hedgerow::models {

/// One of `count` pieces of a run, from 1 to `count`.
struct Shard {
  std::uint32_t index = 1, count = 1;
  friend bool operator==(const Shard&, const Shard&) = default;
};

/// The paths of a shard, of so many in all: whole blocks of this size, as evenly shared out as blocks can be.
/// A shard of more shards than blocks may have none.
inline run::Block paths_of(const Shard& shard, std::uint64_t paths, std::uint64_t size = run::block_paths) {
  const std::uint64_t blocks = (paths + size - 1) / size;
  const auto end_of = [&](std::uint64_t index) {
    return std::min(paths, size * (blocks * index / shard.count));
  };
  return {end_of(shard.index - 1), end_of(shard.index)};
}

/// Paths first .. last-1 of a run: of its nominal ones, or of the tilted ones of a mixture.
struct PathRange {
  bool tilted = false;
  std::uint64_t first = 0, last = 0;
  friend auto operator<=>(const PathRange&, const PathRange&) = default;
};

}  // namespace hedgerow::models
