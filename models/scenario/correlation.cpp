#include "models/scenario/correlation.hpp"

#include <Eigen/Cholesky>
#include <algorithm>

namespace hedgerow::models {

Eigen::MatrixXd correlation_matrix(const CorrelationPairs& pairs, const std::vector<std::string>& names) {
  const auto size = static_cast<Eigen::Index>(names.size());
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(size, size);
  const auto index_of = [&](const std::string& name) {
    return static_cast<Eigen::Index>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  for (const auto& [first, row] : pairs)
    for (const auto& [second, value] : row) {
      const Eigen::Index i = index_of(first), j = index_of(second);
      if (i == size || j == size || i == j) continue;
      matrix(i, j) = matrix(j, i) = value;
    }
  return matrix;
}

std::optional<Eigen::MatrixXd> cholesky_factor(const Eigen::MatrixXd& matrix) {
  const Eigen::LLT<Eigen::MatrixXd> decomposition(matrix);
  if (decomposition.info() != Eigen::Success) return std::nullopt;
  const Eigen::MatrixXd lower = decomposition.matrixL();
  constexpr double smallest_pivot = 1e-7;       // singular up to rounding is refused too
  if (!lower.allFinite()) return std::nullopt;  // a correlation that is no number
  if (lower.rows() > 0 && lower.diagonal().minCoeff() < smallest_pivot) return std::nullopt;
  return lower;
}

}  // namespace hedgerow::models
