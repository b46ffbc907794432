// Any bytes as a config, read as `hedgerow check` reads it: refused at a place of the text, or a study that
// can be played.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "apps/config/diagnostic.hpp"
#include "apps/config/load.hpp"
#include "apps/results/scope.hpp"
#include "engine/base/check.hpp"
#include "models/assess/assess.hpp"
#include "models/assess/paths/played_study.hpp"
#include "models/outage/duration.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace hedgerow;
using fuzz::require;

/// A place in the text, or the text as a whole, and a message for people.
void check_diagnostics(const config::Source& source, const std::vector<config::Diagnostic>& all) {
  const auto lines = static_cast<std::size_t>(std::count(source.text.begin(), source.text.end(), '\n')) + 1;
  for (const config::Diagnostic& diagnostic : all) {
    require(diagnostic.line <= lines, "a diagnostic is at a line of the text");
    require((diagnostic.line == 0) == (diagnostic.column == 0), "a line has a column");
    require(!diagnostic.message.empty(), "a diagnostic says something");
    for (const char c : config::render(diagnostic))
      require(c == '\n' || static_cast<unsigned char>(c) >= 0x20, "nothing steers the terminal");
  }
}

/// What `check` says of a study, and a path of it.
void check_study(const config::LoadedConfig& loaded) {
  const models::Scenario scenario(loaded.study.scenario);
  for (const models::OutageEntity& entity : scenario.entities) {
    const models::Duration duration(entity.duration);
    require(duration.mean() >= 0.0 && duration.quantile(0.99) >= 0.0, "outages have a duration");
  }
  results::not_modelled(loaded.study.scenario);
  require(models::memory_needed(loaded.study) > 0.0, "a run needs memory");
}

void check_same_again(const config::LoadedConfig& loaded) {
  const config::LoadedConfig again = config::load_config(config::Source{"fuzz.yaml", loaded.source});
  require(again.canonical_text == loaded.canonical_text, "a text means the same twice");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const config::Source source{"fuzz.yaml", std::string(reinterpret_cast<const char*>(data), size)};
  try {
    const config::LoadedConfig loaded = config::load_config(source);
    check_diagnostics(source, loaded.warnings);
    check_study(loaded);
    check_same_again(loaded);
  } catch (const config::ConfigError& error) {
    require(!error.diagnostics().empty(), "a config is refused for a reason");
    check_diagnostics(source, error.diagnostics());
  }
  return 0;
}
