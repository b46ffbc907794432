// hedgerow explain: one path again, from its number alone.

#include <charconv>

#include <fmt/format.h>

#include "apps/cli/config_options.hpp"
#include "apps/cli/output.hpp"
#include "apps/cli/usage.hpp"
#include "apps/cli/verbs.hpp"
#include "apps/results/events.hpp"
#include "apps/results/format.hpp"
#include "apps/results/scope.hpp"
#include "apps/results/table.hpp"
#include "models/assess/replay.hpp"

namespace hedgerow::cli {
namespace {

struct ExplainOptions {
  ConfigOptions config;
  std::string path = "0";
  bool events = false;
};

std::uint64_t path_number(const std::string& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    throw UsageError(fmt::format("--path is {} (must be a whole number from 0)", text));
  return number;
}

/// What a strategy cost on the path: component by plan year, nominal.
std::string table(const models::Study& study, const models::ReplayedStrategy& played) {
  const models::Ledger& ledger = played.outcome.ledger;
  const results::Scale scale = results::scale_for(std::abs(ledger.total().nominal));
  const int decimals = results::decimals_for_unknown_error(ledger.total().nominal / scale.unit) + 2;
  const auto cell = [&](double value) { return results::number(value / scale.unit, decimals); };
  std::vector<std::string> header{fmt::format("{} [{}, nominal]", results::printable(played.name),
                                              results::unit_name(scale, study.scenario.currency))};
  for (std::size_t y = 0; y < ledger.years(); ++y) header.push_back(fmt::format("year {}", y + 1));
  header.push_back("all");
  results::Table table(std::move(header));
  for (const models::Component component : models::all_components) {
    if (!results::modelled(study.scenario, component)) continue;
    std::vector<std::string> row{std::string(models::component_names[static_cast<std::size_t>(component)])};
    for (std::size_t y = 0; y < ledger.years(); ++y) row.push_back(cell(ledger.sum(component, y).nominal));
    row.push_back(cell(ledger.sum(component).nominal));
    table.add(std::move(row));
  }
  std::vector<std::string> total{"total"};
  for (std::size_t y = 0; y < ledger.years(); ++y) total.push_back(cell(ledger.total(y).nominal));
  total.push_back(cell(ledger.total().nominal));
  table.add(std::move(total));
  return table.render(colour_stdout());
}

ExitCode execute(const ExplainOptions& options) {
  const config::LoadedConfig loaded = load(options.config);
  const models::Replay replay = models::replay(loaded.study, path_number(options.path));
  if (options.events) {
    write_stdout(results::events_json(loaded.study, replay).dump() + "\n");
    return ExitCode::done;
  }
  std::string text = fmt::format("Path {} of seed {}\n", replay.path, loaded.study.simulation.seed);
  for (const models::ReplayedStrategy& played : replay.strategies) text += "\n" + table(loaded.study, played);
  write_stdout(text);
  return ExitCode::done;
}

}  // namespace

void add_explain(CLI::App& app, Chosen& chosen) {
  CLI::App* verb = app.add_subcommand("explain", "Play one path again and show what it cost, or its draws");
  auto options = std::make_shared<ExplainOptions>();
  add_config_options(*verb, options->config);
  verb->add_option("--path", options->path, "Number of the path, from 0")->type_name("N");
  verb->add_flag("--events", options->events, "Every draw and every ledger of the path, as JSON");
  verb->callback([options, &chosen] { chosen = [options] { return execute(*options); }; });
}

}  // namespace hedgerow::cli
