#pragma once
// Whether one column of losses is better than another at every level at once: stochastic dominance
// (docs/model/answers.md; Shaked & Shanthikumar 2007, "Stochastic Orders", sec. 1.A and 4.A).

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/rows.hpp"

namespace hedgerow::measure {

/// A threshold at which two columns differ, against the error of that difference.
struct Deviation {
  double threshold = 0.0;       ///< x or eta, a value of one of the columns
  double size = 0.0;            ///< > 0: a probability (first order) or in the unit of the values (second)
  double standard_error = 0.0;  ///< of `size`, from the paired differences; infinite for one path
  double ratio = 0.0;           ///< size / standard_error; infinite if all paths differ by the same
};

/// Are losses b no larger than losses a?
struct Dominance {
  std::optional<Deviation> violation;    ///< where b is worse by most standard errors; missing if nowhere
  std::optional<Deviation> improvement;  ///< where b is better by most standard errors; missing if nowhere
  /// No violation of more than two standard errors, and an improvement of more than two. A rule, not a
  /// test of known size: each side is the extreme of many correlated thresholds (docs/coverage.md).
  bool holds = false;
};

/// First order: F_a(x) <= F_b(x) for all x, so that whoever likes small losses prefers b. A violation
/// has size F_a(x) - F_b(x) > 0; its variance comes from the paths with exactly one of a, b above x.
/// a[i] and b[i] belong to the same path; no weights. Throws InvalidInput if lengths differ, are 0, or a
/// value is not finite. O(n log n).
Dominance first_order_dominance(std::span<const double> a, std::span<const double> b);

/// Second order (increasing convex order): E (b - eta)^+ <= E (a - eta)^+ for all eta, so that anybody who is
/// averse to risk prefers b. A violation has size E (b - eta)^+ - E (a - eta)^+ > 0. Arguments, errors and
/// cost as above.
Dominance second_order_dominance(std::span<const double> a, std::span<const double> b);

struct Dominances {
  Dominance first_order, second_order;
};

/// Both, from values that are sorted once. Works in dominance_bytes by path.
Dominances dominances(std::span<const double> a, std::span<const double> b);
inline constexpr std::size_t dominance_bytes = 4 * sizeof(double);

// ---- the same of paths in slices, none of which is ever brought together with the others ----------

/// One of the two values of a path, and how far the path's values lie apart.
struct PathValue {
  double value = 0.0;
  double gap = 0.0;  ///< a - b

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.value, self.gap);
  }
};

/// The larger, or the smaller, values of paths in descending order.
class DescendingValues {
 public:
  virtual ~DescendingValues() = default;
  /// The next of them, valid until the next call; none at the end.
  virtual std::span<const PathValue> next() = 0;
};

/// The larger and the smaller values of some paths, each in descending order.
class PairedValues {
 public:
  /// Throws InvalidInput if lengths differ, or a value is not finite.
  PairedValues(std::span<const double> a, std::span<const double> b);
  std::span<const PathValue> larger() const { return larger_; }
  std::span<const PathValue> smaller() const { return smaller_; }

 private:
  Rows<PathValue> larger_, smaller_;
};

/// All of them at once; they outlive what is returned.
std::unique_ptr<DescendingValues> whole(std::span<const PathValue> values);

/// Several of them as one.
std::unique_ptr<DescendingValues> merged(std::vector<std::unique_ptr<DescendingValues>> slices);

/// Of so many paths, at least one; both are read to their end.
Dominances dominances(std::uint64_t paths, DescendingValues& larger, DescendingValues& smaller);

}  // namespace hedgerow::measure
