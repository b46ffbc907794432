#include "apps/results/summary.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/results/format.hpp"
#include "engine/measure/estimate.hpp"

namespace hedgerow::results {
namespace {

using namespace models;

constexpr double poor_precision = 0.05;  // half width of an interval relative to its number

std::optional<double> half_width(const measure::Estimate& estimate) {
  if (!estimate.standard_error) return std::nullopt;
  return measure::two_sided_normal(0.95) * *estimate.standard_error;
}

/// A table whose first column holds labels and whose other columns hold one strategy each.
class Table {
 public:
  explicit Table(std::vector<std::string> header) { rows_.push_back(std::move(header)); }
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  void heading(std::string text) { rows_.push_back({std::move(text)}); }

  std::string render(SummaryStyle style) const {
    std::vector<std::size_t> widths(rows_.front().size(), 0);
    for (const auto& row : rows_)
      for (std::size_t c = 0; row.size() > 1 && c < row.size(); ++c)
        widths[c] = std::max(widths[c], width_of(row[c]));
    std::string text;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      const bool strong = style.colour && (r == 0 || rows_[r].size() == 1);
      std::string line = rows_[r].size() > 1 ? pad_right(rows_[r][0], widths[0]) : rows_[r][0];
      for (std::size_t c = 1; c < rows_[r].size(); ++c) line += "   " + pad_left(rows_[r][c], widths[c]);
      text += strong ? "\033[1m" + line + "\033[0m\n" : line + "\n";
    }
    return text;
  }

 private:
  std::vector<std::vector<std::string>> rows_;
};

std::string percent_label(double level) { return fmt::format("{:.10g} %", 100.0 * level); }

std::string percentile_cell(const Percentile& percentile, Scale scale) {
  const auto& [lower, upper] = percentile.interval;
  const double spread = lower && upper ? (*upper - *lower) / 2.0 / scale.unit : 0.0;
  const int decimals = decimals_for(spread);
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
    add_row(table, assessment,
            "  mean of the worst " + percent_label(1.0 - first.expected_shortfall[i].level),
            [&](const StrategySummary& s) {
              const auto& tail = s.measure(MeasureName::total_cost).expected_shortfall[i].estimate;
              return with_error(tail.value, half_width(tail), scale);
            });
}

void add_hazards(Table& table, const Assessment& assessment, Scale scale) {
  table.heading("Made of, in the mean");
  constexpr std::array<std::string_view, component_count> labels{"  pricing: bills", "  outage: lost revenue",
                                                                 "  divergence: capacity withheld or cut off",
                                                                 "  divergence: roadmap and IP"};
  for (std::size_t c = 0; c < component_count; ++c)
    add_row(table, assessment, std::string(labels[c]), [&](const StrategySummary& s) {
      const auto& mean = s.measure(component_names[c]).mean;
      return with_error(mean.value, half_width(mean), scale);
    });
  add_row(table, assessment, "  over its own plan", [&](const StrategySummary& s) {
    const auto& mean = s.measure(MeasureName::loss).mean;
    return with_error(mean.value, half_width(mean), scale);
  });
}

bool uses(const ScenarioInput& scenario, const std::string& strategy, const std::string& provider) {
  for (const auto& [name, choice] : scenario.strategies) {
    if (name != strategy) continue;
    for (const auto& [region, unused] : scenario.providers.at(provider).regions)
      for (const auto& [workload, placed] : choice.workloads) {
        const auto share = placed.placement.find(provider + "." + region);
        if (share != placed.placement.end() && share->second > 0.0) return true;
      }
  }
  return false;
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
      return with_error(100.0 * severed.value, half ? std::optional(100.0 * *half) : std::nullopt, {}) + " %";
    });
  }
}

bool any_divergence(const Study& study) {
  return std::any_of(study.scenario.providers.begin(), study.scenario.providers.end(),
                     [](const auto& provider) { return provider.second.divergence.has_value(); });
}

