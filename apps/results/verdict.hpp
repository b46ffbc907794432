#pragma once
// What a strategy means for the decision, in sentences that a board member can read.

#include <string>

#include "models/assess/answers.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::results {

/// For every strategy but the reference: what it costs or saves, how much tail it removes, whether it is
/// hedge, leverage or discount, and who still holds the buyer. Each amount with half of its 95 % interval.
/// Lines break before `width`. Empty with one strategy.
std::string verdict(const models::Study& study, const models::Answers& answers, bool colour,
                    std::size_t width);

}  // namespace hedgerow::results
