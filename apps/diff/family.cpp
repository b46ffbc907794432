#include "apps/diff/family.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hedgerow::diff {

std::vector<double> adjusted_p_values(const std::vector<double>& standard_errors) {
  std::vector<std::size_t> largest_first(standard_errors.size());
  std::iota(largest_first.begin(), largest_first.end(), std::size_t{0});
  std::stable_sort(largest_first.begin(), largest_first.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(standard_errors[a]) > std::abs(standard_errors[b]);
  });
  std::vector<double> adjusted(standard_errors.size());
  double so_far = 0.0;
  for (std::size_t rank = 0; rank < largest_first.size(); ++rank) {
    const std::size_t i = largest_first[rank];
    const double p = std::erfc(std::abs(standard_errors[i]) / std::sqrt(2.0));
    so_far = std::max(so_far, std::min(1.0, static_cast<double>(largest_first.size() - rank) * p));
    adjusted[i] = so_far;
  }
  return adjusted;
}

}  // namespace hedgerow::diff
