#include "apps/cli/output.hpp"

#include <sys/ioctl.h>
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

std::size_t width_of_stdout() {
  constexpr std::size_t elsewhere = 120;
  winsize size{};
  const bool terminal = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return terminal ? size.ws_col : elsewhere;
}

bool colour_stdout() {
  const char* refused = std::getenv("NO_COLOR");
  return ::isatty(STDOUT_FILENO) == 1 && (refused == nullptr || *refused == '\0');
}

}  // namespace hedgerow::cli
