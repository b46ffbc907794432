#pragma once
// A fit as JSON (`hedgerow-fit/1`): every number, and what a plot of data against fit needs.

#include <nlohmann/json.hpp>

#include "apps/fit/answer.hpp"

namespace hedgerow::fitting {

/// `fragment`: the same as YAML, carried along. What is infinite or not known is null.
nlohmann::ordered_json as_json(const Answer& answer, const std::string& fragment);

}  // namespace hedgerow::fitting
