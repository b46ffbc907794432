#pragma once
// SHA-256 of bytes.

#include <string>
#include <string_view>

namespace hedgerow::config {

/// 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace hedgerow::config