std::string comparisons(const Assessment& assessment, const std::string& currency) {
  std::string text;
  for (const Comparison& c : assessment.comparisons) {
    const Scale scale = scale_for(c.mean.value);
    const double cheaper = 100.0 * c.probability_cheaper.value;
    text += fmt::format("{} costs {} {}{} {} than {} on the same paths; it is cheaper on {:.1f} % of them.\n",
                        printable(c.strategy), with_error(std::abs(c.mean.value), half_width(c.mean), scale),
                        scale.name.empty() ? "" : std::string(scale.name) + " ", currency,
                        c.mean.value < 0.0 ? "less" : "more", printable(c.reference), cheaper);
  }
  return text;
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
  }
  return weakest;
}

std::string precision(const Assessment& assessment) {
  const Weakest weakest = weakest_number(assessment);
  const std::string paths = grouped(assessment.paths);
  if (weakest.unbounded)
    return fmt::format("Precision is poor: {} paths cannot bound {}. Run more paths, or do not quote it.\n",
                       paths, weakest.name);
  const double percent = 100.0 * weakest.relative;
  if (weakest.relative <= poor_precision)
    return fmt::format("Precision: every total above is known to ±{:.2g} % or better (95 %).\n", percent);
  const double factor = weakest.relative / poor_precision;
  return fmt::format(
      "Precision is poor: {} is known only to ±{:.2g} % (95 %); about {} paths would bring it to ±5 %.\n",
      weakest.name, percent,
      grouped(static_cast<unsigned long long>(
          std::ceil(static_cast<double>(assessment.paths) * factor * factor))));
}

}  // namespace

std::vector<std::string> not_modelled(const ScenarioInput& scenario) {
  std::vector<std::string> outage_free, loyal;
  for (const auto& [name, provider] : scenario.providers) {
    const bool quiet = !provider.outages && std::none_of(provider.regions.begin(), provider.regions.end(),
                                                         [](const auto& r) { return r.second.outages; });
    if (quiet) outage_free.push_back(printable(name));
    if (!provider.divergence) loyal.push_back(printable(name));
  }
  std::vector<std::string> all;
  if (!outage_free.empty()) all.push_back(fmt::format("outages of {}", fmt::join(outage_free, ", ")));
  if (!loyal.empty()) all.push_back(fmt::format("divergence of {}", fmt::join(loyal, ", ")));
  if (!scenario.market.scarcity) all.push_back("scarce capacity");
  if (scenario.shared_dependencies.empty()) all.push_back("shared dependencies");
  all.push_back(
      "failover and migration (what is cut off stays unserved, so divergence costs are upper bounds)");
  return all;
}

std::string summary(const Study& study, const Assessment& assessment, SummaryStyle style) {
  const ScenarioInput& scenario = study.scenario;
  const Scale scale = table_scale(assessment);
  std::string text = printable(scenario.title);
  if (!text.empty()) text += "\n";
  text += fmt::format("{} paths, seed {}, {} months from {:04}-{:02}; present values at {:.4g} % a year\n",
                      grouped(assessment.paths), study.simulation.seed, scenario.horizon.months,
                      scenario.horizon.start_year, scenario.horizon.start_month,
                      100.0 * scenario.horizon.discount_rate.value);
  if (!assessment.complete)
    text += fmt::format("INTERRUPTED: {} of {} paths were run\n", grouped(assessment.paths),
                        grouped(study.simulation.paths));
  text += "\n";

  const std::string unit =
      scale.name.empty() ? scenario.currency : fmt::format("{} {}", scale.name, scenario.currency);
  std::vector<std::string> header{fmt::format("[{}] with 95 % intervals", unit)};
  for (const StrategySummary& strategy : assessment.strategies) header.push_back(printable(strategy.name));
  Table table(std::move(header));
  add_total_cost(table, assessment, scale);
  add_hazards(table, assessment, scale);
  if (any_divergence(study)) add_severance(table, study, assessment);
  text += table.render(style) + "\n";

  text += comparisons(assessment, scenario.currency);
  text += precision(assessment);
  for (const StrategySummary& strategy : assessment.strategies)
    for (const Diagnostic& diagnostic : strategy.diagnostics)
      text += fmt::format("Note on {}: {}.\n", printable(strategy.name), diagnostic.message);
  const auto absent = not_modelled(scenario);
  if (!absent.empty()) text += fmt::format("Not modelled here: {}.\n", fmt::join(absent, "; "));
  return text;
}

}  // namespace hedgerow::results
