#include "bench/peers/scalar/summary.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <nlohmann/json.hpp>

namespace peer {
namespace {

using Ordered = nlohmann::ordered_json;

constexpr double percentiles[] = {0.05, 0.5, 0.95, 0.99, 0.999};
constexpr double shortfalls[] = {0.95, 0.99};

Ordered with_error(const std::vector<double>& values) {
  const double n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {{"value", mean}, {"se", std::sqrt(squares / (n - 1.0) / n)}};
}

/// The order statistic of a level, and a standard error from the ranks two standard deviations away.
Ordered percentile(const std::vector<double>& sorted, double level) {
  const double n = static_cast<double>(sorted.size());
  const double rank = n * level, spread = 2.0 * std::sqrt(n * level * (1.0 - level));
  const auto at = [&](double r) {
    return sorted[static_cast<std::size_t>(std::clamp(std::ceil(r), 1.0, n)) - 1];
  };
  return {{"level", level}, {"value", at(rank)}, {"se", (at(rank + spread) - at(rank - spread)) / 4.0}};
}

/// The mean of what lies beyond the percentile: the mean of q + max(0, x - q) / (1 - level).
Ordered shortfall(const std::vector<double>& sorted, double level) {
  const double quantile = percentile(sorted, level)["value"];
  std::vector<double> parts(sorted);
  for (double& part : parts) part = quantile + std::max(0.0, part - quantile) / (1.0 - level);
  Ordered result = with_error(parts);
  result["level"] = level;
  return result;
}

}  // namespace

std::string summary(const Model& model, const std::vector<std::vector<Costs>>& costs) {
  Ordered strategies;
  for (std::size_t s = 0; s < costs.size(); ++s) {
    Ordered& strategy = strategies[model.strategies[s].name];
    std::vector<double> column(costs[s].size());
    for (int c = 0; c < component_count; ++c) {
      std::transform(costs[s].begin(), costs[s].end(), column.begin(),
                     [&](const Costs& all) { return all[c]; });
      strategy["means"][component_names[c]] = with_error(column);
    }
    std::transform(costs[s].begin(), costs[s].end(), column.begin(),
                   [](const Costs& all) { return std::accumulate(all.begin(), all.end(), 0.0); });
    strategy["means"]["total_cost"] = with_error(column);
    std::sort(column.begin(), column.end());
    for (const double level : percentiles) strategy["percentiles"].push_back(percentile(column, level));
    for (const double level : shortfalls) strategy["expected_shortfall"].push_back(shortfall(column, level));
  }
  return Ordered{
      {"paths", costs[0].size()}, {"providers", model.providers.size()}, {"strategies", strategies}}
      .dump();
}

}  // namespace peer
