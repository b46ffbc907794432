#pragma once
// The story of a path in words and money, for people, and as JSON for programs.

#include <nlohmann/json.hpp>
#include <string>

#include "apps/results/format.hpp"
#include "models/assess/story/neighbourhood.hpp"
#include "models/assess/story/story.hpp"

namespace hedgerow::results {

/// One event in a few plain words, without its date and its money. `story` is what it is part of.
std::string event_words(const models::Scenario& scenario, const models::Story& story,
                        const models::StoryEvent& event);

/// The unit in which the story's total has one to three digits before the point, or a finer one in which no
/// event of 1 or more, in the currency, is rounded to nothing.
Scale story_scale(const models::Story& story);

/// One line an event: month, words, present value against the plan; from the plan's line to the total's. The
/// printed amounts add up to the printed total: roundings are made to.
std::string story_text(const models::Scenario& scenario, const models::Story& story, Scale scale,
                       bool colour);

/// What the paths around have in common, one line each and at most `most` of them; empty where there are
/// none.
std::string neighbourhood_text(const models::Scenario& scenario, const models::Neighbourhood& around,
                               Scale scale, std::size_t most = 100);

/// Every number raw; times in years from the start of the horizon.
nlohmann::ordered_json story_json(const models::Scenario& scenario, const models::Story& story);
nlohmann::ordered_json neighbourhood_json(const models::Scenario& scenario,
                                          const models::Neighbourhood& around);

}  // namespace hedgerow::results
