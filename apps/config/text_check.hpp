#pragma once
// Looks at the bytes of a config before they are parsed.

#include <cstddef>

#include "apps/config/reporter.hpp"
#include "apps/config/source.hpp"

namespace hedgerow::config {

/// False, with an error reported, where the text is empty, binary, no UTF-8 or has control characters.
bool check_text(const Source& source, std::size_t origin, Reporter& reporter);

}  // namespace hedgerow::config
