#include "engine/fit/survival_curve.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/base/check.hpp"

namespace hedgerow::fit {
namespace {

/// survival^exp(-/+ z sd(ln(-ln survival))): stays in (0, 1) (Kalbfleisch & Prentice 1980).
measure::Interval log_log_interval(double survival, double greenwood, double z) {
  if (survival <= 0.0 || survival >= 1.0) return {};
  const double sd = std::sqrt(greenwood) / std::abs(std::log(survival));
  return {std::pow(survival, std::exp(z * sd)), std::pow(survival, std::exp(-z * sd))};
}

}  // namespace

std::vector<SurvivalStep> survival_curve(const CensoredSample& sample, double confidence) {
  count_observed(sample);
  const double z = measure::two_sided_normal(confidence);
  CensoredSample sorted = sample;
  std::sort(sorted.begin(), sorted.end(),
            [](const CensoredValue& a, const CensoredValue& b) { return a.value < b.value; });
  std::vector<SurvivalStep> curve;
  double survival = 1.0, greenwood = 0.0;
  for (auto at = sorted.begin(); at != sorted.end();) {
    const auto next =
        std::find_if(at, sorted.end(), [&](const CensoredValue& x) { return x.value > at->value; });
    const auto ended =
        static_cast<double>(std::count_if(at, next, [](const CensoredValue& x) { return !x.censored; }));
    if (ended > 0.0) {
      const auto at_risk = static_cast<double>(sorted.end() - at);
      const double before = survival;
      survival *= (at_risk - ended) / at_risk;
      greenwood += ended / (at_risk * std::max(at_risk - ended, 1.0));
      curve.push_back({at->value, before, survival, log_log_interval(survival, greenwood, z)});
    }
    at = next;
  }
  return curve;
}

std::vector<MeanExcess> mean_excesses(const CensoredSample& sample, std::size_t fewest) {
  std::vector<double> values;
  for (const CensoredValue& x : sample) values.push_back(x.value);
  std::sort(values.begin(), values.end(), std::greater<>());
  std::vector<MeanExcess> excesses;
  double sum = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool is_new = i > 0 && values[i] < values[i - 1];
    if (is_new && i >= fewest) excesses.push_back({values[i], sum / static_cast<double>(i) - values[i], i});
    sum += values[i];
  }
  std::reverse(excesses.begin(), excesses.end());
  return excesses;
}

}  // namespace hedgerow::fit
