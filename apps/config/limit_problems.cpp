#include "apps/config/limit_problems.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apps/config/spelling.hpp"
#include "models/ledger/ledger.hpp"

namespace hedgerow::config {
namespace {

using models::Limit;
using models::MeasureStatistic;
using models::Problem;

template <class Named>
std::vector<std::string_view> names_of(const Named& container) {
  std::vector<std::string_view> names;
  for (const auto& [name, unused] : container) names.push_back(name);
  return names;
}

Problem problem(const Limit& limit, const char* key, const std::string& message, std::string hint) {
  return {
      {"limits", limit.name, key}, fmt::format("limits.{}.{} {}", limit.name, key, message), std::move(hint)};
}

void check_strategy(const Limit& limit, const models::Study& study, std::vector<Problem>& found) {
  const auto strategies = names_of(study.scenario.strategies);
  if (limit.strategy.empty()) return;
  if (std::find(strategies.begin(), strategies.end(), limit.strategy) == strategies.end())
    found.push_back(problem(limit, "strategy", fmt::format("names an unknown strategy {}", limit.strategy),
                            suggestion(limit.strategy, strategies)));
  else if (std::holds_alternative<models::ProbabilityCheaper>(limit.number) &&
           limit.strategy == strategies.front())
    found.push_back(problem(limit, "measure",
                            fmt::format("compares {} with itself: it is the reference", limit.strategy),
                            "limit another strategy"));
}

void check_provider(const Limit& limit, const models::Study& study, std::vector<Problem>& found) {
  const auto* severed = std::get_if<models::SeveredByHorizon>(&limit.number);
  if (severed == nullptr) return;
  const auto& providers = study.scenario.providers;
  const auto provider = providers.find(severed->provider);
  if (provider == providers.end())
    found.push_back(problem(limit, "measure", fmt::format("names an unknown provider {}", severed->provider),
                            suggestion(severed->provider, names_of(providers))));
  else if (!provider->second.divergence)
    found.push_back(
        problem(limit, "measure",
                fmt::format("is always 0: {} has no divergence, so it never severs", severed->provider),
                fmt::format("write providers.{}.divergence: {{}} for its defaults", severed->provider)));
}

bool is_component(std::string_view measure) {
  const auto& names = models::component_names;
  return std::find(names.begin(), names.end(), measure) != names.end();
}

void add_level(std::vector<double>& levels, double level) {
  const auto at = std::lower_bound(levels.begin(), levels.end(), level);
  if (at == levels.end() || *at != level) levels.insert(at, level);
}

}  // namespace

std::vector<Problem> limit_problems(const models::Study& study) {
  std::vector<Problem> found;
  for (const Limit& limit : study.limits) {
    if (limit.name.empty()) continue;
    check_strategy(limit, study, found);
    if (!limit.measure.empty()) check_provider(limit, study, found);
  }
  return found;
}

void report_limited_numbers(models::Study& study) {
  for (const Limit& limit : study.limits)
    if (const auto* statistic = std::get_if<MeasureStatistic>(&limit.number)) {
      const bool is_mean = statistic->kind == MeasureStatistic::Kind::mean;
      if (is_component(statistic->measure) && !is_mean && !study.outputs.tell(models::Detail::components))
        study.outputs.percentiles_of.push_back(models::Detail::components);
      if (statistic->kind == MeasureStatistic::Kind::percentile)
        add_level(study.outputs.percentiles, statistic->level);
      if (statistic->kind == MeasureStatistic::Kind::expected_shortfall)
        add_level(study.outputs.expected_shortfall, statistic->level);
    }
}

}  // namespace hedgerow::config
