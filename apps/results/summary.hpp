#pragma once
// One screen for the terminal: strategies side by side, what they are made of, how sure we are.

#include <string>

#include "models/assess/assessment.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::results {

struct SummaryStyle {
  bool colour = false;
  std::size_t width = 120;  ///< of a line; strategies that do not fit stand in a further table
};

std::string summary(const models::Study& study, const models::Assessment& assessment, SummaryStyle style);

}  // namespace hedgerow::results
