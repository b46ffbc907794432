#include "models/scenario/correlation.hpp"

#include <Eigen/Cholesky>
#include <algorithm>

namespace hedgerow::models {

SquareMatrix correlation_matrix(const CorrelationPairs& pairs, const std::vector<std::string>& names) {
  SquareMatrix matrix(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) matrix(i, i) = 1.0;
  const auto index_of = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  for (const auto& [first, row] : pairs)
    for (const auto& [second, value] : row) {
      const std::size_t i = index_of(first), j = index_of(second);
      if (i == names.size() || j == names.size() || i == j) continue;
      matrix(i, j) = matrix(j, i) = value;
    }
  return matrix;
}

std::optional<SquareMatrix> cholesky_factor(const SquareMatrix& matrix) {
  using ByRows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto size = static_cast<Eigen::Index>(matrix.size);
  const Eigen::LLT<ByRows> decomposition(Eigen::Map<const ByRows>(matrix.values.data(), size, size));
  if (decomposition.info() != Eigen::Success) return std::nullopt;
  const ByRows lower = decomposition.matrixL();
  constexpr double smallest_pivot = 1e-7;       // singular up to rounding is refused too
  if (!lower.allFinite()) return std::nullopt;  // a correlation that is no number
  if (size > 0 && lower.diagonal().minCoeff() < smallest_pivot) return std::nullopt;
  SquareMatrix factor(matrix.size);
  Eigen::Map<ByRows>(factor.values.data(), size, size) = lower;
  return factor;
}

}  // namespace hedgerow::models
