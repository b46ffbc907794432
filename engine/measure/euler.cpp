#include "engine/measure/euler.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "engine/measure/quantile.hpp"
#include "engine/measure/validation.hpp"

namespace hedgerow::measure {
namespace {

using ByRows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::Map<Eigen::VectorXd>;
using ConstVector = Eigen::Map<const Eigen::VectorXd>;

Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }
Vector view(std::vector<double>& v) { return {v.data(), index(v.size())}; }
ConstVector view(std::span<const double> v) { return {v.data(), index(v.size())}; }

Eigen::Map<ByRows> square(std::vector<double>& values, std::size_t size) {
  return {values.data(), index(size), index(size)};
}
Eigen::Map<const ByRows> square(const std::vector<double>& values, std::size_t size) {
  return {values.data(), index(size), index(size)};
}

void validate_columns(std::size_t given, std::size_t columns) {
  validate(given == columns,
           "a row has another number of columns (one value per column) split every total in the same way");
}

// Moves a mean towards what is new, which has `share` of the weight so far.
template <class Deviation>
void move_mean(std::vector<double>& mean, double share, const Deviation& deviation) {
  view(mean) += share * deviation;
}

// Adds weight * deviation^2 to `spread` and weight * deviation * deviation^T to `scatter`, as far as it goes.
void add_scatter(double weight, const Eigen::VectorXd& deviation, std::vector<double>& spread,
                 std::vector<double>& scatter) {
  view(spread) += weight * deviation.cwiseAbs2();
  const auto linked = static_cast<std::size_t>(std::sqrt(static_cast<double>(scatter.size())));
  const auto head = deviation.head(index(linked));
  square(scatter, linked).noalias() += weight * head * head.transpose();
}

// Of n ranks those within k^0.8 of `rank`.
NearRanks ranks_around(std::size_t rank, double k, std::size_t n) {
  const auto half = static_cast<std::size_t>(std::ceil(std::pow(k, 0.8)));
  return {rank - std::min(rank, half), std::min(n - 1, rank + half)};
}

NearRanks weighted_near_ranks(const SortedSample& totals, double alpha, double q) {
  const std::size_t rank = totals.count_below(q);
  const std::size_t beyond = alpha < 0.5 ? rank : totals.size() - totals.count_up_to(q);
  return ranks_around(rank, static_cast<double>(beyond), totals.size());
}

}  // namespace

EulerSums::EulerSums(std::size_t columns, std::size_t linked)
    : tail_mean_(columns),
      square_mean_(columns),
      linked_(linked),
      spread_(columns),
      scatter_(linked * linked),
      near_mean_(columns) {
  validate(linked <= columns, "more columns are linked than there are (at most all of them can be)");
}

// Means and scatter of weighted rows by West 1979, "Updating mean and variance estimates": values of 1e11
// with a spread of 1e5 lose no digit of it.
void EulerSums::add_tail(double weight, std::span<const double> row) {
  validate_columns(row.size(), columns());
  validate(weight >= 0.0 && std::isfinite(weight),
           "a weight of the tail is out of range (0 or more) take it from Shortfall::euler_weight");
  if (weight == 0.0) return;
  ++tail_rows_;
  weight_ += weight;
  square_weight_ += weight * weight;
  move_mean(tail_mean_, weight / weight_, view(row) - view(tail_mean_));
  const double share = weight * weight / square_weight_;
  const Eigen::VectorXd deviation = view(row) - view(square_mean_);
  add_scatter(weight * weight * (1.0 - share), deviation, spread_, scatter_);
  move_mean(square_mean_, share, deviation);
}

void EulerSums::add_near(std::span<const double> row, double likelihood_ratio) {
  validate_columns(row.size(), columns());
  if (likelihood_ratio == 0.0) return;
  ++near_rows_;
  near_weight_ += likelihood_ratio;
  move_mean(near_mean_, likelihood_ratio / near_weight_, view(row) - view(near_mean_));
}

