#pragma once
// How the program ends; a contract with pipelines (docs/user-guide.md).

namespace hedgerow::cli {

enum class ExitCode : int {
  done = 0,
  usage_or_config = 2,  ///< a mistake in the command or the config
  read_or_write = 4,    ///< the operating system would not read or write a file
  defect = 70,          ///< a mistake of ours
  interrupted = 130     ///< stopped by SIGINT; what was finished has been written
};

}  // namespace hedgerow::cli
