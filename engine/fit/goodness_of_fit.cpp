#include "engine/fit/goodness_of_fit.hpp"

#include <algorithm>
#include <cmath>

namespace hedgerow::fit {

double kolmogorov_p_value(double distance, std::size_t count) {
  validate(count > 0 && distance >= 0.0, "Kolmogorov's distance needs a sample");
  const double root = std::sqrt(static_cast<double>(count));
  const double x = (root + 0.12 + 0.11 / root) * distance;
  if (x < 0.2) return 1.0;  // 1 - p is below 1e-12, and the series converges slowly
  double sum = 0.0;
  for (int k = 1; k <= 100; ++k) sum += (k % 2 == 1 ? 2.0 : -2.0) * std::exp(-2.0 * k * k * x * x);
  return std::clamp(sum, 0.0, 1.0);
}

}  // namespace hedgerow::fit
