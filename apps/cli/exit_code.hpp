#pragma once
// How the program ends; a contract with pipelines (docs/user-guide.md).

namespace hedgerow::cli {

enum class ExitCode : int {
  done = 0,
  limit_breached = 1,   ///< done, and a limit of the config is breached; diff: an output moved (--exit-code)
  usage_or_config = 2,  ///< a mistake in the command or the config
  bad_input = 3,        ///< data that we were handed is damaged: a results file, an incident log
  read_or_write = 4,    ///< the operating system would not read or write a file
  too_imprecise = 5,  ///< done, but the paths do not decide a limit or reach the precision that was asked for
  defect = 70,        ///< a mistake of ours
  interrupted = 130   ///< stopped by SIGINT or SIGTERM; what was finished has been written
};

}  // namespace hedgerow::cli
