#pragma once
// Who still holds the buyer, in a sentence.

#include <cstddef>
#include <string>

#include "models/assess/answers.hpp"

namespace hedgerow::results {

/// The highest level of expected shortfall whose parts have an error: a place in Attribution::risk.
std::size_t told_level(const models::Attribution& of);

/// The provider with most of the strategy's tail at that level: its part of bills and tail, how many vendors
/// that is, what its severance costs, and the shares at which it would be safe to lose. Hangs on the strategy
/// alone, unless a `reference` is given, whose number of vendors is then told beside. Empty where no tail is
/// split.
std::string held_by(const models::Answers& answers, std::size_t strategy,
                    const models::StrategySummary* reference = nullptr);

}  // namespace hedgerow::results
