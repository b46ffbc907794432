#pragma once
// The parts of a story: bills against the plan, and everything else that happened. Part of story.hpp.

#include "models/assess/story/story.hpp"

namespace hedgerow::models {

/// A strategy on a path, and its plan.
struct Played {
  const Scenario& scenario;
  const Strategy& strategy;
  const World& world;
  const Outcome& outcome;
  const World& plan_world;
  const Outcome& plan;
  const Journal& journal;
  const Journal& plan_journal;
};

/// The months in which a contract is signed, the first time and again.
std::vector<int> signing_months(const Contract& contract, const Delivery& delivery);

/// Appends events whose amounts add up to the bills less the planned ones: with prices P and units u of a
/// month, Q and v of the plan, and u' the units that the path's demand would need without any exit,
///   P u - Q v = (P - Q) v + P (u' - v) + P (u - u'),
/// for prices, demand and exits, less the change in volume discounts. After a cut-off P is Q.
void append_bills(const Played& played, std::vector<StoryEvent>& events);

/// Appends what the market, the providers and the outages did; amounts add up to everything but bills, less
/// what is planned of it.
void append_happenings(const Played& played, const std::vector<ProviderId>& in_use,
                       std::vector<StoryEvent>& events);

}  // namespace hedgerow::models
