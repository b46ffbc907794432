#pragma once
// Expected shortfall: the mean of the worst 1 - alpha of a sample, right for atoms and for weights
// (docs/model/answers.md; Acerbi & Tasche 2002, "On the coherence of expected shortfall").

#include "engine/measure/estimate.hpp"
#include "engine/measure/sample.hpp"

namespace hedgerow::measure {

/// ES of one sample with what is needed to split it (Euler) and to judge its error (influence).
struct Shortfall {
  double alpha = 0.0;        ///< level, in (0, 1)
  double quantile = 0.0;     ///< q, the alpha-quantile
  double value = 0.0;        ///< ES, >= q
  double atom_weight = 0.0;  ///< phi of a value equal to q, in [0, 1]
  double normaliser = 1.0;   ///< what likelihood ratios are divided by (weight_normaliser())
  bool resolved = true;      ///< false if fewer than two values of the sample are >= q

  /// Euler weight phi: 1 above q, atom_weight at q, 0 below. For any split L = sum_j L_j into columns,
  /// C_j = 1/n sum_i w_i phi(L_i) L_ji * scale() adds up to ES exactly (Tasche 1999, 2007).
  double euler_weight(double x) const { return x > quantile ? 1.0 : (x == quantile ? atom_weight : 0.0); }

  /// 1 / ((1 - alpha) * normaliser).
  double scale() const { return 1.0 / ((1.0 - alpha) * normaliser); }

  /// Influence of one value x with likelihood ratio w on the estimate:
  /// w (x - q)^+ / (1 - alpha) - (ES - q), self-normalised below alpha = 1/2. Mean 0 over the sample.
  double influence(double x, double w = 1.0) const;

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.alpha, self.quantile, self.value, self.atom_weight, self.normaliser, self.resolved);
  }
};

/// ES = q + 1/((1-alpha) n) sum w_i (L_i - q)^+, the form that needs no separate case for atoms
/// (Rockafellar & Uryasev 2002). O(tail). Throws InvalidInput unless 0 < alpha < 1.
Shortfall shortfall(const SortedSample& sample, double alpha);

/// What is known about the law behind the sample.
struct ShortfallOptions {
  /// The tail is so heavy (tail index >= 1/2) that its variance is infinite: a standard error read off
  /// the sample would lie, so none is given.
  bool infinite_variance = false;
};

/// ES with SE = sd(influence) / sqrt(n). Unweighted this is [Var(L | L > q) + alpha (ES - q)^2] /
/// (n (1 - alpha)) under the root (Manistre & Hancock 2005). No standard error when refused by `options`
/// or when fewer than two values are >= q. Asymptotic: docs/coverage.md says where it is too small.
/// O(tail) without weights or at alpha >= 1/2, else O(n). Throws InvalidInput unless 0 < alpha < 1.
Estimate expected_shortfall(const SortedSample& sample, double alpha, ShortfallOptions options = {});

}  // namespace hedgerow::measure
