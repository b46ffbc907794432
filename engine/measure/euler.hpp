#pragma once
// Splitting the expected shortfall of a sum among its columns (Euler), with the errors of the parts
// (docs/model/answers.md; Tasche 1999, "Risk contributions and performance measurement", 2007 for atoms).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/measure/estimate.hpp"
#include "engine/measure/sample.hpp"

namespace hedgerow::measure {

/// Sums over the tail that contributions are read from. Rows have one value per column and are not kept.
/// Covariances are kept of the first `linked` columns, variances of all: O(columns + linked^2) memory and
/// work by row. The result depends on the order of the calls; merge blocks in their order.
class EulerSums {
 public:
  explicit EulerSums(std::size_t columns) : EulerSums(columns, columns) {}
  /// Throws InvalidInput unless linked <= columns.
  EulerSums(std::size_t columns, std::size_t linked);

  /// A row of the tail; its weight is Shortfall::euler_weight() of its total, times its likelihood ratio if
  /// it has one, and 0 changes nothing. Throws InvalidInput for a weight that is negative or not finite, and
  /// for another number of columns.
  void add_tail(double weight, std::span<const double> row);

  /// A row whose total lies near the quantile, see near_quantile(), with its likelihood ratio. A row may be
  /// of the tail as well. O(columns). Throws InvalidInput for another number of columns.
  void add_near(std::span<const double> row, double likelihood_ratio = 1.0);

  /// Takes all rows of `other`. Throws InvalidInput unless it has as many columns.
  void merge(const EulerSums& other);

  std::size_t columns() const { return tail_mean_.size(); }
  std::size_t linked() const { return linked_; }
  std::uint64_t tail_rows() const { return tail_rows_; }
  std::uint64_t near_rows() const { return near_rows_; }
  double tail_weight() const { return weight_; }                    ///< sum of the weights
  std::span<const double> tail_mean() const { return tail_mean_; }  ///< weighted
  std::span<const double> near_mean() const { return near_mean_; }  ///< of add_near()
  /// Sums of weight^2 (x - reference)^2 by column, and of the products of the linked columns, by rows.
  std::vector<double> tail_squares(std::span<const double> reference) const;
  std::vector<double> tail_products(std::span<const double> reference) const;

  /// The shape is not carried: number of columns, and of linked ones.
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.tail_rows_, self.near_rows_, self.weight_, self.square_weight_, self.tail_mean_,
          self.square_mean_, self.spread_, self.scatter_, self.near_weight_, self.near_mean_);
  }

 private:
  std::uint64_t tail_rows_ = 0;
  std::uint64_t near_rows_ = 0;
  double weight_ = 0.0;              // sum of the weights of tail rows
  double square_weight_ = 0.0;       // sum of their squares
  std::vector<double> tail_mean_;    // weighted
  std::vector<double> square_mean_;  // weighted by the squares
  std::size_t linked_;
  std::vector<double> spread_;   // sum of weight^2 (x - square_mean)^2
  std::vector<double> scatter_;  // of linked columns: sum of weight^2 (x - square_mean)(x - square_mean)^T
  double near_weight_ = 0.0;
  std::vector<double> near_mean_;  // weighted
};

/// Contributions C_j of J columns to ES_alpha of their sum, and the covariance of their errors.
struct EulerContributions {
  std::vector<double> value;       ///< C_j, in the unit of the rows; they add up to ES exactly
  std::size_t linked = 0;          ///< columns whose covariances are known: the first ones
  std::vector<double> variance;    ///< of the estimates; empty where the sample cannot tell
  std::vector<double> covariance;  ///< of those of the linked columns, by rows; empty as above

  /// C_j with its standard error.
  Estimate at(std::size_t column) const;
  /// sum_j weights_j C_j with its standard error; also the error of a function of the C_j whose gradient
  /// is `weights` (delta method). Throws InvalidInput unless there is one weight per linked column: the first
  /// columns, which others do not enter.
  Estimate combination(std::span<const double> weights) const;
};

/// C_j = 1/((1-alpha) n) sum_i phi_i x_ij. Their errors take into account that the quantile is estimated
/// too: the influence of path i is phi_i (x_ij - e_j)/(1-alpha) + e_j - C_j with e_j = E[x_j | L = q], read
/// off the rows of add_near(). (Without e_j the errors are those for a known quantile, several times too
/// large.) For one column this is the influence of Shortfall. Covariance = that of the influences / n;
/// none for fewer than two rows in the tail or none near the quantile. Asymptotic: docs/coverage.md.
/// `paths` is n >= 1, of the tail and all others. With likelihood ratios w_i, phi_i w_i stands for phi_i.
/// Throws InvalidInput unless 0 < alpha < 1 and the weights add up to n (1-alpha), within 1e-9 of it: then
/// the tail is whole.
EulerContributions contributions(const EulerSums& sums, std::uint64_t paths, double alpha);

/// Ranks counted from 0 into the sorted totals, both included.
struct NearRanks {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// Which ranks to take for "near the quantile": m = ceil(k^0.8) on either side of it, where k is
/// n min(alpha, 1-alpha), cut off at the ends. Wide enough that the noise of E[x_j | L = q], and narrow
/// enough that its bias, hardly shows in the errors: it takes in 2 k^-0.2 of the tail's probability.
/// Throws InvalidInput unless n >= 1 and 0 < alpha < 1.
NearRanks near_ranks(std::size_t n, double alpha);

/// The totals from `lower` to `upper`, both included, that are near the alpha-quantile of a sample: those of
/// near_ranks(), or the quantile alone where it is an atom that fills half of these ranks. With weights k is
/// the number of values beyond the quantile, on the side of the tail, and ranks are counted from its own.
/// Throws InvalidInput unless 0 < alpha < 1. O(log n).
struct NearQuantile {
  double lower = 0.0;
  double upper = 0.0;
  bool holds(double total) const { return lower <= total && total <= upper; }
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.lower, self.upper);
  }
};
NearQuantile near_quantile(const SortedSample& totals, double alpha);

}  // namespace hedgerow::measure
