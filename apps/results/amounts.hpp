#pragma once
// Estimates in sentences: money, percent, with half of the 95 % interval.

#include <string>
#include <string_view>

#include "engine/measure/estimate.hpp"

namespace hedgerow::results {

/// "5.32 ± 0.05 B USD".
std::string amount_text(const measure::Estimate& of, std::string_view currency);

/// "23.6 ± 0.3 %" of a fraction.
std::string percent_text(const measure::Estimate& of);
/// The same of a fraction whose error is not told: "5.9 %", "87 %".
std::string share_text(double fraction);

/// Without its sign.
measure::Estimate size_of(measure::Estimate of);

}  // namespace hedgerow::results