// Chan, Golub & LeVeque 1983, eq. 2.1, as Moments::merge().
void EulerSums::merge(const EulerSums& other) {
  validate_columns(other.columns(), columns());
  validate_columns(other.linked_, linked_);
  if (other.near_rows_ > 0) {
    near_rows_ += other.near_rows_;
    near_weight_ += other.near_weight_;
    move_mean(near_mean_, other.near_weight_ / near_weight_,
              view(std::span(other.near_mean_)) - view(near_mean_));
  }
  if (other.tail_rows_ == 0) return;
  tail_rows_ += other.tail_rows_;
  weight_ += other.weight_;
  move_mean(tail_mean_, other.weight_ / weight_, view(std::span(other.tail_mean_)) - view(tail_mean_));
  const double ours = square_weight_;
  square_weight_ += other.square_weight_;
  const double share = other.square_weight_ / square_weight_;
  const Eigen::VectorXd deviation = view(std::span(other.square_mean_)) - view(square_mean_);
  view(spread_) += view(std::span(other.spread_));
  square(scatter_, linked_) += square(other.scatter_, linked_);
  add_scatter(ours * share, deviation, spread_, scatter_);
  move_mean(square_mean_, share, deviation);
}

// Two sums of squares: nothing cancels.
std::vector<double> EulerSums::tail_squares(std::span<const double> reference) const {
  std::vector<double> sum = spread_;
  std::vector<double> unused;
  add_scatter(square_weight_, view(std::span(square_mean_)) - view(reference), sum, unused);
  return sum;
}

std::vector<double> EulerSums::tail_products(std::span<const double> reference) const {
  std::vector<double> sum = scatter_;
  std::vector<double> unused(columns());
  add_scatter(square_weight_, view(std::span(square_mean_)) - view(reference), unused, sum);
  return sum;
}

Estimate EulerContributions::at(std::size_t column) const {
  if (variance.empty()) return {value[column], std::nullopt};
  return {value[column], std::sqrt(std::max(0.0, variance[column]))};
}

Estimate EulerContributions::combination(std::span<const double> weights) const {
  validate_columns(weights.size(), linked);
  // Summed one after the other, so that a column of zeros moves no bit.
  double sum = 0.0;
  double squares = 0.0;
  for (std::size_t i = 0; i < linked; ++i) {
    sum += weights[i] * value[i];
    for (std::size_t j = 0; j < linked && !covariance.empty(); ++j)
      squares += weights[i] * weights[j] * covariance[i * linked + j];
  }
  if (covariance.empty()) return {sum, std::nullopt};
  return {sum, std::sqrt(std::max(0.0, squares))};
}

EulerContributions contributions(const EulerSums& sums, std::uint64_t paths, double alpha) {
  validate_level(alpha);
  validate(paths >= 1, "there are no paths (at least one is needed) run some paths first");
  const double n = static_cast<double>(paths);
  const double tail = n * (1.0 - alpha);
  validate(std::abs(sums.tail_weight() - tail) <= 1e-9 * tail,
           "the weights of the tail do not add up (to paths times 1 - level) "
           "give every row whose total reaches the quantile");
  EulerContributions result;
  result.linked = sums.linked();
  result.value.resize(sums.columns());
  view(result.value) = (sums.tail_weight() / tail) * view(sums.tail_mean());
  if (sums.tail_rows() < 2 || sums.near_rows() == 0) return result;

  const Eigen::VectorXd excess = view(std::span(result.value)) - view(sums.near_mean());
  const double scale = tail * (1.0 - alpha);  // makes the mean of the squared influences, before centring
  result.variance = sums.tail_squares(sums.near_mean());
  view(result.variance) = (view(result.variance) / scale - excess.cwiseAbs2()) / (n - 1.0);
  result.covariance = sums.tail_products(sums.near_mean());
  const auto head = excess.head(index(sums.linked()));
  auto covariance = square(result.covariance, sums.linked());
  covariance = (covariance / scale - head * head.transpose()).eval() / (n - 1.0);
  return result;
}

NearRanks near_ranks(std::size_t n, double alpha) {
  validate_level(alpha);
  validate(n >= 1, "the sample is empty (at least one value is needed) run some paths first");
  const double size = static_cast<double>(n);
  const double order = std::clamp(std::ceil(size * (alpha - probability_tolerance)), 1.0, size);
  return ranks_around(static_cast<std::size_t>(order) - 1, size * std::min(alpha, 1.0 - alpha), n);
}

NearQuantile near_quantile(const SortedSample& totals, double alpha) {
  const double q = quantile(totals, alpha);
  const NearRanks ranks =
      totals.weighted() ? weighted_near_ranks(totals, alpha, q) : near_ranks(totals.size(), alpha);
  const std::size_t atom = totals.count_up_to(q) - totals.count_below(q);
  if (2 * atom >= ranks.last - ranks.first + 1) return {q, q};
  return {totals.value(ranks.first), totals.value(ranks.last)};
}

}  // namespace hedgerow::measure
