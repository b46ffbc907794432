#pragma once
// Exceedance curves: which value is exceeded once in so many years (docs/model/answers.md).

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "engine/measure/estimate.hpp"
#include "engine/measure/moments.hpp"
#include "engine/measure/sample.hpp"

namespace hedgerow::measure {

/// One point of a curve: `value` is exceeded in a year with probability 1 / return_period.
struct ExceedancePoint {
  double return_period = 0.0;   ///< [yr], > 1
  std::optional<double> value;  ///< missing if the sample expects less than one exceedance
  Interval interval;            ///< of the value; see the functions below
};

/// The curve of one year from one value per path: the (1 - 1/RP)-quantiles with the interval of
/// quantile_interval(), exact without weights. `return_periods` in any order [yr], each > 1.
/// Throws InvalidInput for a return period <= 1 or not finite, and for a confidence outside (0, 1).
std::vector<ExceedancePoint> exceedance_curve(const SortedSample& year,
                                              std::span<const double> return_periods,
                                              double confidence = 0.95);

/// The curve pooled over all years of all paths. `values` has one row per path and one column per year.
/// Meaningful only if the years have one law; otherwise show it beside the single-year curves.
///
/// Years of one path depend on each other, so paths are the independent units (clusters): with
/// f_i = mean over y of 1{X_iy > q}, the tail estimator is inverted at 1/RP -/+ z sd(f_i) / sqrt(paths)
/// (cluster sampling: Cochran 1977, sec. 9A; inversion: Chu & Nakayama 2012). Asymptotic in the paths.
/// With years = 1 it equals the curve of one year. O(N log N + N * return periods), N values.
/// Throws InvalidInput as above, and if `years` is 0 or does not divide the number of values.
std::vector<ExceedancePoint> pooled_exceedance_curve(std::span<const double> values, std::size_t years,
                                                     std::span<const double> return_periods,
                                                     double confidence = 0.95);

/// In how many of its years, as a fraction of them, a path exceeds a value: over paths in their order.
struct ExceedanceFrequency {
  double value = 0.0;
  Moments fraction = {};

  /// Takes paths of so many years each.
  void add(std::span<const double> values, std::size_t years);
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.value, self.fraction);
  }
};

/// The same of values that are sorted, wherever they are; `frequency` fills in the fractions of all paths.
std::vector<ExceedancePoint> pooled_exceedance_curve(
    const SortedSample& pooled, std::size_t years, std::span<const double> return_periods,
    const std::function<void(ExceedanceFrequency&)>& frequency, double confidence = 0.95);

/// P(at least one exceedance in `years`) = 1 - (1 - 1/return_period)^years for independent years.
/// Throws InvalidInput unless return_period [yr] >= 1 and years >= 0, both finite.
double probability_at_least_once(double return_period, double years);

}  // namespace hedgerow::measure
