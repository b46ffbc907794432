#include "models/outage/quantile_guess.hpp"

#include <cmath>

#include "engine/random/normal.hpp"

namespace hedgerow::models {
namespace {

/// ln hours = intercept + slope * score of the level.
struct Line {
  double intercept, slope;
};

void require_rising(std::span<const DurationQuantile> quantiles) {
  validate(quantiles.size() >= 2, "a law needs two quantiles");
  for (std::size_t i = 0; i < quantiles.size(); ++i) {
    const auto& [level, value] = quantiles[i];
    validate(level.value > 0.0 && level.value < 1.0 && value.value > 0.0 && std::isfinite(value.value),
             "a quantile has a level between 0 and 1 and a duration above 0");
    validate(i == 0 || (level > quantiles[i - 1].level && value > quantiles[i - 1].value),
             "quantiles must rise with their levels");
  }
}

/// Least squares (Legendre 1805), about the means so that nothing cancels.
template <class Score>
Line line_through(std::span<const DurationQuantile> quantiles, Score score) {
  require_rising(quantiles);
  const double n = static_cast<double>(quantiles.size());
  double mean_score = 0.0, mean_log = 0.0;
  for (const auto& [level, value] : quantiles) {
    mean_score += score(level.value) / n;
    mean_log += std::log(value.value) / n;
  }
  double squares = 0.0, products = 0.0;
  for (const auto& [level, value] : quantiles) {
    squares += std::pow(score(level.value) - mean_score, 2);
    products += (score(level.value) - mean_score) * (std::log(value.value) - mean_log);
  }
  const double slope = products / squares;
  return {mean_log - slope * mean_score, slope};
}

}  // namespace

LognormalDuration lognormal_through(std::span<const DurationQuantile> quantiles) {
  const Line line = line_through(quantiles, [](double level) { return random::normal_quantile(level); });
  return {Hours(std::exp(line.intercept)), line.slope};
}

WeibullDuration weibull_through(std::span<const DurationQuantile> quantiles) {
  const Line line =
      line_through(quantiles, [](double level) { return std::log(random::exponential_quantile(level)); });
  return {1.0 / line.slope, Hours(std::exp(line.intercept))};
}

}  // namespace hedgerow::models
