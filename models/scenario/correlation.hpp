#pragma once
// The correlation of the price diffusions, from pairs of names.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hedgerow::models {

using CorrelationPairs = std::map<std::string, std::map<std::string, double>>;

/// A square matrix by rows.
struct SquareMatrix {
  explicit SquareMatrix(std::size_t rows) : size(rows), values(rows * rows, 0.0) {}
  double& operator()(std::size_t row, std::size_t column) { return values[row * size + column]; }
  double operator()(std::size_t row, std::size_t column) const { return values[row * size + column]; }

  std::size_t size;
  std::vector<double> values;
};

/// The symmetric matrix over `names` with unit diagonal; pairs that are not given stay 0.
/// Pairs of unknown names are left out.
SquareMatrix correlation_matrix(const CorrelationPairs& pairs, const std::vector<std::string>& names);

/// Lower Cholesky factor, or nothing where the matrix is not positive definite.
std::optional<SquareMatrix> cholesky_factor(const SquareMatrix& matrix);

}  // namespace hedgerow::models
