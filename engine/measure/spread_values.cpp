#include "engine/measure/spread_values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/base/check.hpp"

namespace hedgerow::measure {

SortedSlice::SortedSlice(std::span<const double> values) {
  if (!values.empty()) sorted_.emplace(values);
}

SliceOutline SortedSlice::outline() const {
  SliceOutline outline;
  outline.size = values().size();
  const auto step = static_cast<std::uint64_t>(std::ceil(std::sqrt(static_cast<double>(outline.size))));
  for (std::uint64_t rank = 0; rank < outline.size; rank += step) outline.ranks.push_back(rank);
  if (outline.size > 0 && outline.ranks.back() != outline.size - 1) outline.ranks.push_back(outline.size - 1);
  for (const std::uint64_t rank : outline.ranks) outline.values.push_back(values()[rank]);
  return outline;
}

SliceWindow SortedSlice::window(double above, double up_to) const {
  SliceWindow window;
  window.before = counts(above).up_to;
  const std::uint64_t end = counts(up_to).up_to;
  for (std::uint64_t rank = window.before; rank < end;) {
    const double value = values()[rank];
    const std::uint64_t next = sorted_->count_up_to(value);
    window.values.push_back(value);
    window.counts.push_back(next - rank);
    rank = next;
  }
  return window;
}

SliceCounts SortedSlice::counts(double x) const {
  if (!sorted_) return {};
  return {sorted_->count_below(x), sorted_->count_up_to(x)};
}

SpreadValues::SpreadValues(std::unique_ptr<const Slices> slices, std::uint64_t least)
    : slices_(std::move(slices)), least_(least) {
  const std::vector<SliceOutline> outlines = slices_->outlines();
  for (const SliceOutline& outline : outlines) {
    size_ += outline.size;
    for (const double value : outline.values) marks_.push_back({value, 0, 0});
  }
  const auto by_value = [](const Mark& a, const Mark& b) { return a.value < b.value; };
  std::sort(marks_.begin(), marks_.end(), by_value);
  const auto same = [](const Mark& a, const Mark& b) { return a.value == b.value; };
  marks_.erase(std::unique(marks_.begin(), marks_.end(), same), marks_.end());
  for (const SliceOutline& outline : outlines) {
    std::size_t up_to = 0;  // values of the outline that are no larger than the mark
    for (Mark& mark : marks_) {
      while (up_to < outline.values.size() && outline.values[up_to] <= mark.value) ++up_to;
      mark.least += up_to > 0 ? outline.ranks[up_to - 1] + 1 : 0;
      mark.most += up_to < outline.ranks.size() ? outline.ranks[up_to] : outline.size;
    }
  }
}

double SpreadValues::value(std::size_t rank) const {
  HEDGEROW_EXPECT(rank < size_);
  if (rank < window_.first || rank >= window_.last) fetch(rank);
  const auto begins = [&](std::size_t i) { return i == 0 ? window_.first : window_.ends[i - 1]; };
  if (at_ + 1 < window_.ends.size() && rank == window_.ends[at_]) ++at_;  // as most readers go on
  if (rank < begins(at_) || rank >= window_.ends[at_])
    at_ = static_cast<std::size_t>(std::upper_bound(window_.ends.begin(), window_.ends.end(), rank) -
                                   window_.ends.begin());
  return window_.values[at_];
}

/// From the largest mark that lies before the rank for certain; most readers go upwards from there.
void SpreadValues::fetch(std::size_t rank) const {
  const auto begin =
      std::partition_point(marks_.begin(), marks_.end(), [&](const Mark& mark) { return mark.most <= rank; });
  const auto end = std::partition_point(marks_.begin(), marks_.end() - 1,
                                        [&](const Mark& mark) { return mark.least <= rank + least_; });
  window_ = {};
  window_.above = begin == marks_.begin() ? -std::numeric_limits<double>::infinity() : (begin - 1)->value;
  window_.up_to = end->value;
  at_ = 0;
  std::vector<std::pair<double, std::uint64_t>> merged;  // values and how often they come
  for (const SliceWindow& slice : slices_->windows(window_.above, window_.up_to)) {
    window_.first += slice.before;
    const auto before = static_cast<std::ptrdiff_t>(merged.size());
    for (std::size_t i = 0; i < slice.values.size(); ++i)
      merged.emplace_back(slice.values[i], slice.counts[i]);
    std::inplace_merge(merged.begin(), merged.begin() + before, merged.end());
  }
  window_.last = window_.first;
  for (const auto& [value, count] : merged) {
    window_.last += count;
    if (!window_.values.empty() && window_.values.back() == value) {
      window_.ends.back() = window_.last;
      continue;
    }
    window_.values.push_back(value);
    window_.ends.push_back(window_.last);
  }
}

SliceCounts SpreadValues::Window::counts(double x) const {
  const auto at = std::lower_bound(values.begin(), values.end(), x) - values.begin();
  const auto i = static_cast<std::size_t>(at);
  const std::uint64_t below = i == 0 ? first : ends[i - 1];
  return {below, i < values.size() && values[i] == x ? ends[i] : below};
}

SliceCounts SpreadValues::counts(double x) const {
  if (x > window_.above && x <= window_.up_to) return window_.counts(x);
  SliceCounts sum;
  for (const SliceCounts& slice : slices_->counts(x)) {
    sum.below += slice.below;
    sum.up_to += slice.up_to;
  }
  return sum;
}

}  // namespace hedgerow::measure
