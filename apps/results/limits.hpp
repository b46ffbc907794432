#pragma once
// Whether the buyer's limits are kept, for the terminal.

#include <string>
#include <string_view>

#include "models/assess/assessment.hpp"

namespace hedgerow::results {

/// One line by limit: its name, the verdict, what was measured and what is allowed; of an undecided one what
/// would decide it. Empty without limits.
std::string limits_block(const models::Assessment& assessment, std::string_view currency, bool colour);

}  // namespace hedgerow::results
