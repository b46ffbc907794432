#pragma once
// A study to look into: from a config, or from the results of a run of it.

#include <stdexcept>

#include "apps/cli/config_options.hpp"

namespace hedgerow::cli {

/// A results file that no study can be taken from; the message has the place.
class BadResults : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Loads the config that `options` name, or where the file holds results of a run (`hedgerow-results/1`) the
/// config, overrides, seed, paths and strategies that they came from; then the user's changes. Throws as
/// load() does, and BadResults.
config::LoadedConfig load_study(const ConfigOptions& options);

}  // namespace hedgerow::cli
