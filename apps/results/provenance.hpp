#pragma once
// Where a result comes from: enough to make it again.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace hedgerow::results {

/// Fixed when the program was built.
struct Build {
  std::string version;       ///< of Hedgerow
  std::string git_revision;  ///< short hash, `-dirty` with local changes; "unknown" outside a repository
  std::string compiler;
  friend bool operator==(const Build&, const Build&) = default;
};
Build this_build();

/// "hedgerow 0.9.0 (1a2b3c4, GNU 12.2.0)".
std::string name_of(const Build& build);

/// A value in force, whether the user gave it or not.
struct InputValue {
  std::string path;    ///< keys from the top, joined by dots
  std::string value;   ///< with its unit, as it may be written in a config; `none`: not modelled
  std::string origin;  ///< `configured`, `fitted`, `own_assumption`, or the kind of the default: `anchored`,
                       ///< `assumed`, `neutral`
  std::string source;  ///< the user's `source:`, or what stands behind the default; may be empty
};

struct Provenance {
  Build build = this_build();
  std::string rng;  ///< generator and keying
  std::uint64_t seed = 0;
  std::string config_name;
  std::string config_sha256;  ///< of the bytes read, overrides included
  std::string config_source;  ///< the text as it was read
  std::vector<std::pair<std::string, std::string>> config_overrides;  ///< key and value, in order
  std::vector<InputValue> config_values;  ///< every value in force, in the order of the declarations
  double wall_seconds = 0.0;
  unsigned threads = 1;
  unsigned ranks = 1;
};

}  // namespace hedgerow::results
