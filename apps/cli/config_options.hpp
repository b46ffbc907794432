#pragma once
// What every verb that reads a config lets the user change about it.

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "apps/config/load.hpp"

namespace hedgerow::cli {

struct ConfigOptions {
  std::string file;
  std::vector<std::string> settings;             ///< KEY=VALUE
  std::vector<std::string> strategies;           ///< empty: all
  std::string paths, seed, precision, sampling;  ///< as written; empty: as configured
  bool quiet = false;                            ///< warnings are told by another rank
};

/// Declares the options on `verb`.
void add_config_options(CLI::App& verb, ConfigOptions& options);

/// Loads the config with the user's changes. Warnings go to standard error unless quiet. Throws as
/// load_config does, and UsageError for a strategy that is not there.
config::LoadedConfig load(const ConfigOptions& options);
/// The same of a config that has been read already, with changes that come before the user's.
config::LoadedConfig load(const ConfigOptions& options, const config::Source& source,
                          std::vector<config::Override> before = {});

}  // namespace hedgerow::cli
