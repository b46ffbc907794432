#include "engine/random/sobol_points.hpp"

#include <bit>
#include <boost/random/sobol.hpp>

#include "engine/base/check.hpp"
#include "engine/random/stream.hpp"

namespace hedgerow::random {
namespace {

constexpr int digits = 52;  // of a uniform: uniform_from_bits() takes the top 52 bits
constexpr std::uint32_t shift_row = 64;

/// Direction number of bit j of the index, for each of the first `dimensions` coordinates: Boost's engine
/// counts in Gray code, in which point 2^(j+1) - 1 has bit j alone.
std::vector<std::uint32_t> direction_numbers(int j, std::uint32_t dimensions) {
  boost::random::sobol_engine<std::uint32_t, 32> engine(dimensions);
  engine.seed(static_cast<std::uint32_t>((std::uint64_t{2} << j) - 2));
  std::vector<std::uint32_t> numbers(dimensions);
  for (std::uint32_t& number : numbers) number = engine();
  return numbers;
}

}  // namespace

SobolPoints::SobolPoints(std::uint64_t seed, std::uint32_t replicates)
    : key_(Stream(seed, "points", "sobol/scramble").key()), replicates_(replicates) {
  validate(replicates >= 1, "no replicate of Sobol points is asked for (at least one is needed)");
}

/// The scramble applied to a direction number: output digit k is digit k plus a random combination of those
/// before it (of all, beyond the last).
std::uint64_t SobolPoints::scrambled(std::uint32_t column, std::uint32_t dimension,
                                     std::uint32_t replicate) const {
  const auto key = std::array{static_cast<std::uint32_t>(key_), static_cast<std::uint32_t>(key_ >> 32)};
  std::uint64_t out = 0;
  for (std::uint32_t k = 0; k < digits; ++k) {
    std::uint32_t row = philox_block({k, dimension, replicate, 0}, key)[0];
    if (k < 32) row = (row & ~(0xffffffffu >> k)) | (0x80000000u >> k);
    out = (out << 1) | (static_cast<unsigned>(std::popcount(row & column)) & 1u);
  }
  return out << (64 - digits);
}

std::uint32_t SobolPoints::add_dimensions(std::uint32_t count) {
  const std::uint32_t first = dimensions_;
  validate(count <= largest_dimension - first,
           "too many coordinates of Sobol points (1024 at most) use another sampling");
  dimensions_ += count;
  columns_.resize(std::size_t{dimensions_} * replicates_ * index_bits);
  const auto key = std::array{static_cast<std::uint32_t>(key_), static_cast<std::uint32_t>(key_ >> 32)};
  for (int j = 0; j < index_bits; ++j) {
    const std::vector<std::uint32_t> numbers = direction_numbers(j, dimensions_);
    for (std::uint32_t d = first; d < dimensions_; ++d)
      for (std::uint32_t r = 0; r < replicates_; ++r)
        columns_[(std::size_t{d} * replicates_ + r) * index_bits + static_cast<std::size_t>(j)] =
            scrambled(numbers[d], d, r);
  }
  for (std::uint32_t d = first; d < dimensions_; ++d)
    for (std::uint32_t r = 0; r < replicates_; ++r) {
      const auto words = philox_block({shift_row, d, r, 0}, key);
      shifts_.push_back((std::uint64_t{words[1]} << 32) | words[0]);
    }
  return first;
}

double SobolPoints::uniform(std::uint64_t path, std::uint32_t dimension) const {
  HEDGEROW_EXPECT(dimension < dimensions_);
  const std::size_t cell = std::size_t{dimension} * replicates_ + path % replicates_;
  const std::uint64_t* const columns = &columns_[cell * index_bits];
  std::uint64_t bits = shifts_[cell];
  for (auto index = static_cast<std::uint32_t>(path / replicates_); index != 0; index &= index - 1)
    bits ^= columns[std::countr_zero(index)];
  return uniform_from_bits(bits);
}

}  // namespace hedgerow::random
