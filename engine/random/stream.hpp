#pragma once
// Randomness as a pure function of (seed, entity name, purpose, path, draw): no state, no order.
//
// Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3")
// through Random123. The key is a 64-bit hash of (seed, entity, purpose); the counter is
// (path low, path high, draw / 2, 0); each block yields two uniforms.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/random/sobol_points.hpp"

namespace hedgerow::random {

/// Names the generator and its keying in results; changes whenever any drawn bit changes.
inline constexpr std::string_view generator_id = "philox4x32-10/1";

/// One Philox4x32-10 block: 4 words from a counter of 4 words and a key of 2.
std::array<std::uint32_t, 4> philox_block(std::array<std::uint32_t, 4> counter,
                                          std::array<std::uint32_t, 2> key);

/// The uniform made of 64 random bits: (top 52 bits + 1/2) / 2^52, in [2^-53, 1 - 2^-53], never 0 or 1.
constexpr double uniform_from_bits(std::uint64_t bits) {
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

/// Draw number `draw` of path `path` under a stream's key.
double uniform_at(std::uint64_t key, std::uint64_t path, std::uint32_t draw);

/// The random numbers of one purpose of one named entity, for all paths.
class Stream {
 public:
  /// The first draws of every path can come from Sobol points, one for one.
  Stream(std::uint64_t seed, std::string_view entity, std::string_view purpose, LeadingDraws leading = {});

  /// Uniform on (0, 1): draw number `draw` of path `path`.
  double uniform(std::uint64_t path, std::uint32_t draw) const {
    if (draw < leading_.count) return leading_.points->uniform(path, leading_.first_dimension + draw);
    return uniform_at(key_, path, draw);
  }

  /// Fills `out` with draws 0, 1, 2, ... of path `path`; the same numbers as uniform().
  void uniforms(std::uint64_t path, std::span<double> out) const;

  /// Fills `out` with draws 2p and 2p + 1 of path `path` for each p of `pairs`; the same numbers as
  /// uniform().
  void uniform_pairs(std::uint64_t path, std::span<const std::uint32_t> pairs, std::span<double> out) const;

  std::uint64_t key() const { return key_; }

 private:
  std::uint64_t key_;
  LeadingDraws leading_;
};

}  // namespace hedgerow::random
