#pragma once
// How concentrated a total is in its parts: indices of the shares (docs/model/answers.md, "Concentration").

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/check.hpp"

namespace hedgerow::measure {

/// Indices of shares s_j that add up to 1.
struct Concentration {
  double herfindahl = 1.0;        ///< Herfindahl-Hirschman index sum_j s_j^2, in (0, 1]
  double effective_number = 1.0;  ///< 1 / herfindahl, >= 1: so many equal parts would be as concentrated
  double entropy_number = 1.0;    ///< exp(-sum_j s_j ln s_j), >= effective_number (Hill 1973, order 1)
};

/// Shares s_j = max(a_j, 0) / sum max(a, 0) of amounts in any unit: a negative amount lowers the total and
/// is a natural hedge, not a share. Empty if no amount is positive.
/// Throws InvalidInput if an amount is not finite.
inline std::vector<double> positive_shares(std::span<const double> amounts) {
  double largest = 0.0;
  for (const double a : amounts) {
    validate(std::isfinite(a),
             "an amount is not a number or infinite (all must be finite) look where it is made");
    largest = std::max(largest, a);
  }
  if (largest == 0.0) return {};
  std::vector<double> shares(amounts.size());
  double sum = 0.0;
  for (std::size_t j = 0; j < amounts.size(); ++j) sum += shares[j] = std::max(amounts[j], 0.0) / largest;
  for (double& s : shares) s /= sum;
  return shares;
}

/// The indices of positive_shares(); missing if no amount is positive. Throws InvalidInput as it does.
inline std::optional<Concentration> concentration(std::span<const double> amounts) {
  const std::vector<double> shares = positive_shares(amounts);
  if (shares.empty()) return std::nullopt;
  double squares = 0.0;
  double entropy = 0.0;
  for (const double s : shares) {
    squares += s * s;
    if (s > 0.0) entropy -= s * std::log(s);
  }
  return Concentration{squares, 1.0 / squares, std::exp(entropy)};
}

/// Derivatives of the Herfindahl-Hirschman index by the amounts, [1 / unit of the amounts]: 2 (s_j - H) / sum
/// of the positive ones, 0 for others. With the covariance V of estimated amounts the index has variance
/// g^T V g (delta method), and the effective number a standard error 1/H^2 times as large.
/// Empty if no amount is positive. Throws InvalidInput as positive_shares() does.
inline std::vector<double> herfindahl_gradient(std::span<const double> amounts) {
  std::vector<double> gradient = positive_shares(amounts);
  double total = 0.0;
  double index = 0.0;
  for (std::size_t j = 0; j < gradient.size(); ++j) {
    total += std::max(amounts[j], 0.0);
    index += gradient[j] * gradient[j];
  }
  for (std::size_t j = 0; j < gradient.size(); ++j)
    gradient[j] = amounts[j] > 0.0 ? 2.0 * (gradient[j] - index) / total : 0.0;
  return gradient;
}

}  // namespace hedgerow::measure
