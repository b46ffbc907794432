#include "engine/measure/largest.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/moments.hpp"
#include "engine/measure/sample.hpp"
#include "engine/measure/validation.hpp"

namespace hedgerow::measure {
namespace {

// How many values may lie above the quantile: the largest m with m / n <= 1 - alpha, as tail_rank() has it.
std::size_t allowed_above(std::uint64_t n, double alpha) {
  const double size = static_cast<double>(n);
  const double allowed = 1.0 - alpha + probability_tolerance;
  auto m = static_cast<std::size_t>(allowed * size);
  while (m > 0 && static_cast<double>(m) / size > allowed) --m;
  while (static_cast<double>(m + 1) / size <= allowed) ++m;
  return std::min(m, static_cast<std::size_t>(n) - 1);
}

}  // namespace

LargestValues::LargestValues(std::size_t k) : k_(k) {
  validate(k >= 1, "no value is to be kept (at least one is needed) keep as many as the tail has");
}

void LargestValues::add(double x) {
  validate(std::isfinite(x),
           "a value is not a number or infinite (all must be finite) look for the path that made it");
  ++count_;
  take(x);
}

void LargestValues::take(double x) {
  if (full_ && x <= threshold_) return;
  kept_.push_back(x);
  if (kept_.size() == 2 * k_) shrink();
}

void LargestValues::shrink() {
  const auto last = kept_.begin() + static_cast<std::ptrdiff_t>(k_) - 1;
  std::nth_element(kept_.begin(), last, kept_.end(), std::greater<>());
  full_ = true;
  threshold_ = *last;
  kept_.resize(k_);
}

void LargestValues::merge(const LargestValues& other) {
  validate(k_ == other.k_, "streams keep different numbers of values (they must agree) give them one size");
  count_ += other.count_;
  const std::vector<double> theirs = other.kept_;  // by copy: a stream may be merged with itself
  for (const double x : theirs) take(x);
}

std::vector<double> LargestValues::values() const {
  std::vector<double> sorted = kept_;
  std::sort(sorted.begin(), sorted.end());
  if (sorted.size() > k_) sorted.erase(sorted.begin(), sorted.end() - static_cast<std::ptrdiff_t>(k_));
  return sorted;
}

void LargestValues::write(NumberWriter& to) const { write_numbers(to, count_, values()); }

void LargestValues::read(NumberReader& from) {
  *this = LargestValues(k_);
  std::uint64_t count = 0;
  read_numbers(from, count);
  std::vector<double> largest(std::min<std::uint64_t>(k_, count));
  read_numbers(from, largest);
  for (const double x : largest) add(x);
  count_ = count;
}

std::size_t largest_needed(std::uint64_t n, double alpha) {
  validate_level(alpha);
  validate(n >= 1, "the sample is empty (at least one value is needed) run some paths first");
  return std::min(std::max<std::size_t>(2, allowed_above(n, alpha) + 1), static_cast<std::size_t>(n));
}

Estimate shortfall_of_largest(std::span<const double> largest, std::uint64_t n, double alpha) {
  return shortfall_of_largest(SortedSample(largest), n, alpha);
}

Estimate shortfall_of_largest(const SortedSample& top, std::uint64_t n, double alpha) {
  validate(top.size() >= largest_needed(n, alpha),
           "too few of the largest values are known (all above the quantile and that itself) keep "
           "largest_needed() of them");
  validate(top.size() <= n, "there are more largest values than values (at most all) give their number");
  Shortfall s;
  s.alpha = alpha;
  s.quantile = top.value(top.size() - 1 - allowed_above(n, alpha));
  const std::size_t above = top.count_up_to(s.quantile);
  double excess = 0.0;
  for (std::size_t r = above; r < top.size(); ++r) excess += top.value(r) - s.quantile;
  s.value = s.quantile + s.scale() * excess / static_cast<double>(n);
  if (top.size() - top.count_below(s.quantile) < 2) return {s.value, std::nullopt};

  Moments influence;
  for (std::size_t r = above; r < top.size(); ++r) influence.add(s.influence(top.value(r)));
  influence.merge({n - (top.size() - above), s.influence(s.quantile), 0.0});
  return {s.value, influence.standard_error()};
}

}  // namespace hedgerow::measure
