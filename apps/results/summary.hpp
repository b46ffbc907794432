#pragma once
// One screen for the terminal: limits, the verdict, strategies side by side, the story of a bad future, and
// how sure we are.

#include <string>

#include "models/assess/answers.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::results {

struct SummaryStyle {
  bool colour = false;
  std::size_t width = 120;  ///< of a line; strategies that do not fit stand in a further table
  /// Also what costs are made of and how often providers sever; always with one strategy, which leaves room.
  bool tables = false;
};

std::string summary(const models::Study& study, const models::Answers& answers, SummaryStyle style);

}  // namespace hedgerow::results
