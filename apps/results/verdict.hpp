#pragma once
// What a strategy means for the decision, in sentences that a board member can read. They stand in the
// results; terminal and page show them as they are.

#include <cstddef>
#include <string>
#include <vector>

#include "models/assess/answers.hpp"

namespace hedgerow::results {

/// A paragraph of a verdict.
struct Sentence {
  std::string label;  ///< "Cost", "Tail", "Why", "Prices", "Held by"
  std::string text;   ///< one line, without its full stop; each amount with half of its 95 % interval
};

/// Of the strategy at that place, not the first: what it costs or saves against the first one, how much tail
/// it removes, whether it is hedge, leverage or discount, and who still holds the buyer. What the answers do
/// not know is left out.
std::vector<Sentence> verdict(const models::Answers& answers, std::size_t strategy);

/// The verdicts on all strategies but the first, for a terminal. Lines break before `width`. Empty with one
/// strategy.
std::string verdicts_text(const models::Answers& answers, bool colour, std::size_t width);

}  // namespace hedgerow::results
