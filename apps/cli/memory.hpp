#pragma once
// Whether a run fits in memory, or on the disk that it may spill its paths to, known before it starts.

#include <cstdint>
#include <optional>
#include <string>

#include "models/assess/paths/shard.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::cli {

/// Memory that this process may still take [byte]: what the machine has available, or less where a
/// control group limits it. Infinite where the system does not say.
double available_memory();

/// What is free in the folder that is spilled to [byte]; infinite where it is empty. Throws
/// results::WriteError where it is no folder to write to.
double available_disk(const std::string& spill);

/// The most paths, a power of two from 2^13 to 2^24, that leave a fifth of the available memory alone.
std::uint64_t paths_that_fit(const models::Study& study);

struct Need {
  double memory, disk;  ///< [byte]
};

/// What the study, or one shard of it, needs. `spill` is a folder for what is by path; empty: there is none.
Need need_of(const models::Study& study, const std::optional<models::Shard>& shard, const std::string& spill);

/// Throws InvalidInput saying how many paths would fit, if the study needs more than is available. `spill` is
/// a folder for what is by path; empty: there is none. Throws results::WriteError where it is no folder to
/// write to.
void require_memory(const models::Study& study, const std::string& spill = {});
/// The same of one shard of it.
void require_memory(const models::Study& study, const models::Shard& shard, const std::string& spill = {});

}  // namespace hedgerow::cli
