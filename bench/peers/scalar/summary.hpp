#pragma once
// What a buyer would print: means with errors, percentiles and expected shortfall of the total cost.

#include <string>
#include <vector>

#include "bench/peers/scalar/costs.hpp"

namespace peer {

/// `costs` by strategy and path; JSON as bench/peers/summary.py writes it.
std::string summary(const Model& model, const std::vector<std::vector<Costs>>& costs);

}  // namespace peer
