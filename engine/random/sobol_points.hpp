#pragma once
// Randomised quasi-Monte Carlo: scrambled Sobol' points in place of some of a path's uniforms.
//
// Sobol' (1967) with the direction numbers of Joe & Kuo (2008) from Boost.Random, scrambled by a random lower
// triangular matrix and a digital shift in every coordinate (Matousek 1998, "On the L2-discrepancy for
// anchored boxes"), which has the variance of Owen's nested scrambling (Owen 2003, "Variance with alternative
// scramblings of digital nets"). Every point is uniform on the unit cube; points of one replicate are evenly
// spread together, and replicates are independent of each other, so that their spread tells the error
// (L'Ecuyer & Lemieux 2002; Owen 2025, arXiv:2501.00150; docs/model/sampling.md).

#include <cstdint>
#include <vector>

namespace hedgerow::random {

class SobolPoints {
 public:
  /// Path p has point p / replicates of replicate p % replicates: the first replicates * 2^m paths are whole
  /// nets for every m. Throws InvalidInput unless replicates >= 1.
  SobolPoints(std::uint64_t seed, std::uint32_t replicates);

  /// Adds coordinates and returns the number of the first of them. Earlier ones have better joint
  /// projections: take what matters first. Throws InvalidInput beyond largest_dimension.
  std::uint32_t add_dimensions(std::uint32_t count);

  /// Coordinate `dimension` of the point of `path`, on (0, 1); the range of Stream::uniform. After 2^32
  /// points of a replicate they come again.
  double uniform(std::uint64_t path, std::uint32_t dimension) const;

  std::uint32_t replicates() const { return replicates_; }
  std::uint32_t dimensions() const { return dimensions_; }

  static constexpr std::uint32_t largest_dimension = 1024;
  static constexpr int index_bits = 32;  ///< of a point's number in its replicate

 private:
  std::uint64_t scrambled(std::uint32_t column, std::uint32_t dimension, std::uint32_t replicate) const;

  std::uint64_t key_;
  std::uint32_t replicates_;
  std::uint32_t dimensions_ = 0;
  std::vector<std::uint64_t> columns_;  ///< dimension x replicate x index bit: the scrambled direction number
  std::vector<std::uint64_t> shifts_;   ///< dimension x replicate
};

/// The first draws of a stream, from Sobol' points instead.
struct LeadingDraws {
  const SobolPoints* points = nullptr;  ///< null: none
  std::uint32_t first_dimension = 0;
  std::uint32_t count = 0;

  /// As many new coordinates of `points`, which must outlive the stream; none where `points` is null.
  static LeadingDraws take(SobolPoints* points, std::uint32_t count) {
    if (points == nullptr || count == 0) return {};
    return {points, points->add_dimensions(count), count};
  }
};

}  // namespace hedgerow::random
