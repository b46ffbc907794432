#pragma once
// The correlation matrix of the price diffusions, from pairs of names.

#include <Eigen/Core>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hedgerow::models {

using CorrelationPairs = std::map<std::string, std::map<std::string, double>>;

/// The symmetric matrix over `names` with unit diagonal; pairs that are not given stay 0.
/// Pairs of unknown names are left out.
Eigen::MatrixXd correlation_matrix(const CorrelationPairs& pairs, const std::vector<std::string>& names);

/// Lower Cholesky factor, or nothing where the matrix is not positive definite.
std::optional<Eigen::MatrixXd> cholesky_factor(const Eigen::MatrixXd& matrix);

}  // namespace hedgerow::models
