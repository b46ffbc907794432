#pragma once
// Files that are whole or not there at all.

#include <stdexcept>
#include <string>

namespace hedgerow::results {

/// The operating system would not take what we wrote.
class WriteError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Writes `text` under a temporary name beside `path` and moves it there; an existing file is replaced.
/// `-` is standard output. Throws WriteError; `path` then holds what it held before.
void write_file(const std::string& path, const std::string& text);

/// Where `path` leads if it is a link, even if nothing is there yet; else `path`. It is what write_file
/// replaces, so that links survive.
std::string target_of(const std::string& path);

/// Throws WriteError unless a file could be made at `path`: to be asked before a long run.
void require_writable(const std::string& path);

}  // namespace hedgerow::results
