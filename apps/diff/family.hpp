#pragma once
// Judging many numbers at once without raising alarms by their number.

#include <vector>

namespace hedgerow::diff {

/// Two-sided p-values of differences [standard errors] from a normal law, each adjusted by Holm (1979): where
/// no number of the family has moved, the probability that any adjusted value is <= a is at most a, however
/// the numbers depend on each other. In the order given; at most 1.
std::vector<double> adjusted_p_values(const std::vector<double>& standard_errors);

}  // namespace hedgerow::diff
