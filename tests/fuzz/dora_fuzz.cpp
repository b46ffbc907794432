// Any bytes as a register: as a ZIP file, and as tables that are parted by lines "=== NAME".

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>
#include <nlohmann/json.hpp>

#include "apps/config/diagnostic.hpp"
#include "apps/config/load.hpp"
#include "apps/import/dora_register.hpp"
#include "apps/import/dora_report.hpp"
#include "apps/import/dora_skeleton.hpp"
#include "apps/import/findings.hpp"
#include "apps/import/skeleton.hpp"
#include "apps/import/words.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace hedgerow;
using fuzz::require;

void check_skeleton(const std::string& skeleton) {
  try {
    config::load_config(config::Source{"skeleton", skeleton});
  } catch (const config::ConfigError& error) {
    for (const config::Diagnostic& d : error.diagnostics())
      require(d.severity == config::Severity::warning || d.excerpt.find(intake::gap) != std::string::npos);
  }
}

/// A folder in memory, where the system has one, that is emptied for each input.
const std::filesystem::path& folder() {
  static const std::filesystem::path path = [] {
    const std::filesystem::path shared = "/dev/shm";
    const auto base = std::filesystem::is_directory(shared) ? shared : std::filesystem::temp_directory_path();
    return base / ("hedgerow-fuzz-" + std::to_string(::getpid()));
  }();
  return path;
}

/// Writes the tables; false where the text has none.
bool write_tables(const std::string& text) {
  std::filesystem::remove_all(folder());
  std::filesystem::create_directories(folder());
  bool any = false;
  for (std::size_t at = text.find("=== "); at != std::string::npos;) {
    const std::size_t line_end = text.find('\n', at);
    if (line_end == std::string::npos) break;
    const std::size_t next = text.find("=== ", line_end);
    std::string name = text.substr(at + 4, std::min<std::size_t>(line_end - at - 4, 20));
    for (char& c : name)
      if (c == '/' || c == '\0') c = '_';
    std::ofstream(folder() / ("t" + name).substr(1), std::ios::binary)
        << text.substr(line_end + 1, next - line_end - 1);
    any = true;
    at = next;
  }
  return any;
}

void read(const intake::Package& package, bool strict) {
  const intake::Register found = intake::read_dora(package, strict);
  const std::map<std::string, double> rates{{"USD", 0.9}};
  const intake::DoraConcentration concentration = intake::concentration_of(found, rates);
  intake::as_table(found, concentration, false);
  intake::dumped(intake::as_json(found, concentration));
  check_skeleton(intake::dora_skeleton(found, concentration, rates));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const bool strict = (data[0] & 1) != 0;
  try {
    if (text.starts_with("PK"))
      read(intake::Package::of_bytes("fuzz.zip", text), strict);
    else if (write_tables(text))
      read(intake::Package::open(folder().string()), strict);
  } catch (const intake::BadData&) {
  }
  return 0;
}
