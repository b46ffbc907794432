#pragma once
// `--set KEY=VALUE`: changes one value of a config before it is read.

#include <string>
#include <string_view>
#include <vector>

#include "apps/config/document.hpp"
#include "apps/config/reporter.hpp"

namespace hedgerow::config {

/// `key` is a dotted path such as providers.azure.equity_stake; where names contain dots, the longest
/// key that the config has is taken (azure.east), and a part in double quotes is taken as it is.
/// `value` is written as in a config.
struct Override {
  std::string key;
  std::string value;
  std::string label;  ///< how diagnostics call it; empty: "--set KEY"
};

/// Splits KEY=VALUE at the first `=`. Throws InvalidInput where there is none.
Override parse_override(std::string_view text);

/// Changes `root` in place; errors are reported. A single value for a block that has a `value:`, such
/// as a list price, changes that value and leaves its other keys alone.
void apply_overrides(const std::vector<Override>& overrides, Node& root, Reporter& reporter);

}  // namespace hedgerow::config
