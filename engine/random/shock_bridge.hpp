#pragma once
// Standard normal shocks whose sum over time is moved by Sobol points where it varies most.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/random/sobol_points.hpp"

namespace hedgerow::random {

/// Replaces the leading principal components of a row of independent standard normal shocks by others, which
/// come from Sobol points: with orthonormal directions q_i, x + sum_i q_i (z_i - q_i . x) is again a row of
/// independent standard normals. The q_i are those of the random walk that the shocks add up to, for which
/// the first few components hold nearly all of the variance:
///   q_i(k) = 2 / sqrt(2n + 1) cos((2i - 1)(2k - 1) pi / (4n + 2)),  i, k = 1 .. n
/// (eigenvectors of the covariance min(j, k), differenced; Acworth, Broadie & Glasserman 1998, in "Monte
/// Carlo and Quasi-Monte Carlo Methods 1996", sec. 3).
class ShockBridge {
 public:
  /// For rows of `shocks` values; takes `components` coordinates of `points`, at most as many as shocks. Does
  /// nothing where `points` is null.
  ShockBridge(SobolPoints* points, std::size_t shocks, std::uint32_t components);

  /// `row` is as long as promised.
  void apply(std::uint64_t path, std::span<double> row) const;

 private:
  LeadingDraws draws_;
  std::size_t shocks_;
  std::vector<double> directions_;  ///< component x shock
};

}  // namespace hedgerow::random
