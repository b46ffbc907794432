#include "engine/measure/dominance.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "engine/base/rows.hpp"
#include "engine/measure/validation.hpp"

namespace hedgerow::measure {
namespace {

constexpr double errors_to_count = 2.0;  // model.md E.6

void validate_finite(std::span<const double> a, std::span<const double> b) {
  const auto is_finite = [](double x) { return std::isfinite(x); };
  validate(std::all_of(a.begin(), a.end(), is_finite) && std::all_of(b.begin(), b.end(), is_finite),
           "a value is not a number or infinite (all must be finite) look for the path that made it");
}

// One of the two values of a path, and how far the path's values lie apart: a - b. From above, a path is
// first reached at its larger value: from there on one of a, b lies above the threshold; from its smaller
// value on both do.
struct Event {
  double value;
  double gap;

  bool a_side() const { return gap > 0.0; }
};

// All values in descending order: the larger ones of the paths, and the smaller ones. Paths with a == b are
// kept for their value, which is a threshold too.
struct Events {
  Events(std::span<const double> a, std::span<const double> b) {
    larger.reserve(a.size());
    smaller.reserve(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      larger.push_back({std::max(a[i], b[i]), a[i] - b[i]});
      smaller.push_back({std::min(a[i], b[i]), a[i] - b[i]});
    }
    sort(larger);
    sort(smaller);
  }

  Rows<Event> larger, smaller;

 private:
  // Ties in a fixed order, so that sums over them do not depend on the order of the paths.
  static void sort(Rows<Event>& events) {
    std::sort(events.begin(), events.end(), [](const Event& x, const Event& y) {
      if (x.value != y.value) return x.value > y.value;
      if (x.a_side() != y.a_side()) return x.a_side();
      return std::abs(x.gap) < std::abs(y.gap);
    });
  }
};
static_assert(dominance_bytes == 2 * sizeof(Event));

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

// Walks down the thresholds.
class Descent {
 public:
  explicit Descent(const Events& events) : events_(events) {}

  bool done() const { return smaller_ == events_.smaller.size(); }  // no larger value comes after it
  double threshold() const {
    const double next = events_.smaller[smaller_].value;
    return larger_ < events_.larger.size() ? std::max(events_.larger[larger_].value, next) : next;
  }
  // Applies all events at the threshold.
  void pass() {
    const double at = threshold();
    for (; larger_ < events_.larger.size() && events_.larger[larger_].value == at; ++larger_)
      if (const Event& event = events_.larger[larger_]; event.gap != 0.0) side(event).enter();
    for (; !done() && events_.smaller[smaller_].value == at; ++smaller_)
      if (const Event& event = events_.smaller[smaller_]; event.gap != 0.0)
        side(event).leave(std::abs(event.gap));
  }

  OneSide only_a, only_b;

 private:
  OneSide& side(const Event& event) { return event.a_side() ? only_a : only_b; }

  const Events& events_;
  std::size_t larger_ = 0, smaller_ = 0;
};

// F at x counts values up to x, which are those above once the values at x have not been passed yet.
Dominance first_order(const Events& events) {
  Extremes extremes(events.larger.size());
  for (Descent at(events); !at.done(); at.pass())
    // F_a - F_b = P(b > x) - P(a > x).
    extremes.add(at.threshold(), at.only_b.count - at.only_a.count, at.only_b.count + at.only_a.count);
  return extremes.result();
}

// With step > 0 between thresholds, each path with only one side above gains `step` of excess d:
// sum d += (b's - a's) step and sum d^2 += 2 step (excess of both) + count step^2. All terms of the squares
// are positive, so values of 1e11 that differ by 1e5 lose nothing.
Dominance second_order(const Events& events) {
  Extremes extremes(events.larger.size());
  double sum = 0.0;
  double squares = 0.0;
  double above = events.larger.front().value;
  for (Descent at(events); !at.done(); at.pass()) {
    const double threshold = at.threshold(), step = above - threshold;
    above = threshold;
    const double count = at.only_a.count + at.only_b.count;
    sum += (at.only_b.count - at.only_a.count) * step;
    squares += step * (2.0 * (at.only_a.excess + at.only_b.excess) + count * step);
    at.only_a.lower_threshold(step);
    at.only_b.lower_threshold(step);
    extremes.add(above, sum, squares);
  }
  return extremes.result();
}

}  // namespace

Dominance first_order_dominance(std::span<const double> a, std::span<const double> b) {
  validate_paired(a, b);
  validate_finite(a, b);
  return first_order(Events(a, b));
}

Dominance second_order_dominance(std::span<const double> a, std::span<const double> b) {
  validate_paired(a, b);
  validate_finite(a, b);
  return second_order(Events(a, b));
}

Dominances dominances(std::span<const double> a, std::span<const double> b) {
  validate_paired(a, b);
  validate_finite(a, b);
  const Events events(a, b);
  return {first_order(events), second_order(events)};
}

}  // namespace hedgerow::measure
