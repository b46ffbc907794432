#pragma once
// What-if answers and stories as JSON.

#include <nlohmann/json.hpp>

#include "models/assess/answers.hpp"

namespace hedgerow::results {

nlohmann::ordered_json waterfall_json(const models::Waterfall& of);
nlohmann::ordered_json break_even_json(const models::BreakEven& of);
nlohmann::ordered_json corridor_json(const models::Corridor& of);
nlohmann::ordered_json single_points_json(const models::SinglePoints& of);
nlohmann::ordered_json path_story_json(const models::Scenario& scenario, const models::PathStory& of);

}  // namespace hedgerow::results
