#pragma once
// Terms that say nothing, because what they are about is missing.

#include <vector>

#include "models/scenario/input.hpp"
#include "models/scenario/problem.hpp"

namespace hedgerow::config {

/// Terms of contracts that can have no effect: not wrong, but most likely not what was meant.
std::vector<models::Problem> idle_terms(const models::ScenarioInput& scenario);

}  // namespace hedgerow::config
