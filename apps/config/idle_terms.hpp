#pragma once
// Terms that say nothing, because what they are about is missing.

#include <vector>

#include "models/assess/study.hpp"
#include "models/scenario/problem.hpp"

namespace hedgerow::config {

/// Terms that can have no effect: not wrong, but most likely not what was meant.
std::vector<models::Problem> idle_terms(const models::Study& study);

}  // namespace hedgerow::config
