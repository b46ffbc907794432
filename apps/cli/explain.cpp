// hedgerow explain: what happened on one path, told from its number alone.

#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "apps/cli/config_options.hpp"
#include "apps/cli/interrupt.hpp"
#include "apps/cli/output.hpp"
#include "apps/cli/progress.hpp"
#include "apps/cli/study_source.hpp"
#include "apps/cli/threads.hpp"
#include "apps/cli/usage.hpp"
#include "apps/cli/verbs.hpp"
#include "apps/config/spelling.hpp"
#include "apps/results/events.hpp"
#include "apps/results/format.hpp"
#include "apps/results/precision.hpp"
#include "apps/results/scope.hpp"
#include "apps/results/story.hpp"
#include "apps/results/table.hpp"
#include "models/assess/sampling/sampling_choice.hpp"
#include "models/assess/story/locate.hpp"
#include "models/assess/story/neighbourhood.hpp"
#include "models/assess/story/replay.hpp"
#include "models/assess/story/story.hpp"

namespace hedgerow::cli {
namespace {

/// Events that are told one by one unless all are asked for.
constexpr std::size_t events_told = 20;

struct ExplainOptions {
  ConfigOptions config;
  std::string strategy, threads = "0";
  std::optional<std::string> at, path;
  bool events = false, ledger = false, all = false;
};

std::uint64_t path_number(const std::string& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    throw UsageError(fmt::format("--path is {} (must be a whole number from 0)", text));
  return number;
}

/// "p99.5", "99.5%" and "median".
double level(const std::string& text) {
  std::string digits = text == "median" ? "50" : text;
  if (digits.starts_with("p"))
    digits.erase(0, 1);
  else if (digits.ends_with("%"))
    digits.pop_back();
  else if (text != "median")
    digits.clear();
  double percent = 0.0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), percent);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() ||
      !(percent > 0.0 && percent < 100.0))
    throw UsageError(fmt::format("--at is {} (must be a percentile such as p99, 99.5% or median)", text));
  return percent / 100.0;
}

/// The strategy of that name, or the first that is not the reference, or the only one.
models::StrategyId chosen_strategy(const models::Scenario& scenario, const std::string& name) {
  if (name.empty()) return models::StrategyId(scenario.strategies.size() > 1 ? 1 : 0);
  std::vector<std::string_view> known;
  for (const models::StrategyId id : scenario.strategies.keys()) {
    if (scenario.strategies[id].name == name) return id;
    known.push_back(scenario.strategies[id].name);
  }
  throw UsageError(
      fmt::format("--strategy: unknown strategy {} ({})", name, config::suggestion(name, known)));
}

