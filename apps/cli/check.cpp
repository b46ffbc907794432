// hedgerow check: is the config sound, what does it assume, what would a run take?

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "apps/cli/config_options.hpp"
#include "apps/cli/memory.hpp"
#include "apps/cli/output.hpp"
#include "apps/cli/shard_option.hpp"
#include "apps/cli/threads.hpp"
#include "apps/cli/usage.hpp"
#include "apps/cli/verbs.hpp"
#include "apps/results/format.hpp"
#include "apps/results/scope.hpp"
#include "engine/run/blocks.hpp"
#include "models/assess/assess.hpp"
#include "models/outage/duration.hpp"

namespace hedgerow::cli {
namespace {

using results::counted;
using results::pad_right;
using results::printable;

/// A value that is longer, such as a list, pushes what stands beside it to the right.
constexpr std::size_t widest_value = 36;

struct CheckOptions {
  ConfigOptions config;
  std::optional<models::Shard> shard;
  std::string spill;
  unsigned threads = 0;
  bool resolved = false;
  bool json = false;
};

/// What a run, or a shard of it, would take.
struct Forecast {
  double seconds;  ///< of playing
  unsigned threads;
  Need need;
};

Forecast forecast_of(const models::Study& study, const CheckOptions& options) {
  models::Study played = study;
  if (options.shard) {
    const run::Block paths = models::paths_of(*options.shard, study.simulation.paths);
    played.simulation.paths = paths.last - paths.first;
    played.outputs.parameter_uncertainty = false;  // whose paths the merge plays
  }
  return {models::seconds_needed(played, options.threads), run::effective_threads(options.threads),
          need_of(study, options.shard, options.spill)};
}

/// "0.15 GB of memory", and what it takes of the disk where there is a folder to spill to.
std::string room(const Need& need, const std::string& spill) {
  const std::string memory = fmt::format("{:.3g} GB of memory", need.memory / 1e9);
  return spill.empty()
             ? memory
             : fmt::format("{} and {:.3g} GB on the disk of {}", memory, need.disk / 1e9, printable(spill));
}

/// "A run of 100 000 paths takes about 5.61 s on 2 threads, 0.15 GB of memory".
std::string line_of(const Forecast& forecast, const models::Study& study, const CheckOptions& options) {
  const auto& shard = options.shard;
  const std::string paths = results::grouped(study.simulation.paths);
  const std::string what =
      shard ? fmt::format("Shard {}/{} of {}", shard->index, shard->count, paths)
            : fmt::format("A run of {}{}", study.simulation.precision ? "at most " : "", paths);
  const std::string merge =
      shard ? fmt::format("; the merge needs {}",
                          room(need_of(study, std::nullopt, options.spill), options.spill))
            : "";
  return fmt::format("{} paths takes about {:.3g} s on {}, {}{}\n", what, forecast.seconds,
                     counted(forecast.threads, "thread", "threads"), room(forecast.need, options.spill),
                     merge);
}

/// What an entity's duration law implies.
struct ImpliedDuration {
  std::string entity;
  double mean, p99;  ///< [h]
};

std::vector<ImpliedDuration> implied_durations(const models::Scenario& scenario) {
  std::vector<ImpliedDuration> all;
  for (const models::OutageEntity& entity : scenario.entities) {
    const models::Duration duration(entity.duration);
    all.push_back({entity.name, duration.mean(), duration.quantile(0.99)});
  }
  return all;
}

/// How many of the values in force are the user's, sourced, assumed or neither, fitted to a log, or the
/// model's.
std::string whose_numbers(const std::vector<config::ResolvedValue>& values) {
  using config::Origin;
  const auto number = [&](Origin origin) {
    return std::count_if(values.begin(), values.end(),
                         [&](const config::ResolvedValue& value) { return value.origin == origin; });
  };
  const auto unsourced = std::count_if(values.begin(), values.end(), [](const config::ResolvedValue& value) {
    return value.origin == Origin::configured && value.source.empty();
  });
  std::string text =
      fmt::format("\nWhose the {} values in force are (--resolved lists them)\n", values.size());
  const auto line = [&](std::string_view whose, long count, std::string_view says) {
    if (count > 0) text += fmt::format("  {} {:>4}   {}\n", pad_right(std::string(whose), 9), count, says);
  };
  line("yours", number(Origin::configured) - unsourced, "of the config, with a source");
  line("yours", number(Origin::own_assumption), "of the config, an assumption that says so");
  line("yours", unsourced, "of the config, without a source");
  line("fitted", number(Origin::fitted), "of the config, by hedgerow fit of an incident log");
  line("anchored", number(Origin::anchored), "of the model, with a published anchor");
  line("assumed", number(Origin::assumed), "of the model, with a reason");
  line("neutral", number(Origin::neutral), "of the model, that switch something off or change nothing");
  return text;
}

std::string table(const config::LoadedConfig& loaded, const std::vector<ImpliedDuration>& durations,
                  const Forecast& forecast, const CheckOptions& options) {
  const models::ScenarioInput& scenario = loaded.study.scenario;
  std::string text = fmt::format("{} is valid: {}, {}, {}\n", printable(loaded.file_name),
                                 counted(scenario.providers.size(), "provider", "providers"),
                                 counted(scenario.workloads.size(), "workload", "workloads"),
                                 counted(scenario.strategies.size(), "strategy", "strategies"));
  const auto absent = results::not_modelled(scenario);
  if (!absent.empty()) text += fmt::format("Not modelled: {}\n", fmt::join(absent, "; "));
  text += line_of(forecast, loaded.study, options);
  std::size_t width = 16;
  for (const ImpliedDuration& duration : durations) width = std::max(width, duration.entity.size());
  if (!durations.empty())
    text +=
        fmt::format("\n{}   {:>10}   {:>10}\n", pad_right("Outage durations", width), "mean", "99 % below");
  for (const ImpliedDuration& duration : durations)
    text += fmt::format("{}   {:>8.4g} h   {:>8.4g} h\n", pad_right(printable(duration.entity), width),
                        duration.mean, duration.p99);
  text += whose_numbers(loaded.resolved);
  if (!options.resolved) return text;

  std::size_t paths = 0, values = 0;
  for (const auto& value : loaded.resolved) {
    paths = std::max(paths, results::width_of(value.path));
    values = std::max(values, std::min(results::width_of(value.value), widest_value));
  }
  text += "\nEvery value in force\n";
  for (const auto& value : loaded.resolved)
    text += fmt::format("{}   {}   {}   {}\n", pad_right(printable(value.path), paths),
                        pad_right(printable(value.value), values),
                        pad_right(config::name_of(value.origin), 10), printable(value.source));
  return text;
}

std::string json(const config::LoadedConfig& loaded, const std::vector<ImpliedDuration>& durations,
                 const Forecast& forecast) {
  using Json = nlohmann::ordered_json;
  Json values = Json::array(), implied = Json::array();
  for (const auto& value : loaded.resolved)
    values.push_back({{"path", value.path},
                      {"value", value.value},
                      {"origin", config::name_of(value.origin)},
                      {"source", value.source}});
  for (const ImpliedDuration& duration : durations)
    implied.push_back(
        {{"entity", duration.entity}, {"mean_hours", duration.mean}, {"p99_hours", duration.p99}});
  const Json all{{"valid", true},
                 {"config", loaded.file_name},
                 {"sha256", loaded.sha256},
                 {"not_modelled", results::not_modelled(loaded.study.scenario)},
                 {"estimated_seconds", forecast.seconds},
                 {"threads", forecast.threads},
                 {"memory_bytes", forecast.need.memory},
                 {"disk_bytes", forecast.need.disk},
                 {"outage_durations", implied},
                 {"values", values}};
  return all.dump(2) + "\n";
}

ExitCode execute(const CheckOptions& options) {
  const config::LoadedConfig loaded = load(options.config);
  if (options.shard)
    require_memory(loaded.study, *options.shard, options.spill);
  else
    require_memory(loaded.study, options.spill);
  const std::vector<ImpliedDuration> durations = implied_durations(models::Scenario(loaded.study.scenario));
  const Forecast forecast = forecast_of(loaded.study, options);
  write_stdout(options.json ? json(loaded, durations, forecast)
                            : table(loaded, durations, forecast, options));
  return ExitCode::done;
}

}  // namespace

void add_check(CLI::App& app, Chosen& chosen) {
  CLI::App* verb = app.add_subcommand("check", "Check a config and show what it assumes");
  auto options = std::make_shared<CheckOptions>();
  add_config_options(*verb, options->config);
  verb->add_flag("--resolved", options->resolved, "Show every value in force with its kind and source");
  auto shard = std::make_shared<std::string>(), threads = std::make_shared<std::string>("0");
  verb->add_option("--shard", *shard, "What one of so many pieces of the run takes, as in 3/16")
      ->type_name("I/N");
  verb->add_option("--spill", options->spill, "What a run takes that keeps what is by path in this folder")
      ->type_name("FOLDER");
  verb->add_option("--threads", *threads, "Time on so many threads (0: all of the machine)")->type_name("N");
  auto format = std::make_shared<std::string>("table");
  verb->add_option("--format", *format, "What goes to standard output: table or json")->type_name("FORMAT");
  verb->callback([verb, options, shard, threads, format, &chosen] {
    if (verb->get_option("--shard")->count() > 0) options->shard = shard_from(*shard);
    options->threads = threads_from(*threads);
    options->json = choice<bool>("--format", *format, {{"table", false}, {"json", true}});
    chosen = [options] { return execute(*options); };
  });
}

}  // namespace hedgerow::cli
