#pragma once
// Data against fit, drawn in characters.

#include <string>
#include <vector>

#include "engine/fit/survival_curve.hpp"
#include "models/incident/duration_fit.hpp"

namespace hedgerow::fitting {

struct Canvas {
  std::size_t width = 100;  ///< characters of a line, 40 at least are used
  std::size_t height = 11;  ///< lines of the plot itself
  bool colour = false;
};

/// The share of events that last longer (upwards) than so many hours (to the right, in logarithms): `o` where
/// the log's curve runs, `·` where the law's does. Empty where the log has no durations.
std::string draw_survival(const std::vector<fit::SurvivalStep>& curve, const models::FittedDuration& law,
                          const Canvas& canvas);

}  // namespace hedgerow::fitting
