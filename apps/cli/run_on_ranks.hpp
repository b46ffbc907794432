#pragma once
// hedgerow run under mpirun: each rank plays a shard, and rank 0 answers (docs/adr/0018).

#include "apps/cli/exit_code.hpp"
#include "apps/cli/run_options.hpp"
#include "apps/cli/usage.hpp"
#include "engine/ranks/communicator.hpp"

namespace hedgerow::cli {

/// Collective. What went wrong on one rank is told once and ends all of them: by Failed, thrown on each,
/// where they find it together; what one rank meets alone ends the job.
ExitCode run_on_ranks(ranks::Communicator& communicator, RunOptions options);

/// Of a rank that does not get so far as to call that: tells the others what was wrong with its command line,
/// and ends as they do. Throws Failed.
[[noreturn]] void fail_on_ranks(ranks::Communicator& communicator, const UsageError& mistake);

}  // namespace hedgerow::cli
