#pragma once
// What a scenario models, and what it leaves out because the block is absent.

#include <string>
#include <vector>

#include "models/ledger/ledger.hpp"
#include "models/scenario/input.hpp"

namespace hedgerow::results {

/// Whether anything in the scenario can make this component differ from 0.
bool modelled(const models::ScenarioInput& scenario, models::Component component);

/// Whether any provider's regimes are modelled.
bool models_divergence(const models::ScenarioInput& scenario);

/// Whether a strategy places anything at a provider.
bool uses(const models::ScenarioInput& scenario, const std::string& strategy, const std::string& provider);

/// What is left out, a few words each, for people.
std::vector<std::string> not_modelled(const models::ScenarioInput& scenario);

}  // namespace hedgerow::results
