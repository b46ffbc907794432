#include "engine/measure/exceedance.hpp"

#include <cmath>

#include "engine/base/check.hpp"
#include "engine/measure/quantile.hpp"

namespace hedgerow::measure {
namespace {

void validate_return_period(double return_period) {
  validate(std::isfinite(return_period) && return_period > 1.0,
           "a return period is out of range (must be above 1 year) write 1-in-100 years as 100");
}

// The sample shows what happens once in n years only if it has n years.
bool resolves(const SortedSample& sample, double return_period) {
  return static_cast<double>(sample.size()) >= return_period;
}

}  // namespace

std::vector<ExceedancePoint> exceedance_curve(const SortedSample& year,
                                              std::span<const double> return_periods, double confidence) {
  std::vector<ExceedancePoint> curve;
  for (const double return_period : return_periods) {
    validate_return_period(return_period);
    const double alpha = 1.0 - 1.0 / return_period;
    ExceedancePoint point{return_period, std::nullopt, quantile_interval(year, alpha, confidence)};
    if (resolves(year, return_period)) point.value = quantile(year, alpha);
    curve.push_back(point);
  }
  return curve;
}

std::vector<ExceedancePoint> pooled_exceedance_curve(std::span<const double> values, std::size_t years,
                                                     std::span<const double> return_periods,
                                                     double confidence) {
  validate(years >= 1 && values.size() % years == 0,
           "values do not fill whole rows of years (a path has one value per year) check the row length");
  return pooled_exceedance_curve(
      SortedSample(values), years, return_periods,
      [&](ExceedanceFrequency& frequency) { frequency.add(values, years); }, confidence);
}

std::vector<ExceedancePoint> pooled_exceedance_curve(
    const SortedSample& pooled, std::size_t years, std::span<const double> return_periods,
    const std::function<void(ExceedanceFrequency&)>& frequency, double confidence) {
  if (years == 1) return exceedance_curve(pooled, return_periods, confidence);
  const double z = two_sided_normal(confidence);
  std::vector<ExceedancePoint> curve;
  for (const double return_period : return_periods) {
    validate_return_period(return_period);
    ExceedancePoint point{return_period, std::nullopt, {}};
    if (resolves(pooled, return_period)) {
      const double q = quantile(pooled, 1.0 - 1.0 / return_period);
      ExceedanceFrequency exceeded{q};  // paths are the independent units
      frequency(exceeded);
      const std::optional<double> error = exceeded.fraction.standard_error();
      point.value = q;
      if (error && pooled.tail_probability(q) > 0.0)
        point.interval = invert_tail(pooled, 1.0 / return_period, z * *error);
    }
    curve.push_back(point);
  }
  return curve;
}

void ExceedanceFrequency::add(std::span<const double> values, std::size_t years) {
  for (std::size_t start = 0; start < values.size(); start += years) {
    std::size_t exceeded = 0;
    for (const double x : values.subspan(start, years)) exceeded += x > value ? 1 : 0;
    fraction.add(static_cast<double>(exceeded) / static_cast<double>(years));
  }
}

double probability_at_least_once(double return_period, double years) {
  validate(std::isfinite(return_period) && return_period >= 1.0,
           "the return period is out of range (must be at least 1 year) write 1-in-100 years as 100");
  validate(std::isfinite(years) && years >= 0.0,
           "the number of years is out of range (must be 0 or more) give the horizon in years");
  if (years == 0.0) return 0.0;
  return -std::expm1(years * std::log1p(-1.0 / return_period));
}

}  // namespace hedgerow::measure
