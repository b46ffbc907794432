#include "models/assess/paths/stopping.hpp"

#include <algorithm>
#include <cmath>

namespace hedgerow::models {
namespace {

/// Below this part of the mean a number's own size is no measure of what matters.
constexpr double smallest_size = 0.1;

/// More paths than this are not an answer.
constexpr double most_that_run = 1e15;

std::optional<double> half_width(const measure::Interval& interval) {
  if (!interval.lower || !interval.upper) return std::nullopt;
  return (*interval.upper - *interval.lower) / 2.0;
}

/// Looks at one number after the other.
class Check {
 public:
  Check(std::string strategy, double mean, double target, std::uint64_t paths)
      : strategy_(std::move(strategy)), mean_(std::abs(mean)), target_(target), paths_(paths) {}

  void look_at(MeasureStatistic::Kind kind, double level, double value, const measure::Interval& interval,
               bool hopeless) {
    const std::optional<double> half = half_width(interval);
    const double size = std::abs(value) < smallest_size * mean_ ? mean_ : std::abs(value);
    if (half && *half <= target_ * size) return;
    UnmetOutput output{strategy_, {std::string(MeasureName::total_cost), kind, level}, half, {}, {},
                       hopeless};
    if (half && size > 0.0) {
      output.relative = *half / size;
      const double factor = *output.relative / target_;
      const double needed = std::ceil(static_cast<double>(paths_) * factor * factor);
      if (needed < most_that_run) output.paths_needed = static_cast<std::uint64_t>(needed);
    }
    unmet.push_back(std::move(output));
  }

  std::vector<UnmetOutput> unmet;

 private:
  std::string strategy_;
  double mean_, target_;
  std::uint64_t paths_;
};

}  // namespace

std::uint64_t next_batch(std::uint64_t paths, std::uint64_t most) {
  return std::min(most, paths == 0 ? first_batch : 2 * paths);
}

std::vector<UnmetOutput> unmet_outputs(const std::string& strategy, const MeasureSummary& total_cost,
                                       bool infinite_variance, double target, std::uint64_t paths) {
  using Kind = MeasureStatistic::Kind;
  Check check(strategy, total_cost.mean.value, target, paths);
  check.look_at(Kind::mean, 0.0, total_cost.mean.value, measure::normal_interval(total_cost.mean),
                infinite_variance);
  for (const Percentile& percentile : total_cost.percentiles)
    check.look_at(Kind::percentile, percentile.level, percentile.value, percentile.interval, false);
  for (const TailMean& tail : total_cost.expected_shortfall)
    check.look_at(Kind::expected_shortfall, tail.level, tail.estimate.value, tail.interval,
                  infinite_variance);
  return std::move(check.unmet);
}

bool is_worth_more_paths(const std::vector<UnmetOutput>& unmet) {
  return std::any_of(unmet.begin(), unmet.end(), [](const UnmetOutput& output) { return !output.hopeless; });
}

}  // namespace hedgerow::models
