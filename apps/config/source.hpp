#pragma once
// The bytes of a config, its name, and its lines.

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hedgerow::config {

/// Largest config that is read [byte].
inline constexpr std::size_t largest_source = 4 * 1024 * 1024;
/// Largest results file that a study is taken from [byte].
inline constexpr std::size_t largest_results = 256 * 1024 * 1024;

/// The operating system would not hand over a file.
class UnreadableFile : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Source {
  std::string name;  ///< as shown in diagnostics
  std::string text;

  /// The line with this number (from 1), without its line break; empty past the end.
  std::string_view line(std::size_t number) const;
};

/// Reads a file; `-` is standard input. Little more than `largest` bytes are ever read.
/// Throws UnreadableFile where the system refuses (missing, no permission) and ConfigError where it is a
/// directory or too large.
Source read_source(const std::string& path, std::size_t largest = largest_source);

/// Throws ConfigError where the source is larger than a config may be.
void require_size_of_config(const Source& source);

}  // namespace hedgerow::config
