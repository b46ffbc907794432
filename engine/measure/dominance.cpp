#include "engine/measure/dominance.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "engine/base/check.hpp"

namespace hedgerow::measure {
namespace {

constexpr double errors_to_count = 2.0;  // model.md E.6

void validate_columns(std::span<const double> a, std::span<const double> b) {
  validate(a.size() == b.size(),
           "paired columns differ in length (one value per path each) compare runs with the same paths");
  validate(!a.empty(), "paired columns are empty (at least one path is needed) run some paths first");
  const auto is_finite = [](double x) { return std::isfinite(x); };
  validate(std::all_of(a.begin(), a.end(), is_finite) && std::all_of(b.begin(), b.end(), is_finite),
           "a value is not a number or infinite (all must be finite) look for the path that made it");
}

// One of the two values of a path. From above, a pair is first reached at its larger value: from there on
// one of a, b lies above the threshold; from its smaller value on both do.
struct Event {
  double value;
  double gap;   // |a - b|
  bool a_side;  // a > b
  bool larger;  // of the two values
};

// All values in descending order. Paths with a == b are kept for their value, which is a threshold too.
std::vector<Event> events(std::span<const double> a, std::span<const double> b) {
  std::vector<Event> sorted;
  sorted.reserve(2 * a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double gap = std::abs(a[i] - b[i]);
    sorted.push_back({std::max(a[i], b[i]), gap, a[i] > b[i], true});
    sorted.push_back({std::min(a[i], b[i]), gap, a[i] > b[i], false});
  }
  // Ties in a fixed order, so that sums over them do not depend on the order of the paths.
  std::sort(sorted.begin(), sorted.end(), [](const Event& x, const Event& y) {
    if (x.value != y.value) return x.value > y.value;
    if (x.larger != y.larger) return x.larger;
    if (x.a_side != y.a_side) return x.a_side;
    return x.gap < y.gap;
  });
  return sorted;
}

// The most significant deviation of either sign over all thresholds; the first one from above in a tie.
class Extremes {
 public:
  explicit Extremes(std::size_t paths) : n_(static_cast<double>(paths)) {}

  /// d_i is how much worse b is on path i, given as sum of d_i and of d_i^2.
  void add(double threshold, double sum, double squares) {
    // |sum| is at most sqrt(n squares). So much smaller it is rounding, and 0.
    if (std::abs(sum) <= 1e-12 * std::sqrt(n_ * squares)) return;
    const double size = std::abs(sum) / n_;
    const double variance = std::max(0.0, squares - size * std::abs(sum)) / std::max(1.0, n_ - 1.0) / n_;
    const double error = n_ > 1.0 ? std::sqrt(variance) : std::numeric_limits<double>::infinity();
    const double ratio = error > 0.0 ? size / error : std::numeric_limits<double>::infinity();
    std::optional<Deviation>& extreme = sum > 0.0 ? result_.violation : result_.improvement;
    if (!extreme || ratio > extreme->ratio) extreme = Deviation{threshold, size, error, ratio};
  }

  Dominance result() const {
    Dominance result = result_;
    const auto counts = [](const std::optional<Deviation>& d) { return d && d->ratio > errors_to_count; };
    result.holds = !counts(result.violation) && counts(result.improvement);
    return result;
  }

 private:
  double n_;
  Dominance result_;
};

// Sums over the paths of which only a, or only b, lies above the threshold.
struct OneSide {
  double count = 0.0;
  double excess = 0.0;  // sum of (value - threshold)

  void lower_threshold(double step) { excess += count * step; }
  void enter() { count += 1.0; }
  void leave(double gap) {
    count -= 1.0;
    excess = count > 0.0 ? std::max(0.0, excess - gap) : 0.0;
  }
};

// Applies all events at one threshold, from `i` on; returns the first beyond.
std::size_t pass(const std::vector<Event>& sorted, std::size_t i, OneSide& only_a, OneSide& only_b) {
  const double threshold = sorted[i].value;
  for (; i < sorted.size() && sorted[i].value == threshold; ++i) {
    OneSide& side = sorted[i].a_side ? only_a : only_b;
    if (sorted[i].gap == 0.0) continue;
    if (sorted[i].larger)
      side.enter();
    else
      side.leave(sorted[i].gap);
  }
  return i;
}

}  // namespace

// F at x counts values up to x, which are those above once the values at x have not been passed yet.
Dominance first_order_dominance(std::span<const double> a, std::span<const double> b) {
  validate_columns(a, b);
  const std::vector<Event> sorted = events(a, b);
  Extremes extremes(a.size());
  OneSide only_a;
  OneSide only_b;
  for (std::size_t i = 0; i < sorted.size();) {
    // F_a - F_b = P(b > x) - P(a > x).
    extremes.add(sorted[i].value, only_b.count - only_a.count, only_b.count + only_a.count);
    i = pass(sorted, i, only_a, only_b);
  }
  return extremes.result();
}

// With step > 0 between thresholds, each path with only one side above gains `step` of excess d:
// sum d += (b's - a's) step and sum d^2 += 2 step (excess of both) + count step^2. All terms of the squares
// are positive, so values of 1e11 that differ by 1e5 lose nothing.
Dominance second_order_dominance(std::span<const double> a, std::span<const double> b) {
  validate_columns(a, b);
  const std::vector<Event> sorted = events(a, b);
  Extremes extremes(a.size());
  OneSide only_a;
  OneSide only_b;
  double sum = 0.0;
  double squares = 0.0;
  double above = sorted.front().value;
  for (std::size_t i = 0; i < sorted.size();) {
    const double step = above - sorted[i].value;
    above = sorted[i].value;
    const double count = only_a.count + only_b.count;
    sum += (only_b.count - only_a.count) * step;
    squares += step * (2.0 * (only_a.excess + only_b.excess) + count * step);
    only_a.lower_threshold(step);
    only_b.lower_threshold(step);
    extremes.add(above, sum, squares);
    i = pass(sorted, i, only_a, only_b);
  }
  return extremes.result();
}

}  // namespace hedgerow::measure
