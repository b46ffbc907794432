#include "models/assess/story/story.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/assess/story/story_parts.hpp"

namespace hedgerow::models {
namespace {

std::vector<ProviderId> used(const Scenario& scenario, const Occupancy& occupancy) {
  std::vector<ProviderId> in_use;
  for (const ProviderId p : scenario.providers.keys()) {
    bool any = false;
    for (std::size_t i = 0; i < occupancy.stages(); ++i)
      for (const WorkloadId w : scenario.workloads.keys())
        any = any || placed_at(scenario, occupancy.stage(i), w, p) > 0.0;
    if (any) in_use.push_back(p);
  }
  return in_use;
}

bool changes_relation(EventKind kind) {
  return kind == EventKind::strained || kind == EventKind::rival || kind == EventKind::severed ||
         kind == EventKind::improves || kind == EventKind::cut_off;
}

bool always_told(const Story& story, const StoryEvent& event) {
  if (event.kind == EventKind::scarcity_begins || event.kind == EventKind::scarcity_ends) return true;
  return changes_relation(event.kind) &&
         std::find(story.in_use.begin(), story.in_use.end(), *event.provider) != story.in_use.end();
}

/// Adds an event to the one that stands for all of its kind.
void join(StoryEvent& all, const StoryEvent& event) {
  all.from = std::min(all.from, event.from);
  all.until = std::max(all.until, event.until);
  all.amount += event.amount;
  all.hours += event.hours;
  all.unserved_hours += event.unserved_hours;
  all.count += event.count;
  if (all.provider != event.provider) all.provider.reset();
}

}  // namespace

StoryTeller::StoryTeller(const Simulation& simulation, StrategyId strategy)
    : simulation_(simulation), strategy_(strategy) {
  simulation.plan(plan_world_);
  simulation.evaluate(plan_world_, strategy, plan_, &plan_journal_);
}

Story StoryTeller::tell(const World& world, const Outcome& outcome, const Journal& journal) const {
  const Scenario& scenario = simulation_.scenario();
  const Played played{
      scenario, scenario.strategies[strategy_], world, outcome, plan_world_, plan_, journal, plan_journal_};
  Story story;
  story.path = world.path;
  story.plan = plan_.ledger.total().present;
  story.total = outcome.ledger.total().present;
  story.in_use = used(scenario, outcome.occupancy);
  append_bills(played, story.events);
  append_happenings(played, story.in_use, story.events);
  std::stable_sort(story.events.begin(), story.events.end(),
                   [](const StoryEvent& a, const StoryEvent& b) { return a.from < b.from; });
  return story;
}

Story StoryTeller::tell(std::uint64_t path) const {
  World world;
  Outcome outcome;
  Journal journal;
  simulation_.sample(path, world);
  simulation_.evaluate(world, strategy_, outcome, &journal);
  return tell(world, outcome, journal);
}

Story condense(const Story& story, std::size_t largest) {
  std::vector<std::size_t> by_size;
  for (std::size_t i = 0; i < story.events.size(); ++i)
    if (!always_told(story, story.events[i])) by_size.push_back(i);
  std::stable_sort(by_size.begin(), by_size.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(story.events[a].amount) > std::abs(story.events[b].amount);
  });
  std::vector<bool> joins(story.events.size(), false);
  for (std::size_t i = largest; i < by_size.size(); ++i) joins[by_size[i]] = true;

  Story told{story.path, story.plan, story.total, {}, story.in_use};
  std::array<std::size_t, event_kind_count> count{};
  std::array<std::optional<StoryEvent>, event_kind_count> rest;
  const auto kind_of = [&](std::size_t i) { return static_cast<std::size_t>(story.events[i].kind); };
  for (std::size_t i = 0; i < story.events.size(); ++i) count[kind_of(i)] += joins[i];
  for (std::size_t i = 0; i < story.events.size(); ++i) {
    std::optional<StoryEvent>& joined = rest[kind_of(i)];
    if (!joins[i] || count[kind_of(i)] == 1)  // one alone needs no company
      told.events.push_back(story.events[i]);
    else if (joined)
      join(*joined, story.events[i]);
    else
      joined = story.events[i];
  }
  for (const auto& joined : rest)
    if (joined) told.events.push_back(*joined);
  return told;
}

Story abridge(const Story& story, std::size_t largest) {
  std::vector<std::size_t> by_size(story.events.size());
  std::iota(by_size.begin(), by_size.end(), std::size_t{0});
  std::stable_sort(by_size.begin(), by_size.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(story.events[a].amount) > std::abs(story.events[b].amount);
  });
  by_size.resize(std::min(largest, by_size.size()));
  std::sort(by_size.begin(), by_size.end());

  Story told{story.path, story.plan, story.total, {}, story.in_use};
  for (const std::size_t i : by_size) told.events.push_back(story.events[i]);
  if (by_size.size() == story.events.size()) return told;
  StoryEvent rest{EventKind::other, 0.0, 0.0};
  rest.count = 0;
  for (std::size_t i = 0; i < story.events.size(); ++i) {
    if (std::binary_search(by_size.begin(), by_size.end(), i)) continue;
    rest.amount += story.events[i].amount;
    rest.count += story.events[i].count;
  }
  told.events.push_back(rest);
  return told;
}

}  // namespace hedgerow::models