/// What a strategy cost on the path: component by plan year, nominal.
std::string ledger_table(const models::Study& study, const std::string& name, const models::Ledger& ledger) {
  const results::Scale scale = results::scale_for(std::abs(ledger.total().nominal));
  const int decimals = results::decimals_for_unknown_error(ledger.total().nominal / scale.unit) + 2;
  const auto cell = [&](double value) { return results::number(value / scale.unit, decimals); };
  std::vector<std::string> header{fmt::format("{} [{}, nominal]", results::printable(name),
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

/// Finds the path at a percentile of the strategy's total cost.
models::Located find(const models::Simulation& simulation, models::StrategyId strategy, std::uint64_t paths,
                     double level, const std::string& threads) {
  run::Cancellation cancellation;
  const InterruptGuard guard(cancellation);
  Progress progress(ProgressMode::automatic);
  models::AssessOptions how;
  how.threads = threads_from(threads);
  how.cancellation = &cancellation;
  how.progress = [&](std::uint64_t done, std::uint64_t of) { progress.update(done, of); };
  return models::locate(models::total_costs(simulation, strategy, paths, how), level);
}

struct ChosenPath {
  std::uint64_t path = 0;
  std::string which;                      ///< in words
  std::vector<std::uint64_t> neighbours;  ///< none where the user named the path
};

ChosenPath choose(const ExplainOptions& options, std::uint64_t paths, const models::Simulation& simulation,
                  models::StrategyId strategy) {
  if (options.path) return {path_number(*options.path), "", {}};
  if (options.events && !options.at) return {};
  const double at = level(options.at.value_or("p99"));
  models::Located located = find(simulation, strategy, paths, at, options.threads);
  return {located.path,
          fmt::format(": of {}, {} cost less or the same", results::counted(paths, "path", "paths"),
                      results::percent_label(at)),
          std::move(located.neighbours)};
}

std::string tell(const ExplainOptions& options, const models::Study& study,
                 const models::Simulation& simulation, models::StrategyId strategy,
                 const ChosenPath& chosen) {
  const models::Scenario& scenario = simulation.scenario();
  const std::string& name = scenario.strategies[strategy].name;
  const models::StoryTeller teller(simulation, strategy);
  models::World world;
  models::Outcome outcome;
  models::Journal journal;
  simulation.sample(chosen.path, world);
  simulation.evaluate(world, strategy, outcome, &journal);
  models::Story story = teller.tell(world, outcome, journal);
  if (!options.all) story = models::condense(story, events_told);
  const results::Scale scale = results::story_scale(story);
  std::string text = fmt::format("{} on path {} of seed {}{}\n\n", results::printable(name), chosen.path,
                                 study.simulation.seed, chosen.which) +
                     results::story_text(scenario, story, scale, colour_stdout());
  if (!chosen.neighbours.empty())
    text += "\n" + results::neighbourhood_text(
                       scenario, models::neighbourhood(simulation, strategy, chosen.neighbours), scale);
  if (options.ledger) text += "\n" + ledger_table(study, name, outcome.ledger);
  return text;
}

ExitCode execute(const ExplainOptions& options) {
  if (options.path && options.at) throw UsageError("--at and --path both name a path (give one of them)");
  const config::LoadedConfig loaded = load_study(options.config);
  const models::Scenario scenario(loaded.study.scenario);
  const models::SamplingChoice drawn =
      models::choose_sampling(scenario, loaded.study, threads_from(options.threads));
  const models::Simulation simulation(scenario, loaded.study.simulation.seed, drawn.design());
  const models::StrategyId strategy = chosen_strategy(scenario, options.strategy);
  const ChosenPath chosen = choose(options, drawn.nominal(drawn.most_paths), simulation, strategy);
  if (options.events)
    write_stdout(results::events_json(loaded.study, models::replay(loaded.study, chosen.path)).dump() + "\n");
  else
    write_stdout(tell(options, loaded.study, simulation, strategy, chosen));
  return ExitCode::done;
}

}  // namespace

void add_explain(CLI::App& app, Chosen& chosen) {
  CLI::App* verb = app.add_subcommand("explain", "Tell one path: what happened when, and what it cost");
  auto options = std::make_shared<ExplainOptions>();
  add_config_options(*verb, options->config);
  verb->get_option("config")->description("Config file or results of a run; - reads standard input");
  verb->add_option("--strategy", options->strategy,
                   "Whose path; absent: the first strategy that is not the reference")
      ->type_name("NAME");
  verb->add_option("--at", options->at,
                   "The path at this percentile of the total cost: p99, 99.5%, median (absent: p99)")
      ->type_name("P");
  verb->add_option("--path", options->path, "Number of the path, from 0")->type_name("N");
  verb->add_flag("--all", options->all, "Every event, however small");
  verb->add_flag("--ledger", options->ledger, "Also what it cost by component and plan year");
  verb->add_flag("--events", options->events, "Every draw and every ledger of the path, as JSON");
  verb->add_option("--threads", options->threads, "Threads; changes no number (0: all of the machine)")
      ->type_name("N");
  verb->callback([options, &chosen] { chosen = [options] { return execute(*options); }; });
}

}  // namespace hedgerow::cli
