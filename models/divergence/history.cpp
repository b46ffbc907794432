#include "models/divergence/history.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hedgerow::models {
namespace {

bool hostile(Regime regime) { return regime == Regime::rival || regime == Regime::severed; }

}  // namespace

Regime regime_at(const std::vector<Sojourn>& sojourns, double time) {
  for (const Sojourn& sojourn : sojourns)
    if (time < sojourn.to) return sojourn.regime;
  return sojourns.back().regime;
}

void RegimeProcess::State::Clock::consume_at(double new_rate, double time) {
  if (new_rate == rate) return;
  remaining = std::max(0.0, remaining - rate * (time - since));
  rate = new_rate;
  since = time;
}

RegimeProcess::RegimeProcess(const Scenario& scenario, const Strategy& strategy)
    : providers_(scenario.providers.size()) {
  for (const RegimeGroup& group : scenario.regime_groups) {
    const Provider& first = scenario.providers[group.members.front()];
    groups_.push_back({group.members, first.divergence ? &*first.divergence : nullptr, first.product_overlap,
                       first.equity_stake, 1.0});
    if (!first.divergence) continue;
    double share = 0.0;
    for (const ProviderId member : group.members) share += strategy.share[member];
    groups_.back().planned_covariate = covariate(groups_.size() - 1, share);
    feedback_ = feedback_ || first.divergence->feedback;
  }
}

double RegimeProcess::covariate(std::size_t g, double share) const {
  const Divergence& terms = *groups_[g].terms;
  return std::exp(terms.overlap_effect * (groups_[g].product_overlap - terms.reference_overlap.value) +
                  terms.share_effect * (share - terms.reference_share.value) +
                  terms.equity_effect * groups_[g].equity_stake);
}

/// chi_c * #{other groups rival or severed}: what others add to a worsening rate of 1.
double RegimeProcess::contagion_hazard(const State& state, std::size_t g) const {
  const int others = state.hostile_count - (hostile(state.groups[g].regime) ? 1 : 0);
  return groups_[g].terms->contagion * others;
}

double RegimeProcess::rate(const State& state, std::size_t g, std::size_t j) const {
  const double base = (groups_[g].terms->*transitions[j].rate).value;
  if (!transitions[j].worsening()) return base;
  return base * state.groups[g].covariate * (1.0 + contagion_hazard(state, g));
}

/// Sets every clock that runs to the rate that holds from now on; reads those that were never needed before.
void RegimeProcess::set_rates(State& state, const RegimeClocks& clocks, std::uint64_t path) const {
  for (std::size_t g = 0; g < groups_.size(); ++g) set_rates(state, g, clocks, path);
}

/// What is left of a clock that has not run since it has fired.
double RegimeProcess::interval(State& state, std::size_t g, std::size_t j, const RegimeClocks& clocks,
                               std::uint64_t path) const {
  const std::uint32_t firings = state.groups[g].clocks[j].firings;
  if (firings > 0 || clocks.name() == RegimeClocks::unnamed)
    return clocks.interval(path, RegimeGroupId(g), j, firings);
  State::FirstIntervals& first = state.first;
  if (first.clocks != clocks.name() || first.path != path) {
    first.clocks = clocks.name();
    first.path = path;
    first.by_clock.assign(groups_.size() * transitions.size(), -1.0);
  }
  double& known = first.by_clock[g * transitions.size() + j];
  if (known < 0.0) known = clocks.interval(path, RegimeGroupId(g), j, 0);
  return known;
}

void RegimeProcess::set_rates(State& state, std::size_t g, const RegimeClocks& clocks,
                              std::uint64_t path) const {
  if (groups_[g].terms == nullptr) return;
  for (const std::size_t j : leaving(state.groups[g].regime)) {
    State::Clock& clock = state.groups[g].clocks[j];
    if (clock.remaining < 0.0) clock.remaining = interval(state, g, j, clocks, path);
    clock.consume_at(rate(state, g, j), state.now);
  }
}

/// When the next transition fires, and which; infinite if none ever will.
double RegimeProcess::next_firing(const State& state, std::size_t& group, std::size_t& transition) const {
  double next = std::numeric_limits<double>::infinity();
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (const std::size_t j : leaving(state.groups[g].regime)) {
      const State::Clock& clock = state.groups[g].clocks[j];
      if (clock.rate <= 0.0 || clock.due() >= next) continue;
      next = clock.due();
      group = g;
      transition = j;
    }
  return next;
}

void RegimeProcess::fire(State& state, std::size_t g, std::size_t j, RegimeHistory& history) const {
  State::Standing& standing = state.groups[g];
  const double left = standing.contagion;
  // Of two superposed streams of transitions, each fires in proportion to its hazard.
  if (transitions[j].worsening())
    standing.contagion = 1.0 - (1.0 - left) / (1.0 + contagion_hazard(state, g));
  else if (transitions[j].to == Regime::aligned)
    standing.contagion = 0.0;
  for (const ProviderId member : groups_[g].members) {
    history[member].back() = {standing.regime, standing.since, state.now, left};
    history[member].push_back({transitions[j].to, state.now, state.now, standing.contagion});
  }
  state.hostile_count += hostile(transitions[j].to) - hostile(standing.regime);
  for (const std::size_t other : leaving(standing.regime)) standing.clocks[other].consume_at(0.0, state.now);
  standing.regime = transitions[j].to;
  standing.since = state.now;
  ++standing.clocks[j].firings;
  standing.clocks[j].remaining = -1.0;
  standing.clocks[j].rate = 0.0;
}

void RegimeProcess::start(State& state, RegimeHistory& history) const {
  state.groups.assign(groups_.size(), {});
  state.now = 0.0;
  state.hostile_count = 0;
  for (std::size_t g = 0; g < groups_.size(); ++g) state.groups[g].covariate = groups_[g].planned_covariate;
  history.resize(providers_);
  for (auto& sojourns : history) sojourns.assign(1, {Regime::aligned, 0.0, 0.0});
}

void RegimeProcess::set_shares(State& state, const IdVector<ProviderId, double>& shares) const {
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    if (!groups_[g].terms || !groups_[g].terms->feedback) continue;
    double share = 0.0;
    for (const ProviderId member : groups_[g].members) share += shares[member];
    state.groups[g].covariate = covariate(g, share);
  }
}

void RegimeProcess::advance(State& state, const RegimeClocks& clocks, std::uint64_t path, double until,
                            RegimeHistory& history) const {
  set_rates(state, clocks, path);
  std::size_t group = 0, transition = 0;
  for (double next; (next = next_firing(state, group, transition)) < until;) {
    state.now = next;
    const int hostile_before = state.hostile_count;
    fire(state, group, transition, history);
    if (state.hostile_count == hostile_before)
      set_rates(state, group, clocks, path);  // nothing has changed for the others
    else
      set_rates(state, clocks, path);
  }
  state.now = until;
  for (auto& sojourns : history) sojourns.back().to = until;
}

}  // namespace hedgerow::models
