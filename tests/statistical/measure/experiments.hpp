#pragma once
// Experiments that repeat a whole estimation on independent samples. Repetition r reads stream path r.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/statistical/measure/laws.hpp"
#include "tests/statistical/measure/tally.hpp"

namespace hedgerow::measure::study {

/// Size of an experiment: `repetitions` samples of `n` paths each.
struct Size {
  std::size_t n = 0;
  std::size_t repetitions = 0;
  std::uint64_t seed = 1;
};

inline constexpr double confidence = 0.95;

/// Independent values: mean, quantiles at 50, 95, 99, 99.5, 99.9 %, ES at 95 and 99 %.
std::vector<Row> independent(const Law& law, Size size);

/// Exp(1) seen through the defensive mixture 1/2 Exp(mean 1) + 1/2 Exp(mean 4): mean, quantiles at 5,
/// 99 and 99.9 %, ES at 20, 99 and 99.9 %.
std::vector<Row> importance(Size size);

/// Normal yearly values with correlation 0.8 within a path: return periods 5, 10, 50, 100 years from all
/// 7 years of a path with clustered intervals ("pooled"), with the exact interval that wrongly takes the
/// years for independent ("naive"), and from the first year alone ("single year").
std::vector<Row> clustered(Size size);

/// Two lognormal columns (sigma 0.8) with correlated logarithms (0.9), the second 1.2 times larger:
/// differences of means, of ES at 95 % and of quantiles at 50, 95 and 99 %, and the fraction below.
std::vector<Row> paired(Size size);

/// The row of one measure at one level; throws std::out_of_range if there is none.
const Row& find(const std::vector<Row>& rows, const std::string& measure, double level);

}  // namespace hedgerow::measure::study
