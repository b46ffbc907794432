#pragma once
// Bytes from somewhere, a piece at a time.

#include <cstddef>
#include <functional>
#include <string>

namespace hedgerow::intake {

/// Fills up to `size` bytes at `buffer` and says how many; 0 only at the end. Throws where reading fails.
using ByteSource = std::function<std::size_t(char* buffer, std::size_t size)>;

/// The bytes of a file; `-` is standard input. Throws config::UnreadableFile where the system refuses, now or
/// later, and where `path` is a directory.
ByteSource open_bytes(const std::string& path);

/// The bytes of a text, at most `piece` of them at a time.
ByteSource bytes_of(std::string text, std::size_t piece = 65536);

}  // namespace hedgerow::intake
