#pragma once
// What a part of a run says about itself (docs/adr/0017): which run, and which of its paths.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "apps/config/load.hpp"
#include "apps/results/provenance.hpp"
#include "models/assess/paths/shard.hpp"

namespace hedgerow::parts {

/// A file that is no part of a run, a damaged one, or one that does not belong to the others.
class BadPart : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Paths in a part, and how many bytes their numbers take.
struct StoredStretch {
  models::PathRange paths;
  std::uint64_t bytes;
};

struct PartDescription {
  results::Build build = results::this_build();  ///< of the program that played it
  std::string rng;
  config::Source config;                    ///< name and text
  std::vector<config::Override> overrides;  ///< in order
  std::vector<std::string> strategies;      ///< that were played, in order
  std::string study_sha256;                 ///< study_digest() of the run
  std::uint64_t seed = 0;                   ///< for people who look
  std::uint64_t paths = 0;                  ///< that the whole run may take
  std::uint32_t shards = 1;                 ///< that the whole run is cut into; 0: in several ways
  double seconds = 0.0;                     ///< that its paths took to play
  std::uint32_t processes = 1;              ///< that played it
  std::vector<StoredStretch> stretches;     ///< in the order of their numbers in the file
};

/// SHA-256 of all that fixes the numbers of a run but the program and how many paths it takes: every value in
/// force, given or not, and which strategies are played in which order. Comments, sources, the way values are
/// written and the names of files do not count.
std::string study_digest(const config::LoadedConfig& loaded);

/// What parts of this study say, before they have paths.
PartDescription describe(const config::LoadedConfig& loaded);

nlohmann::ordered_json to_json(const PartDescription& part);
/// Throws BadPart saying which key is missing or wrong; `name` is how messages call the file.
PartDescription from_json(const std::string& name, const nlohmann::ordered_json& json);

/// Throws BadPart unless both are of one run, and says in what they differ.
void require_one_run(const std::string& name, const PartDescription& part, const std::string& other_name,
                     const PartDescription& other);

/// Throws BadPart unless this program played the part: another one may give other bits.
void require_this_program(const std::string& name, const PartDescription& part);

}  // namespace hedgerow::parts
