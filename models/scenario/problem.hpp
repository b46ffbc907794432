#pragma once
// What is wrong with a scenario, in terms of the place in the document where a user wrote it.

#include <string>
#include <vector>

#include "models/scenario/input.hpp"

namespace hedgerow::models {

/// One contradiction. `path` names the place by keys from the top of the document, for example
/// {"strategies", "second-cloud", "training", "placement"}.
struct Problem {
  std::vector<std::string> path;
  std::string message;  ///< what is wrong and what is allowed
  std::string hint;     ///< what would mend it, may be empty
  /// Places that it contradicts. Where one of them could not be read, there may be no contradiction.
  std::vector<std::vector<std::string>> others = {};
};

/// Every contradiction between the parts of `input`: references to what does not exist, shares and
/// weights that do not sum to one, a correlation matrix that is not positive definite, and the like.
/// Ranges of single values are the front end's business. Empty: a Scenario can be built.
std::vector<Problem> problems(const ScenarioInput& input);

}  // namespace hedgerow::models
