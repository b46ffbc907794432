#pragma once
// --shard, as it is written or as a scheduler says it.

#include <string>

#include "models/assess/paths/shard.hpp"

namespace hedgerow::cli {

/// "3/16", the third of sixteen; or "auto/16", whose index is that of the task in a job array: of Slurm,
/// which has to count from 1, Kubernetes, AWS Batch or Cloud Run, which count from 0. Throws UsageError, also
/// where no scheduler or several say an index, or one that is not below the count.
models::Shard shard_from(const std::string& text);

}  // namespace hedgerow::cli
