#include "apps/results/summary.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/results/format.hpp"
#include "apps/results/limits.hpp"
#include "apps/results/parameter_uncertainty.hpp"
#include "apps/results/precision.hpp"
#include "apps/results/sampling.hpp"
#include "apps/results/scope.hpp"
#include "apps/results/story.hpp"
#include "apps/results/table.hpp"
#include "apps/results/verdict.hpp"

namespace hedgerow::results {
namespace {

using namespace models;
using Strategies = std::span<const StrategySummary>;

std::string percentile_cell(const Percentile& percentile, Scale scale) {
  const auto& [lower, upper] = percentile.interval;
  if (lower && upper && *lower == *upper) return with_error(percentile.value, 0.0, scale);
  const bool bounded = lower && upper;
  const int decimals = bounded ? decimals_for((*upper - *lower) / 2.0 / scale.unit)
                               : decimals_for_unknown_error(percentile.value / scale.unit);
  const auto bound = [&](const std::optional<double>& value) {
    return value ? number(*value / scale.unit, decimals) : std::string("?");
  };
  return fmt::format("{} [{}, {}]", number(percentile.value / scale.unit, decimals), bound(lower),
                     bound(upper));
}

Scale table_scale(Strategies strategies) {
  double largest = 0.0;
  for (const StrategySummary& strategy : strategies)
    largest = std::max(largest, std::abs(strategy.measure(MeasureName::total_cost).mean.value));
  return scale_for(largest);
}

/// One row of the table: a label, and what `cell` makes of each strategy.
template <class Cell>
void add_row(Table& table, Strategies strategies, std::string label, Cell cell) {
  std::vector<std::string> row{std::move(label)};
  for (const StrategySummary& strategy : strategies) row.push_back(cell(strategy));
  table.add(std::move(row));
}

/// The rows of a short table: the median, the highest percentile up to the story's, the worst that are told.
bool is_short_row(double level, const std::vector<Percentile>& percentiles) {
  double highest = 0.0;
  for (const Percentile& percentile : percentiles)
    if (percentile.level <= PathStory::level) highest = std::max(highest, percentile.level);
  return level == 0.5 || level == highest;
}

void add_total_cost(Table& table, Strategies strategies, Scale scale, bool all) {
  table.heading("Total cost");
  add_row(table, strategies, "  mean", [&](const StrategySummary& s) {
    const auto& mean = s.measure(MeasureName::total_cost).mean;
    return with_error(mean.value, half_width(mean), scale);
  });
  const MeasureSummary& first = strategies.front().measure(MeasureName::total_cost);
  for (std::size_t i = 0; i < first.percentiles.size(); ++i)
    if (all || is_short_row(first.percentiles[i].level, first.percentiles))
      add_row(table, strategies, "  " + percent_label(first.percentiles[i].level) + " of paths below",
              [&](const StrategySummary& s) {
                return percentile_cell(s.measure(MeasureName::total_cost).percentiles[i], scale);
              });
  for (std::size_t i = 0; i < first.expected_shortfall.size(); ++i)
    if (all || i + 1 == first.expected_shortfall.size())
      add_row(
          table, strategies,
          fmt::format("  mean of worst {} (ES {})", percent_label(1.0 - first.expected_shortfall[i].level),
                      percent_label(first.expected_shortfall[i].level)),
          [&](const StrategySummary& s) {
            const auto& tail = s.measure(MeasureName::total_cost).expected_shortfall[i].estimate;
            return with_error(tail.value, half_width(tail), scale);
          });
}

void add_hazards(Table& table, const Study& study, Strategies strategies, Scale scale) {
  table.heading("Made of, in the mean");
  constexpr std::array<std::string_view, component_count> labels{
      "  bills",       "  unused commitments",       "  outages",     "  reputation",
      "  SLA credits", "  capacity cut or withheld", "  moving away", "  roadmap and IP"};
  for (std::size_t c = 0; c < component_count; ++c)
    if (modelled(study.scenario, all_components[c]))
      add_row(table, strategies, std::string(labels[c]), [&](const StrategySummary& s) {
        const auto& mean = s.measure(component_names[c]).mean;
        return with_error(mean.value, half_width(mean), scale);
      });
}

void add_severance(Table& table, const Study& study, Strategies strategies) {
  table.heading("Severed by the horizon");
  for (std::size_t p = 0; p < strategies.front().providers.size(); ++p) {
    const std::string& name = strategies.front().providers[p].name;
    if (!study.scenario.providers.at(name).divergence) continue;
    add_row(table, strategies, "  " + printable(name), [&](const StrategySummary& s) -> std::string {
      if (!uses(study.scenario, s.name, name)) return "not used";
      const auto& severed = s.providers[p].severed_by_horizon;
      const auto half = half_width(severed);
      if (!half) return severed.value == 0.0 ? "on no path" : "on every path";
      return with_error(100.0 * severed.value, 100.0 * *half, {}) + " %";
    });
  }
}

std::string header(const Study& study, const Assessment& assessment) {
  const ScenarioInput& scenario = study.scenario;
  std::string text = printable(scenario.title);
  if (!text.empty()) text += "\n";
  const Horizon& horizon = scenario.horizon;
  text += fmt::format("{}, seed {}, {} from {:04}-{:02}; present values at {:.4g} % a year, continuous\n",
                      counted(assessment.paths, "path", "paths"), study.simulation.seed,
                      counted(static_cast<unsigned long long>(horizon.months), "month", "months"),
                      horizon.start_year, horizon.start_month, 100.0 * horizon.discount_rate.value);
  if (!assessment.complete)
    text += fmt::format("INTERRUPTED: {} of {} paths were run\n", grouped(assessment.paths),
                        grouped(study.simulation.paths));
  return text + sampling_text(assessment) + "\n";
}

Table table_of(const Study& study, Strategies strategies, Scale scale, bool parts) {
  std::vector<std::string> names{
      fmt::format("[{}], 95 % intervals", unit_name(scale, study.scenario.currency))};
  for (const StrategySummary& strategy : strategies) names.push_back(printable(strategy.name));
  Table table(std::move(names));
  add_total_cost(table, strategies, scale, parts);
  if (!parts) return table;
  add_hazards(table, study, strategies, scale);
  if (models_divergence(study.scenario)) add_severance(table, study, strategies);
  return table;
}

/// As many tables, one under the other, as the width of a line asks for.
std::string tables(const Study& study, Strategies strategies, SummaryStyle style) {
  const Scale scale = table_scale(strategies);
  const bool parts = style.tables || strategies.size() == 1;
  std::string text;
  while (!strategies.empty()) {
    std::size_t count = strategies.size();
    while (count > 1 && table_of(study, strategies.first(count), scale, parts).width() > style.width) --count;
    text += table_of(study, strategies.first(count), scale, parts).render(style.colour) + "\n";
    strategies = strategies.subspan(count);
  }
  return text;
}

/// The 1-in-100 path of the first strategy that is not the reference.
std::string story(const Answers& answers, bool colour) {
  const Scale scale = table_scale(answers.assessment.strategies);
  constexpr std::size_t events_told = 5, causes_told = 4;
  const std::size_t s = answers.stories.size() > 1 ? 1 : 0;
  const PathStory& told = answers.stories[s];
  return fmt::format("The 1-in-100 path of {}, number {} (all of it: `hedgerow explain`)\n",
                     printable(answers.assessment.strategies[s].name), told.story.path) +
         story_text(*answers.scenario, abridge(told.story, events_told), scale, colour) +
         neighbourhood_text(*answers.scenario, told.around, scale, causes_told) + "\n";
}

/// What is to be known of the strategies' numbers, strategies of which the same is to be said together.
std::string notes(Strategies strategies) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_message;
  for (const StrategySummary& strategy : strategies)
    for (const Diagnostic& diagnostic : strategy.diagnostics) {
      const auto found = std::find_if(by_message.begin(), by_message.end(),
                                      [&](const auto& known) { return known.first == diagnostic.message; });
      if (found == by_message.end())
        by_message.push_back({diagnostic.message, {printable(strategy.name)}});
      else
        found->second.push_back(printable(strategy.name));
    }
  std::string text;
  for (const auto& [message, names] : by_message)
    text += fmt::format("Note on {}: {}.\n", fmt::join(names, ", "), message);
  return text;
}

}  // namespace

std::string summary(const Study& study, const Answers& answers, SummaryStyle style) {
  const Assessment& assessment = answers.assessment;
  std::string text = limits_block(assessment, study.scenario.currency, style.colour);
  text += header(study, assessment) + verdicts_text(answers, style.colour, style.width) +
          tables(study, assessment.strategies, style) + story(answers, style.colour);
  text += precision(assessment) + asked_precision(assessment) + parameter_uncertainty_text(answers);
  text += notes(assessment.strategies);
  const std::vector<std::string> absent = not_modelled(study.scenario);
  if (!absent.empty()) text += fmt::format("Not modelled here: {}.\n", fmt::join(absent, "; "));
  return text;
}

}  // namespace hedgerow::results
