#pragma once
// What posteriors leave open of the answers: in words, and as JSON.

#include <string>

#include <nlohmann/json.hpp>

#include "models/assess/answers.hpp"

namespace hedgerow::results {

/// One line; empty where it was not asked for.
std::string parameter_uncertainty_text(const models::Answers& answers);

/// The key `parameter_uncertainty` of a strategy in a results document (docs/results.md).
nlohmann::ordered_json parameter_uncertainty_json(const models::ParameterUncertainty& of);

}  // namespace hedgerow::results
