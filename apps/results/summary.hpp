#pragma once
// One screen for the terminal: strategies side by side, what they are made of, how sure we are.

#include <string>

#include "models/assess/assessment.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::results {

struct SummaryStyle {
  bool colour = false;
};

std::string summary(const models::Study& study, const models::Assessment& assessment, SummaryStyle style);

/// What the scenario leaves out because its block is absent, one sentence each.
std::vector<std::string> not_modelled(const models::ScenarioInput& scenario);

}  // namespace hedgerow::results
