#include "apps/results/summary.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/results/format.hpp"
#include "apps/results/precision.hpp"
#include "apps/results/scope.hpp"
#include "apps/results/table.hpp"

namespace hedgerow::results {
namespace {

using namespace models;

std::string percentile_cell(const Percentile& percentile, Scale scale) {
  const auto& [lower, upper] = percentile.interval;
  const bool bounded = lower && upper && *upper > *lower;
  const int decimals = bounded ? decimals_for((*upper - *lower) / 2.0 / scale.unit)
                               : decimals_for_unknown_error(percentile.value / scale.unit);
  const auto bound = [&](const std::optional<double>& value) {
    return value ? number(*value / scale.unit, decimals) : std::string("?");
  };
  return fmt::format("{} [{}, {}]", number(percentile.value / scale.unit, decimals), bound(lower),
                     bound(upper));
}

Scale table_scale(const Assessment& assessment) {
  double largest = 0.0;
  for (const StrategySummary& strategy : assessment.strategies)
    largest = std::max(largest, std::abs(strategy.measure(MeasureName::total_cost).mean.value));
  return scale_for(largest);
}

/// One row of the table: a label, and what `cell` makes of each strategy.
template <class Cell>
void add_row(Table& table, const Assessment& assessment, std::string label, Cell cell) {
  std::vector<std::string> row{std::move(label)};
  for (const StrategySummary& strategy : assessment.strategies) row.push_back(cell(strategy));
  table.add(std::move(row));
}

void add_total_cost(Table& table, const Assessment& assessment, Scale scale) {
  table.heading("Total cost");
  add_row(table, assessment, "  mean", [&](const StrategySummary& s) {
    const auto& mean = s.measure(MeasureName::total_cost).mean;
    return with_error(mean.value, half_width(mean), scale);
  });
  const MeasureSummary& first = assessment.strategies.front().measure(MeasureName::total_cost);
  for (std::size_t i = 0; i < first.percentiles.size(); ++i)
    add_row(table, assessment, "  " + percent_label(first.percentiles[i].level) + " of futures below",
            [&](const StrategySummary& s) {
              return percentile_cell(s.measure(MeasureName::total_cost).percentiles[i], scale);
            });
  for (std::size_t i = 0; i < first.expected_shortfall.size(); ++i)
    add_row(table, assessment, "  mean of worst " + percent_label(1.0 - first.expected_shortfall[i].level),
            [&](const StrategySummary& s) {
              const auto& tail = s.measure(MeasureName::total_cost).expected_shortfall[i].estimate;
              return with_error(tail.value, half_width(tail), scale);
            });
}

void add_hazards(Table& table, const Study& study, const Assessment& assessment, Scale scale) {
  table.heading("Made of, in the mean");
  constexpr std::array<std::string_view, component_count> labels{
      "  bills",       "  unused commitments",       "  outages",     "  reputation",
      "  SLA credits", "  capacity cut or withheld", "  moving away", "  roadmap and IP"};
  for (std::size_t c = 0; c < component_count; ++c)
    if (modelled(study.scenario, all_components[c]))
      add_row(table, assessment, std::string(labels[c]), [&](const StrategySummary& s) {
        const auto& mean = s.measure(component_names[c]).mean;
        return with_error(mean.value, half_width(mean), scale);
      });
}

void add_severance(Table& table, const Study& study, const Assessment& assessment) {
  table.heading("Severed by the horizon");
  for (std::size_t p = 0; p < assessment.strategies.front().providers.size(); ++p) {
    const std::string& name = assessment.strategies.front().providers[p].name;
    if (!study.scenario.providers.at(name).divergence) continue;
    add_row(table, assessment, "  " + printable(name), [&](const StrategySummary& s) -> std::string {
      if (!uses(study.scenario, s.name, name)) return "not used";
      const auto& severed = s.providers[p].severed_by_horizon;
      const auto half = half_width(severed);
      if (!half) return severed.value == 0.0 ? "on no path" : "on every path";
      return with_error(100.0 * severed.value, 100.0 * *half, {}) + " %";
    });
  }
}

std::string comparison(const Comparison& c, const std::string& currency) {
  const Scale scale = scale_for(c.mean.value);
  const std::string one = printable(c.strategy), other = printable(c.reference);
  const auto half = half_width(c.mean);
  std::string text;
  if (half && std::abs(c.mean.value) <= *half)
    text =
        fmt::format("No difference in the mean cost of {} and {} can be told from these paths", one, other);
  else
    text = fmt::format("{} costs {} {} {} than {} in the mean, on the same paths", one,
                       with_error(std::abs(c.mean.value), half, scale), unit_name(scale, currency),
                       c.mean.value < 0.0 ? "less" : "more", other);
  const auto spread = half_width(c.probability_cheaper);
  const std::optional<double> percent = spread ? std::optional(100.0 * *spread) : std::nullopt;
  return text + fmt::format("; it is cheaper on {} % of them.\n",
                            with_error(100.0 * c.probability_cheaper.value, percent, {}));
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
  return text + "\n";
}

Table table_of(const Study& study, const Assessment& assessment, Scale scale) {
  std::vector<std::string> names{
      fmt::format("[{}], 95 % intervals", unit_name(scale, study.scenario.currency))};
  for (const StrategySummary& strategy : assessment.strategies) names.push_back(printable(strategy.name));
  Table table(std::move(names));
  add_total_cost(table, assessment, scale);
  add_hazards(table, study, assessment, scale);
  if (models_divergence(study.scenario)) add_severance(table, study, assessment);
  return table;
}

/// As many tables, one under the other, as the width of a line asks for.
std::string tables(const Study& study, const Assessment& assessment, SummaryStyle style) {
  const Scale scale = table_scale(assessment);
  std::string text;
  for (std::size_t first = 0; first < assessment.strategies.size();) {
    Assessment part = assessment;
    std::string rendered;
    for (std::size_t count = assessment.strategies.size() - first; count > 0; --count) {
      const auto begin = assessment.strategies.begin() + static_cast<std::ptrdiff_t>(first);
      part.strategies.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
      const Table table = table_of(study, part, scale);
      rendered = table.render(style.colour);
      if (table.width() <= style.width || count == 1) break;
    }
    first += part.strategies.size();
    text += rendered + "\n";
  }
  return text;
}

}  // namespace

std::string summary(const Study& study, const Assessment& assessment, SummaryStyle style) {
  std::string text = header(study, assessment) + tables(study, assessment, style);
  for (const Comparison& c : assessment.comparisons) text += comparison(c, study.scenario.currency);
  text += precision(assessment);
  for (const StrategySummary& strategy : assessment.strategies)
    for (const Diagnostic& diagnostic : strategy.diagnostics)
      text += fmt::format("Note on {}: {}.\n", printable(strategy.name), diagnostic.message);
  const std::vector<std::string> absent = not_modelled(study.scenario);
  if (!absent.empty()) text += fmt::format("Not modelled here: {}.\n", fmt::join(absent, "; "));
  return text;
}

}  // namespace hedgerow::results
