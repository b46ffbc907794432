#include "models/assess/limits.hpp"

#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/measure/proportion.hpp"

namespace hedgerow::models {
namespace {

/// More paths than this are not an answer.
constexpr double most_that_decide = 1e15;

template <class Items>
const auto& at_level(const Items& items, double level) {
  for (const auto& item : items)
    if (item.level == level) return item;
  throw std::out_of_range(fmt::format("no number is reported at level {}", level));
}

template <class Items, class Named>
const auto& called(const Items& items, std::string_view name, Named name_of) {
  for (const auto& item : items)
    if (name_of(item) == name) return item;
  throw std::out_of_range(fmt::format("nothing to measure is called {}", name));
}

/// A frequency on `paths` paths.
Measured probability(const measure::Estimate& frequency, std::uint64_t paths) {
  const double times = std::round(frequency.value * static_cast<double>(paths));
  return {frequency.value, measure::proportion_interval(static_cast<std::uint64_t>(times), paths)};
}

/// Finds the number of one strategy.
struct Finder {
  const StrategySummary& strategy;
  const Assessment& assessment;

  std::optional<Measured> operator()(const MeasureStatistic& wanted) const {
    const MeasureSummary& summary = strategy.measure(wanted.measure);
    switch (wanted.kind) {
      case MeasureStatistic::Kind::percentile: {
        const Percentile& percentile = at_level(summary.percentiles, wanted.level);
        return Measured{percentile.value, percentile.interval};
      }
      case MeasureStatistic::Kind::expected_shortfall: {
        const TailMean& tail = at_level(summary.expected_shortfall, wanted.level);
        return Measured{tail.estimate.value, tail.interval};
      }
      case MeasureStatistic::Kind::mean:
        break;
    }
    return Measured{summary.mean.value, measure::normal_interval(summary.mean)};
  }
  std::optional<Measured> operator()(ProbabilityCheaper) const {
    const Comparison& comparison =
        called(assessment.comparisons, strategy.name, [](const Comparison& c) { return c.strategy; });
    return probability(comparison.probability_cheaper, assessment.paths);
  }
  /// Of risk: at the highest level of expected shortfall. Nothing where no share is positive.
  std::optional<Measured> operator()(ConcentrationIndex wanted) const {
    const Attribution& of = strategy.attribution;
    if (wanted == ConcentrationIndex::risk && of.risk.empty()) return std::nullopt;
    const auto& index =
        wanted == ConcentrationIndex::spend ? of.spend.herfindahl : of.risk.back().risk.herfindahl;
    if (!index) return std::nullopt;
    return Measured{index->value, measure::normal_interval(*index)};
  }
  std::optional<Measured> operator()(const SeveredByHorizon& wanted) const {
    const ProviderSummary& provider =
        called(strategy.providers, wanted.provider, [](const ProviderSummary& p) { return p.name; });
    return probability(provider.severed_by_horizon, assessment.paths);
  }
};

/// `number` times the sign that makes more of it worse.
Measured made_worse_upwards(const Measured& number, double sign) {
  const auto& [lower, upper] = number.interval;
  if (sign > 0.0) return number;
  const auto mirrored = [](const std::optional<double>& bound) {
    return bound ? std::optional(-*bound) : std::nullopt;
  };
  return {-number.value, {mirrored(upper), mirrored(lower)}};
}

std::optional<std::uint64_t> paths_to_decide(const Measured& number, double limit, std::uint64_t paths) {
  const double distance = std::abs(number.value - limit);
  const std::optional<double>& towards = number.value < limit ? number.interval.upper : number.interval.lower;
  if (!towards || distance == 0.0) return std::nullopt;
  const double factor = std::abs(*towards - number.value) / distance;
  const double needed = std::ceil(static_cast<double>(paths) * factor * factor);
  return needed < most_that_decide ? std::optional(static_cast<std::uint64_t>(needed)) : std::nullopt;
}

}  // namespace

std::optional<Measured> measured(const Limit& limit, const Assessment& assessment) {
  const StrategySummary& strategy =
      called(assessment.strategies, limit.strategy, [](const StrategySummary& s) { return s.name; });
  return std::visit(Finder{strategy, assessment}, limit.number);
}

LimitResult judge(const Limit& limit, const std::optional<Measured>& measured, std::uint64_t paths) {
  LimitResult result{limit, std::nullopt, {}, Verdict::undecided, std::nullopt};
  if (!measured) return result;
  result.measured = measured->value;
  result.interval = measured->interval;
  const double sign = limit.at_most ? 1.0 : -1.0;
  const double bound = sign * (limit.at_most ? *limit.at_most : limit.at_least.value());
  const Measured number = made_worse_upwards(*measured, sign);
  const auto& [lower, upper] = number.interval;
  if (upper && *upper <= bound)
    result.verdict = Verdict::kept;
  else if (lower && *lower > bound)
    result.verdict = Verdict::breached;
  else
    result.paths_to_decide = paths_to_decide(number, bound, paths);
  return result;
}

std::vector<LimitResult> check_limits(const std::vector<Limit>& limits, const Assessment& assessment) {
  std::vector<LimitResult> results;
  for (const Limit& limit : limits)
    results.push_back(judge(limit, measured(limit, assessment), assessment.paths));
  return results;
}

}  // namespace hedgerow::models
