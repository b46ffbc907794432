#pragma once
// The report page of a result, as a file.

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace hedgerow::cli {

/// Writes the page of a results document, whole or not at all, and says so on standard error; `-` is standard
/// output. Throws results::WriteError and ClosedPipe.
void write_page(const std::string& path, const nlohmann::ordered_json& document);

}  // namespace hedgerow::cli
