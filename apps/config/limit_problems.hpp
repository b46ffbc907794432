#pragma once
// Limits in view of the rest of the config.

#include <vector>

#include "models/assess/study.hpp"
#include "models/scenario/problem.hpp"

namespace hedgerow::config {

/// Limits on strategies or providers that do not exist, and limits that cannot but be kept or breached. The
/// path of a limit is {"limits", NAME}.
std::vector<models::Problem> limit_problems(const models::Study& study);

/// Adds the levels and the components that limits need to what is reported.
void report_limited_numbers(models::Study& study);

}  // namespace hedgerow::config
