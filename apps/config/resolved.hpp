#pragma once
// Every value in force, whether a user wrote it or not.

#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/defaults.hpp"

namespace hedgerow::config {

/// Where a value comes from: the config, where it may have been fitted to an incident log, or a default of
/// one of the three kinds (defaults.hpp). Settings that say nothing about the world (paths, seed, levels)
/// default to `neutral`.
enum class Origin { configured, fitted, own_assumption, anchored, assumed, neutral };

std::string_view name_of(Origin origin);
/// Whether that is of the config, or of the model.
bool is_of_config(Origin origin);
/// Of what the config says: `fitted` where its source is `hedgerow fit`, or where it says what a log leaves
/// open; `own_assumption` where its source is `assumed` or begins with `assumed:`.
Origin origin_of_configured(std::string_view path, std::string_view source);
Origin origin_of(models::DefaultKind kind);

struct ResolvedValue {
  std::string path;   ///< keys from the top, joined by dots
  std::string value;  ///< with its unit, as it may be written in a config; `none`: not modelled
  Origin origin;
  std::string source;  ///< the user's `source:`, or what stands behind the default
};

/// One line `path = value` each, in order of paths: equal for configs that mean the same.
std::string canonical_text(std::vector<ResolvedValue> values);

}  // namespace hedgerow::config
