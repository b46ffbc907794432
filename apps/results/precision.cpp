#include "apps/results/precision.hpp"

#include <fmt/format.h>

#include <cmath>

#include "apps/results/format.hpp"

namespace hedgerow::results {
namespace {

using namespace models;

constexpr double poor_precision = 0.05;  // half width of an interval relative to its number

/// The least certain number of the table: what it is, and how uncertain.
struct Weakest {
  double relative = 0.0;
  bool unbounded = false;
  std::string name;
};

Weakest weakest_number(const Assessment& assessment) {
  Weakest weakest;
  const auto consider = [&](double value, std::optional<double> half, const std::string& name) {
    if (weakest.unbounded) return;
    if (!half) {
      weakest = {0.0, true, name};
    } else if (value != 0.0 && *half / std::abs(value) >= weakest.relative) {
      weakest = {*half / std::abs(value), false, name};
    }
  };
  for (const StrategySummary& strategy : assessment.strategies) {
    const MeasureSummary& total = strategy.measure(MeasureName::total_cost);
    const std::string of = " of " + printable(strategy.name);
    consider(total.mean.value, half_width(total.mean), "the mean" + of);
    for (const Percentile& p : total.percentiles) {
      const auto& [lower, upper] = p.interval;
      consider(p.value, lower && upper ? std::optional((*upper - *lower) / 2.0) : std::nullopt,
               "the " + percent_label(p.level) + " point" + of);
    }
    for (const TailMean& tail : total.expected_shortfall)
      consider(tail.estimate.value, half_width(tail.estimate),
               "the mean of the worst " + percent_label(1.0 - tail.level) + of);
  }
  return weakest;
}

}  // namespace

std::optional<double> half_width(const measure::Estimate& estimate) {
  if (!estimate.standard_error) return std::nullopt;
  return measure::two_sided_normal(0.95) * *estimate.standard_error;
}

std::string percent_label(double level) { return fmt::format("{:.10g} %", 100.0 * level); }

std::string precision(const Assessment& assessment) {
  const Weakest weakest = weakest_number(assessment);
  const std::string paths = grouped(assessment.paths);
  if (weakest.unbounded)
    return fmt::format("Precision is poor: {} paths cannot bound {}. Do not quote it.\n", paths,
                       weakest.name);
  const double percent = 100.0 * weakest.relative;
  if (weakest.relative <= poor_precision)
    return fmt::format("Precision: every total cost above is known to ±{:.2g} % or better (95 %).\n",
                       percent);
  const double factor = weakest.relative / poor_precision;
  return fmt::format(
      "Precision is poor: {} is known only to ±{:.2g} % (95 %); about {} paths would bring it to ±5 %.\n",
      weakest.name, percent,
      grouped(static_cast<unsigned long long>(
          std::ceil(static_cast<double>(assessment.paths) * factor * factor))));
}

}  // namespace hedgerow::results
