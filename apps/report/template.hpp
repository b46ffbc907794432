#pragma once
// The report page without results, as it was bundled when the program was built.

#include <string>

namespace hedgerow::report {

/// One self-contained HTML document with the placeholder of page.hpp in it.
const std::string& page_template();

}  // namespace hedgerow::report
