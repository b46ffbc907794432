#include "engine/measure/dominance.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <deque>
#include <limits>
#include <utility>

#include "engine/measure/validation.hpp"

namespace hedgerow::measure {
namespace {

constexpr double errors_to_count = 2.0;  // docs/model/answers.md, "Dominance"

void validate_finite(std::span<const double> a, std::span<const double> b) {
  const auto is_finite = [](double x) { return std::isfinite(x); };
  validate(std::all_of(a.begin(), a.end(), is_finite) && std::all_of(b.begin(), b.end(), is_finite),
           "a value is not a number or infinite (all must be finite) look for the path that made it");
}

// From above, a path is first reached at its larger value: from there on one of a, b lies above the
// threshold; from its smaller value on both do. Paths with a == b are kept for their value, which is a
// threshold too.

bool a_side(const PathValue& x) { return x.gap > 0.0; }

// Ties in a fixed order, so that sums over them do not depend on the order of the paths.
bool before(const PathValue& x, const PathValue& y) {
  if (x.value != y.value) return x.value > y.value;
  if (a_side(x) != a_side(y)) return a_side(x);
  return std::abs(x.gap) < std::abs(y.gap);
}

// All at once.
class WholeValues : public DescendingValues {
 public:
  explicit WholeValues(std::span<const PathValue> values) : values_(values) {}
  std::span<const PathValue> next() override { return std::exchange(values_, {}); }

 private:
  std::span<const PathValue> values_;
};

// One after the other; asks for more when it has to.
class ValueReader {
 public:
  explicit ValueReader(DescendingValues& from) : from_(from), part_(from.next()) {}
  bool done() const { return at_ == part_.size(); }
  const PathValue& front() const { return part_[at_]; }
  void pop() {
    if (++at_ < part_.size()) return;
    part_ = from_.next();
    at_ = 0;
  }

 private:
  DescendingValues& from_;
  std::span<const PathValue> part_;
  std::size_t at_ = 0;
};

class MergedValues : public DescendingValues {
 public:
  explicit MergedValues(std::vector<std::unique_ptr<DescendingValues>> slices) : slices_(std::move(slices)) {
    for (const auto& slice : slices_) {
      ValueReader& reader = readers_.emplace_back(*slice);
      if (!reader.done()) heads_.push_back(&reader);
    }
    std::make_heap(heads_.begin(), heads_.end(), behind);
  }
  std::span<const PathValue> next() override {
    constexpr std::size_t most = 1 << 12;
    part_.clear();
    while (!heads_.empty() && part_.size() < most) {
      std::pop_heap(heads_.begin(), heads_.end(), behind);
      ValueReader& first = *heads_.back();
      part_.push_back(first.front());
      first.pop();
      if (first.done())
        heads_.pop_back();
      else
        std::push_heap(heads_.begin(), heads_.end(), behind);
    }
    return part_;
  }

 private:
  // What is equal here is equal altogether: which slice it comes from makes no difference.
  static bool behind(const ValueReader* x, const ValueReader* y) { return before(y->front(), x->front()); }

  std::vector<std::unique_ptr<DescendingValues>> slices_;
  std::deque<ValueReader> readers_;
  std::vector<ValueReader*> heads_;
  std::vector<PathValue> part_;
};

// The most significant deviation of either sign over all thresholds; the first one from above in a tie.
class Extremes {
 public:
  explicit Extremes(std::uint64_t paths) : n_(static_cast<double>(paths)) {}

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
  Descent(DescendingValues& larger, DescendingValues& smaller) : larger_(larger), smaller_(smaller) {}

  bool done() const { return smaller_.done(); }  // no larger value comes after it
  double threshold() const {
    const double next = smaller_.front().value;
    return larger_.done() ? next : std::max(larger_.front().value, next);
  }
  // Applies all values at the threshold.
  void pass() {
    const double at = threshold();
    for (; !larger_.done() && larger_.front().value == at; larger_.pop())
      if (const PathValue& path = larger_.front(); path.gap != 0.0) side(path).enter();
    for (; !done() && smaller_.front().value == at; smaller_.pop())
      if (const PathValue& path = smaller_.front(); path.gap != 0.0) side(path).leave(std::abs(path.gap));
  }

  OneSide only_a, only_b;

 private:
  OneSide& side(const PathValue& path) { return a_side(path) ? only_a : only_b; }

  ValueReader larger_, smaller_;
};

// With step > 0 between thresholds, each path with only one side above gains `step` of excess d:
// sum d += (b's - a's) step and sum d^2 += 2 step (excess of both) + count step^2. All terms of the squares
// are positive, so values of 1e11 that differ by 1e5 lose nothing.
class Excess {
 public:
  explicit Excess(double above) : above_(above) {}

  void lower(Descent& at) {
    const double step = above_ - at.threshold();
    above_ = at.threshold();
    const double count = at.only_a.count + at.only_b.count;
    sum += (at.only_b.count - at.only_a.count) * step;
    squares += step * (2.0 * (at.only_a.excess + at.only_b.excess) + count * step);
    at.only_a.lower_threshold(step);
    at.only_b.lower_threshold(step);
  }

  double sum = 0.0, squares = 0.0;

 private:
  double above_;
};

}  // namespace

PairedValues::PairedValues(std::span<const double> a, std::span<const double> b) {
  validate(a.size() == b.size(), "paired columns differ in length (one value per path each)");
  validate_finite(a, b);
  larger_.reserve(a.size());
  smaller_.reserve(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    larger_.push_back({std::max(a[i], b[i]), a[i] - b[i]});
    smaller_.push_back({std::min(a[i], b[i]), a[i] - b[i]});
  }
  std::sort(larger_.begin(), larger_.end(), before);
  std::sort(smaller_.begin(), smaller_.end(), before);
}
static_assert(dominance_bytes == 2 * sizeof(PathValue));

std::unique_ptr<DescendingValues> whole(std::span<const PathValue> values) {
  return std::make_unique<WholeValues>(values);
}

std::unique_ptr<DescendingValues> merged(std::vector<std::unique_ptr<DescendingValues>> slices) {
  return std::make_unique<MergedValues>(std::move(slices));
}

Dominances dominances(std::uint64_t paths, DescendingValues& larger, DescendingValues& smaller) {
  validate(paths > 0, "paired columns are empty (at least one path is needed) run some paths first");
  Extremes first(paths), second(paths);
  Descent at(larger, smaller);
  for (Excess excess(at.threshold()); !at.done(); at.pass()) {
    // F at x counts values up to x, which are those above once the values at x have not been passed yet:
    // F_a - F_b = P(b > x) - P(a > x).
    first.add(at.threshold(), at.only_b.count - at.only_a.count, at.only_b.count + at.only_a.count);
    excess.lower(at);
    second.add(at.threshold(), excess.sum, excess.squares);
  }
  return {first.result(), second.result()};
}

Dominances dominances(std::span<const double> a, std::span<const double> b) {
  validate_paired(a, b);
  const PairedValues values(a, b);
  WholeValues larger(values.larger()), smaller(values.smaller());
  return dominances(a.size(), larger, smaller);
}

Dominance first_order_dominance(std::span<const double> a, std::span<const double> b) {
  return dominances(a, b).first_order;
}

Dominance second_order_dominance(std::span<const double> a, std::span<const double> b) {
  return dominances(a, b).second_order;
}

}  // namespace hedgerow::measure
