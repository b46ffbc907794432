#include "engine/random/stream.hpp"

#include <Random123/philox.h>

#include "engine/random/batch.hpp"

namespace hedgerow::random {
namespace {

constexpr std::uint64_t fnv_offset = 14695981039346656037ULL;
constexpr std::uint64_t fnv_prime = 1099511628211ULL;

constexpr std::uint64_t fnv1a_byte(std::uint64_t hash, unsigned char byte) {
  return (hash ^ byte) * fnv_prime;
}

constexpr std::uint64_t fnv1a(std::uint64_t hash, std::uint64_t word) {
  for (int shift = 0; shift < 64; shift += 8)
    hash = fnv1a_byte(hash, static_cast<unsigned char>(word >> shift));
  return hash;
}

constexpr std::uint64_t fnv1a(std::uint64_t hash, std::string_view text) {
  hash = fnv1a(hash, static_cast<std::uint64_t>(text.size()));
  for (char c : text) hash = fnv1a_byte(hash, static_cast<unsigned char>(c));
  return hash;
}

// The finalizer of SplitMix64 (Steele, Lea & Flood 2014): a bijection that spreads every input bit.
constexpr std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

struct UniformPair {
  double first, second;
};

UniformPair pair_of(std::uint64_t key, std::uint64_t path, std::uint32_t pair) {
  const philox4x32_ctr_t counter = {
      {static_cast<std::uint32_t>(path), static_cast<std::uint32_t>(path >> 32), pair, 0}};
  const philox4x32_key_t round_key = {
      {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)}};
  const philox4x32_ctr_t words = philox4x32_R(10, counter, round_key);
  const auto join = [](std::uint32_t low, std::uint32_t high) {
    return uniform_from_bits((static_cast<std::uint64_t>(high) << 32) | low);
  };
  return {join(words.v[0], words.v[1]), join(words.v[2], words.v[3])};
}

}  // namespace

std::array<std::uint32_t, 4> philox_block(std::array<std::uint32_t, 4> counter,
                                          std::array<std::uint32_t, 2> key) {
  const philox4x32_ctr_t ctr = {{counter[0], counter[1], counter[2], counter[3]}};
  const philox4x32_key_t round_key = {{key[0], key[1]}};
  const philox4x32_ctr_t words = philox4x32_R(10, ctr, round_key);
  return {words.v[0], words.v[1], words.v[2], words.v[3]};
}

Stream::Stream(std::uint64_t seed, std::string_view entity, std::string_view purpose, LeadingDraws leading)
    : key_(mix(fnv1a(fnv1a(fnv1a(fnv_offset, seed), entity), purpose))), leading_(leading) {}

double uniform_at(std::uint64_t key, std::uint64_t path, std::uint32_t draw) {
  const UniformPair pair = pair_of(key, path, draw / 2);
  return draw % 2 == 0 ? pair.first : pair.second;
}

void Stream::uniforms(std::uint64_t path, std::span<double> out) const {
  uniform_batch(key_, path, out);
  for (std::uint32_t draw = 0; draw < leading_.count && draw < out.size(); ++draw)
    out[draw] = uniform(path, draw);
}

void Stream::uniform_pairs(std::uint64_t path, std::span<const std::uint32_t> pairs,
                           std::span<double> out) const {
  uniform_pair_batch(key_, path, pairs, out);
  if (leading_.count == 0) return;
  for (std::size_t i = 0; i < out.size(); ++i)
    if (const auto draw = static_cast<std::uint32_t>(2 * pairs[i / 2] + i % 2); draw < leading_.count)
      out[i] = uniform(path, draw);
}

}  // namespace hedgerow::random
