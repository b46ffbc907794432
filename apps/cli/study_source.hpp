#pragma once
// A study to look into: from a config, or from the results of a run of it.

#include "apps/cli/config_options.hpp"

namespace hedgerow::cli {

/// Loads the config that `options` name, or where the file holds results of a run (`hedgerow-results/1`) the
/// config, overrides, seed, paths and strategies that they came from; then the user's changes. Throws as
/// load() does, and results::BadResults.
config::LoadedConfig load_study(const ConfigOptions& options);

}  // namespace hedgerow::cli
