#include "apps/cli/config_options.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "apps/cli/usage.hpp"
#include "apps/config/spelling.hpp"
#include "apps/results/format.hpp"

namespace hedgerow::cli {
namespace {

using Strategies = std::vector<std::pair<std::string, models::StrategyInput>>;

void keep_only(const std::vector<std::string>& wanted, Strategies& strategies) {
  std::vector<std::string_view> known;
  for (const auto& [name, unused] : strategies) known.push_back(name);
  for (const std::string& name : wanted)
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw UsageError(
          fmt::format("--strategies: unknown strategy {} ({})", name, config::suggestion(name, known)));
  std::erase_if(strategies, [&](const auto& strategy) {
    return std::find(wanted.begin(), wanted.end(), strategy.first) == wanted.end();
  });
}

/// Takes out the limits that can no longer be looked at, and says so.
void drop_limits(const Strategies& before, bool quiet, models::Study& study) {
  const auto& left = study.scenario.strategies;
  const bool same_reference = left.front().first == before.front().first;
  std::erase_if(study.limits, [&](const models::Limit& limit) {
    const bool is_played = std::any_of(
        left.begin(), left.end(), [&](const auto& strategy) { return strategy.first == limit.strategy; });
    const bool compares = std::holds_alternative<models::ProbabilityCheaper>(limit.number);
    if (is_played && (same_reference || !compares)) return false;
    if (quiet) return true;
    fmt::print(stderr, "hedgerow: --strategies leaves out {}, so limit {} is not looked at\n",
               results::printable(is_played ? before.front().first : limit.strategy),
               results::printable(limit.name));
    return true;
  });
}

std::vector<config::Override> overrides(const ConfigOptions& options, std::vector<config::Override> all) {
  for (const std::string& setting : options.settings) all.push_back(config::parse_override(setting));
  if (!options.paths.empty()) all.push_back({"simulation.paths", options.paths, "--paths"});
  if (!options.seed.empty()) all.push_back({"simulation.seed", options.seed, "--seed"});
  if (!options.precision.empty()) all.push_back({"simulation.precision", options.precision, "--precision"});
  if (!options.sampling.empty()) all.push_back({"simulation.sampling", options.sampling, "--sampling"});
  return all;
}

}  // namespace

void add_config_options(CLI::App& verb, ConfigOptions& options) {
  verb.add_option("config", options.file, "Config file, YAML or JSON; - reads standard input")
      ->required()
      ->type_name("CONFIG");
  verb.add_option("--set", options.settings, "Change one value of the config; may be repeated")
      ->type_name("KEY=VALUE")
      ->expected(1)
      ->take_all();
  verb.add_option("--strategies", options.strategies, "Only these strategies, separated by commas")
      ->delimiter(',')
      ->type_name("NAME,...");
  verb.add_option("--paths", options.paths, "Number of paths, for example 1M")->type_name("N");
  verb.add_option("--seed", options.seed, "Seed of all random numbers")->type_name("S");
  verb.add_option("--sampling", options.sampling, "How paths are drawn: plain, auto, importance or sobol")
      ->type_name("WAY");
}

config::LoadedConfig load(const ConfigOptions& options) {
  return load(options, config::read_source(options.file));
}

config::LoadedConfig load(const ConfigOptions& options, const config::Source& source,
                          std::vector<config::Override> before) {
  config::LoadedConfig loaded = config::load_config(source, overrides(options, std::move(before)));
  if (!options.quiet) fmt::print(stderr, "{}", config::render(loaded.warnings));
  if (options.strategies.empty()) return loaded;
  const Strategies all = loaded.study.scenario.strategies;
  keep_only(options.strategies, loaded.study.scenario.strategies);
  drop_limits(all, options.quiet, loaded.study);
  return loaded;
}

}  // namespace hedgerow::cli
