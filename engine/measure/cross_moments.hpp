#pragma once
// Means of several columns of a stream of rows, with the covariance of their errors.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/check.hpp"
#include "engine/measure/estimate.hpp"

namespace hedgerow::measure {

/// Running means and co-moments of J columns; the vector form of Moments, with the same rules on order.
class CrossMoments {
 public:
  explicit CrossMoments(std::size_t columns)
      : mean_(columns, 0.0), comoment_(columns * columns, 0.0), deviation_(columns, 0.0) {}

  /// Takes a row, O(J^2). Throws InvalidInput unless it has J values.
  void add(std::span<const double> row);
  /// Takes all rows of `other`. Throws InvalidInput unless it has as many columns.
  void merge(const CrossMoments& other);

  std::uint64_t count() const { return count_; }
  std::span<const double> mean() const { return mean_; }
  /// The mean of a column with its standard error; none for fewer than two rows.
  Estimate at(std::size_t column) const;
  /// Standard error of sum_j weights_j mean_j, or of a function of the means whose gradient is `weights`
  /// (delta method); missing for fewer than two rows. Throws InvalidInput unless there are J weights.
  std::optional<double> error_along(std::span<const double> weights) const;

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.count_, self.mean_, self.comoment_);
  }

 private:
  std::uint64_t count_ = 0;
  std::vector<double> mean_;
  std::vector<double> comoment_;   // sum of (x - mean)(x - mean)^T, by rows
  std::vector<double> deviation_;  // room to work in
};

}  // namespace hedgerow::measure
