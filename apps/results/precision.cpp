#include "apps/results/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "apps/results/format.hpp"

namespace hedgerow::results {
namespace {

using namespace models;

constexpr double poor_precision = 0.05;  // half width of an interval relative to its number

std::string name_of(const MeasureStatistic& number) {
  switch (number.kind) {
    case MeasureStatistic::Kind::percentile:
      return "the " + percent_label(number.level) + " point";
    case MeasureStatistic::Kind::expected_shortfall:
      return "the mean of the worst " + percent_label(1.0 - number.level);
    case MeasureStatistic::Kind::mean:
      break;
  }
  return "the mean";
}

std::string shortfall_of(const UnmetOutput& output) {
  const std::string what = fmt::format("  {} of {}", name_of(output.number), printable(output.strategy));
  if (output.hopeless) return what + " has infinite variance: no number of paths would do\n";
  if (!output.relative) return what + " cannot be bounded by these paths\n";
  const std::string known = fmt::format("{} is known to ±{:.2g} %", what, 100.0 * *output.relative);
  if (!output.paths_needed) return known + "; no number of paths that can be run would do\n";
  return fmt::format("{}; about {} paths would do\n", known, about(*output.paths_needed));
}

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
    return fmt::format("Precision: every total cost asked for is known to ±{:.2g} % or better (95 %).\n",
                       percent);
  const double factor = weakest.relative / poor_precision;
  return fmt::format(
      "Precision is poor: {} is known only to ±{:.2g} % (95 %); about {} paths would bring it to ±5 %.\n",
      weakest.name, percent,
      grouped(static_cast<unsigned long long>(
          std::ceil(static_cast<double>(assessment.paths) * factor * factor))));
}

std::string asked_precision(const Assessment& assessment) {
  if (!assessment.precision) return "";
  const PrecisionResult& asked = *assessment.precision;
  const std::string target = fmt::format("Asked for: ±{:.10g} % of every total cost", 100.0 * asked.target);
  const std::string batches = counted(asked.batches.size(), "batch", "batches");
  if (asked.unmet.empty())
    return fmt::format("{}: reached with {} paths, in {}.\n", target, grouped(assessment.paths), batches);
  std::string text =
      fmt::format("{}: NOT REACHED with {} paths, in {}.\n", target, grouped(assessment.paths), batches);
  for (const UnmetOutput& output : asked.unmet) text += shortfall_of(output);
  return text;
}

std::string about(std::uint64_t paths) {
  const double size = static_cast<double>(paths);
  const double digits = std::pow(10.0, std::max(0.0, std::floor(std::log10(size)) - 1.0));
  return grouped(static_cast<unsigned long long>(std::ceil(size / digits) * digits));
}

}  // namespace hedgerow::results
