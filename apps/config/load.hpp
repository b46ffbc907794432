#pragma once
// From the bytes of a config to a study that can be run: the door of this folder.

#include <string>
#include <string_view>
#include <vector>

#include "apps/config/diagnostic.hpp"
#include "apps/config/override.hpp"
#include "apps/config/resolved.hpp"
#include "apps/config/source.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::config {

struct LoadedConfig {
  models::Study study;
  std::vector<ResolvedValue> resolved;  ///< every value in force, in the order of the declarations
  std::vector<Diagnostic> warnings;
  std::string file_name;
  std::string sha256;               ///< of the file's bytes, and of the overrides if there are any
  std::string source;               ///< the text as it was read
  std::vector<Override> overrides;  ///< that were applied to it
  std::string canonical_text;       ///< every value in force, one a line, sorted: equal for equal studies

  /// Whether the value at this path was given, in the file or by an override.
  bool is_configured(std::string_view path) const;
};

/// Reads, checks and completes a config. Throws ConfigError with all that is wrong with it: syntax,
/// unknown and missing keys, values out of their range, and contradictions between its parts.
LoadedConfig load_config(const Source& source, const std::vector<Override>& overrides = {});

/// The same from a file (`-`: standard input). Throws UnreadableFile as well.
LoadedConfig load_config(const std::string& path, const std::vector<Override>& overrides = {});

}  // namespace hedgerow::config
