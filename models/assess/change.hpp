#pragma once
// One strategy under two studies on the same paths: what a change of the inputs does to its total cost.

#include <vector>

#include "models/assess/comparison.hpp"

namespace hedgerow::models {

class PlayedStudy;

/// Every strategy that both studies have, `after` less `before` on path by path. The same seed gives both the
/// same random numbers for everything that has the same name, so what did not change cancels. `reference` and
/// `strategy` are the strategy's name. Levels are those that both studies report. Throws InvalidInput unless
/// both have played as many paths.
std::vector<Comparison> changes(const PlayedStudy& before, const PlayedStudy& after);

}  // namespace hedgerow::models
