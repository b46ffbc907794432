#pragma once
// A sample in ascending order, wherever its values are kept.

#include <cstddef>

namespace hedgerow::measure {

/// n values L_0 <= ... <= L_{n-1}, as SortedSample reads them.
class RankedValues {
 public:
  virtual ~RankedValues() = default;
  virtual std::size_t size() const = 0;
  virtual double value(std::size_t rank) const = 0;
  virtual std::size_t count_below(double x) const = 0;  ///< values < x
  virtual std::size_t count_up_to(double x) const = 0;  ///< values <= x
};

}  // namespace hedgerow::measure
