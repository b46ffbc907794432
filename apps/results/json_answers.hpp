#pragma once
// The answers of a result as JSON: what a strategy does against another, and where the tail comes from.

#include <nlohmann/json.hpp>

#include "models/assess/assessment.hpp"

namespace hedgerow::results {

/// Component x provider: mean, plan, and what it adds to each expected shortfall.
nlohmann::ordered_json contributions_json(const models::Attribution& of);
/// The same by provider, by cause and by what failed.
nlohmann::ordered_json attribution_json(const models::Attribution& of);
nlohmann::ordered_json concentration_json(const models::Attribution& of);
nlohmann::ordered_json comparisons_json(const models::Assessment& of);

}  // namespace hedgerow::results
