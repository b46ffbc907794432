#pragma once
// Whether this process is one of several that a launcher of MPI started.

#include <memory>

#include "engine/ranks/communicator.hpp"

namespace hedgerow::cli {

/// The ranks that this process is one of; null where it is alone. Throws UsageError where there are several
/// and this program cannot speak with them: each would play the whole run and write the same files.
std::unique_ptr<ranks::Communicator> join_ranks();

}  // namespace hedgerow::cli
