#pragma once
// Many draws at once: the SIMD twins of Stream::uniform and normal_quantile, equal to them bit for bit on
// every instruction set (Highway chooses one when the program runs).

#include <cstdint>
#include <span>

namespace hedgerow::random {

/// Fills `out` with draws 0, 1, 2, ... of `path` under the key of a Stream.
void uniform_batch(std::uint64_t key, std::uint64_t path, std::span<double> out);

/// Fills `out` with draws 2p and 2p + 1 of `path` for each p < 2^31 of `pairs`, which stand in any order: the
/// generator makes them together. `out` is twice as long as `pairs`.
void uniform_pair_batch(std::uint64_t key, std::uint64_t path, std::span<const std::uint32_t> pairs,
                        std::span<double> out);

/// Replaces every u in (0, 1) by normal_quantile(u).
void normal_quantile_batch(std::span<double> values);

/// The instruction set in use, for benchmarks.
const char* batch_target();

}  // namespace hedgerow::random
