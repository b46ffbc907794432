#pragma once
// Exact order statistics of a sample that lies in slices, none of which is ever brought together with the
// others. Each slice is outlined by few of its values; between two of these an order statistic is known to
// lie, and only what lies there is fetched (regular sampling: Shi & Schaeffer 1992, "Parallel sorting by
// regular sampling").

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/measure/ranked_values.hpp"
#include "engine/measure/sample.hpp"

namespace hedgerow::measure {

/// Every so many values of a slice in ascending order, its first and its last among them.
struct SliceOutline {
  std::uint64_t size = 0;  ///< of the slice; may be 0
  std::vector<double> values;
  std::vector<std::uint64_t> ranks;  ///< of these values, in the slice

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.size, self.values, self.ranks);
  }
};

/// What of a slice lies in (above, up_to]: each value once.
struct SliceWindow {
  std::uint64_t before = 0;  ///< values of the slice up to `above`
  std::vector<double> values;
  std::vector<std::uint64_t> counts;  ///< of each value

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.before, self.values, self.counts);
  }
};

struct SliceCounts {
  std::uint64_t below = 0, up_to = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.below, self.up_to);
  }
};

/// Some of the values of a sample.
class SortedSlice {
 public:
  /// Copies and sorts. Throws InvalidInput if a value is not finite.
  explicit SortedSlice(std::span<const double> values);

  /// About as many values as are left out between two of them: the root of all.
  SliceOutline outline() const;
  SliceWindow window(double above, double up_to) const;
  SliceCounts counts(double x) const;

 private:
  std::span<const double> values() const { return sorted_ ? sorted_->values() : std::span<const double>(); }
  std::optional<SortedSample> sorted_;  ///< none where there are no values
};

/// The slices of a sample, asked all at once; answers come in an order that never changes.
class Slices {
 public:
  virtual ~Slices() = default;
  virtual std::vector<SliceOutline> outlines() const = 0;
  virtual std::vector<SliceWindow> windows(double above, double up_to) const = 0;
  virtual std::vector<SliceCounts> counts(double x) const = 0;
};

/// All values of the slices, read one window after the other. For one thread at a time.
class SpreadValues : public RankedValues {
 public:
  /// Windows are of `least` values or more where there are as many, so that few of them are asked for.
  explicit SpreadValues(std::unique_ptr<const Slices> slices, std::uint64_t least = std::uint64_t{1} << 15);

  std::size_t size() const override { return size_; }
  double value(std::size_t rank) const override;
  std::size_t count_below(double x) const override { return counts(x).below; }
  std::size_t count_up_to(double x) const override { return counts(x).up_to; }

 private:
  /// A value of some outline; how many values of all slices are at least, and at most, no larger.
  struct Mark {
    double value;
    std::uint64_t least, most;
  };
  /// Values in (above, up_to], of which the first has rank `first`; `ends` are the ranks behind equal ones.
  struct Window {
    double above = 0.0, up_to = 0.0;
    std::uint64_t first = 0, last = 0;
    std::vector<double> values;
    std::vector<std::uint64_t> ends;

    /// Values that are smaller than one that lies in it, and those that are no larger.
    SliceCounts counts(double x) const;
  };

  SliceCounts counts(double x) const;
  void fetch(std::size_t rank) const;

  std::unique_ptr<const Slices> slices_;
  std::uint64_t least_, size_ = 0;
  std::vector<Mark> marks_;  ///< ascending
  mutable Window window_;
  mutable std::size_t at_ = 0;  ///< in the window, where a value was found last
};

}  // namespace hedgerow::measure
