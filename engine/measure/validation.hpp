#pragma once
// What several measures demand of their arguments alike.

#include <span>

#include "engine/base/check.hpp"

namespace hedgerow::measure {

/// Throws InvalidInput unless 0 < alpha < 1.
inline void validate_level(double alpha) {
  validate(alpha > 0.0 && alpha < 1.0,
           "the level is out of range (must lie strictly between 0 and 1) write 99 % as 0.99");
}

/// Throws InvalidInput unless both columns have one value for each of the same paths, of which there is one.
inline void validate_paired(std::span<const double> a, std::span<const double> b) {
  validate(a.size() == b.size(),
           "paired columns differ in length (one value per path each) compare runs with the same paths");
  validate(!a.empty(), "paired columns are empty (at least one path is needed) run some paths first");
}

}  // namespace hedgerow::measure
