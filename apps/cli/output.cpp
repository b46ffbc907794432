#include "apps/cli/output.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "apps/results/file.hpp"

namespace hedgerow::cli {

void write_stdout(const std::string& text) {
  try {
    results::write_file("-", text);
  } catch (const results::WriteError&) {
    if (errno == EPIPE) throw ClosedPipe();
    throw;
  }
}

bool colour_stdout() {
  const char* refused = std::getenv("NO_COLOR");
  return ::isatty(STDOUT_FILENO) == 1 && (refused == nullptr || *refused == '\0');
}

}  // namespace hedgerow::cli
