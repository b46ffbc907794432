#pragma once
// What-ifs of a strategy that its input does not hold.

#include <optional>

#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// Whether a strategy places anything at a provider.
bool uses(const Scenario& scenario, const Strategy& strategy, ProviderId provider);

/// The strategy with the share `share`, 0..1, of the buyer's demand at a provider. Every workload moves in
/// the same proportion: less of the provider scales what the workload has there, more of it what it has
/// elsewhere. What has no place yet gets the provider's first location; what has no place elsewhere goes
/// where the workload would exit to. Nothing where there is no place: the provider has no location, or nobody
/// else has.
std::optional<Strategy> with_share(const Scenario& scenario, const Strategy& strategy, ProviderId provider,
                                   double share);

}  // namespace hedgerow::models
