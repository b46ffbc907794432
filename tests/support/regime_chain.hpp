#pragma once
// The joint Markov chain of up to four providers' regimes, solved by matrix exponentials: the exact
// answers of docs/model/divergence.md, independent of the models.

#include <Eigen/Core>
#include <cmath>
#include <unsupported/Eigen/MatrixFunctions>
#include <vector>

namespace hedgerow::test {

/// One provider: base generator by (from, to) over aligned 0, strained 1, rival 2, severed 3, and what
/// multiplies its worsening rates.
struct ChainProvider {
  Eigen::Matrix4d base = Eigen::Matrix4d::Zero();  ///< off-diagonal rates [1/yr]; the diagonal is ignored
  double factor = 1.0;                             ///< exp(covariates)
  double contagion = 0.0;
};

/// The base generator of docs/model/divergence.md.
inline Eigen::Matrix4d base_generator(double repair = 0.0) {
  Eigen::Matrix4d q = Eigen::Matrix4d::Zero();
  q(0, 1) = 0.20, q(0, 2) = 0.02;
  q(1, 0) = 0.30, q(1, 2) = 0.20, q(1, 3) = 0.02;
  q(2, 1) = 0.15, q(2, 3) = 0.10;
  q(3, 1) = repair;
  return q;
}

class JointChain {
 public:
  explicit JointChain(std::vector<ChainProvider> providers) : providers_(std::move(providers)) {
    states_ = 1;
    for (std::size_t p = 0; p < providers_.size(); ++p) states_ *= 4;
    generator_ = Eigen::MatrixXd::Zero(states_, states_);
    for (int state = 0; state < states_; ++state)
      for (std::size_t p = 0; p < providers_.size(); ++p) add_moves(state, p);
    for (int state = 0; state < states_; ++state) generator_(state, state) = -generator_.row(state).sum();
  }

  /// Probabilities of the joint states at t, all providers aligned at 0.
  Eigen::RowVectorXd at(double t) const {
    const Eigen::MatrixXd scaled = generator_ * t;
    const Eigen::MatrixXd transition = scaled.exp();
    return transition.row(0);
  }

  /// Expected present value of the time spent in each joint state over [0, t] (Van Loan 1978).
  Eigen::RowVectorXd occupancy(double t, double r) const {
    const Eigen::Index n = states_;
    Eigen::MatrixXd block = Eigen::MatrixXd::Zero(2 * n, 2 * n);
    block.topLeftCorner(n, n) = (generator_ - r * Eigen::MatrixXd::Identity(n, n)) * t;
    block.topRightCorner(n, n) = Eigen::MatrixXd::Identity(n, n) * t;
    const Eigen::MatrixXd solved = block.exp();
    return solved.row(0).segment(n, n);
  }

  /// Sums joint weights over the states in which provider p is in `regime`.
  double marginal(const Eigen::RowVectorXd& joint, std::size_t p, int regime) const {
    double sum = 0.0;
    for (int state = 0; state < states_; ++state)
      if (regime_of(state, p) == regime) sum += joint(state);
    return sum;
  }

  /// Probability that exactly `count` providers are severed.
  double severed(const Eigen::RowVectorXd& joint, int count) const {
    double sum = 0.0;
    for (int state = 0; state < states_; ++state) {
      int severed = 0;
      for (std::size_t p = 0; p < providers_.size(); ++p) severed += regime_of(state, p) == 3;
      if (severed == count) sum += joint(state);
    }
    return sum;
  }

 private:
  static int power(std::size_t p) { return 1 << (2 * p); }
  static int regime_of(int state, std::size_t p) { return state / power(p) % 4; }

  void add_moves(int state, std::size_t p) {
    const int from = regime_of(state, p);
    int others = 0;
    for (std::size_t q = 0; q < providers_.size(); ++q) others += q != p && regime_of(state, q) >= 2;
    for (int to = 0; to < 4; ++to) {
      if (to == from) continue;
      double rate = providers_[p].base(from, to);
      if (to > from) rate *= providers_[p].factor * (1.0 + providers_[p].contagion * others);
      generator_(state, state + (to - from) * power(p)) += rate;
    }
  }

  std::vector<ChainProvider> providers_;
  int states_ = 0;
  Eigen::MatrixXd generator_;
};

/// exp(b_o (o - o_ref) + b_s (s - s_ref) + b_e e) with the coefficients of docs/model/divergence.md.
inline double covariate_factor(double overlap, double share, double equity) {
  return std::exp(1.0 * (overlap - 0.3) + 0.8 * (share - 0.5) - 1.5 * equity);
}

}  // namespace hedgerow::test
