#pragma once
// Whether a run fits in memory, known before it starts.

#include <cstdint>

#include "models/assess/shard.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::cli {

/// Memory that this process may still take [byte]: what the machine has available, or less where a
/// control group limits it. Infinite where the system does not say.
double available_memory();

/// The most paths, a power of two from 2^13 to 2^24, that leave a fifth of the available memory alone.
std::uint64_t paths_that_fit(const models::Study& study);

/// Throws InvalidInput saying how many paths would fit, if the study needs more than is available.
void require_memory(const models::Study& study);
/// The same of one shard of it.
void require_memory(const models::Study& study, const models::Shard& shard);

}  // namespace hedgerow::cli
