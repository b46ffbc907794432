#include "models/divergence/history.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace hedgerow::models {
namespace {

double covariate_factor(const Divergence& terms, const Provider& provider, double share) {
  return std::exp(terms.overlap_effect * (provider.product_overlap - terms.reference_overlap.value) +
                  terms.share_effect * (share - terms.reference_share.value) +
                  terms.equity_effect * provider.equity_stake);
}

bool hostile(Regime regime) { return regime == Regime::rival || regime == Regime::severed; }

}  // namespace

/// Where the joint chain stands: regimes, and for each clock the integrated hazard still to be consumed.
struct RegimeProcess::State {
  struct Clock {
    double remaining = -1.0;  ///< below 0: not read yet
    std::uint32_t firings = 0;
  };
  struct Standing {
    Regime regime = Regime::aligned;
    double since = 0.0;
    std::array<Clock, transitions.size()> clocks;
  };
  std::vector<Standing> providers;
  int hostile_count = 0;

  /// Reads the clocks of the transitions out of the provider's regime that were never needed before.
  void read_clocks(const RegimeClocks& source, std::uint64_t path, std::size_t p) {
    for (std::size_t j = 0; j < transitions.size(); ++j) {
      Clock& clock = providers[p].clocks[j];
      if (transitions[j].from == providers[p].regime && clock.remaining < 0.0)
        clock.remaining = source.interval(path, ProviderId(p), j, clock.firings);
    }
  }
};

RegimeProcess::RegimeProcess(const Scenario& scenario, const Strategy& strategy)
    : horizon_(scenario.horizon.length()) {
  for (const ProviderId p : scenario.providers.keys()) {
    const Provider& provider = scenario.providers[p];
    terms_.push_back(provider.divergence ? &*provider.divergence : nullptr);
    covariates_.push_back(
        provider.divergence ? covariate_factor(*provider.divergence, provider, strategy.share[p]) : 1.0);
  }
}

double RegimeProcess::rate(const State& state, std::size_t p, std::size_t j) const {
  const double base = (terms_[p]->*transitions[j].rate).value;
  if (!transitions[j].worsening()) return base;
  const int others = state.hostile_count - (hostile(state.providers[p].regime) ? 1 : 0);
  return base * covariates_[p] * (1.0 + terms_[p]->contagion * others);
}

/// The transition that fires first at the present rates; false if none ever will.
bool RegimeProcess::next_firing(const State& state, std::size_t& provider, std::size_t& transition,
                                double& wait) const {
  wait = std::numeric_limits<double>::infinity();
  for (std::size_t p = 0; p < terms_.size(); ++p) {
    if (!terms_[p]) continue;
    for (std::size_t j = 0; j < transitions.size(); ++j) {
      if (transitions[j].from != state.providers[p].regime) continue;
      const double hazard = rate(state, p, j);
      if (hazard <= 0.0 || state.providers[p].clocks[j].remaining >= wait * hazard) continue;
      wait = state.providers[p].clocks[j].remaining / hazard;
      provider = p;
      transition = j;
    }
  }
  return std::isfinite(wait);
}

/// Lets `wait` years pass: every running clock gives up its integrated hazard.
void RegimeProcess::consume(State& state, double wait) const {
  for (std::size_t p = 0; p < terms_.size(); ++p)
    for (std::size_t j = 0; terms_[p] && j < transitions.size(); ++j)
      if (transitions[j].from == state.providers[p].regime) {
        double& remaining = state.providers[p].clocks[j].remaining;
        remaining = std::max(0.0, remaining - rate(state, p, j) * wait);
      }
}

void RegimeProcess::run(const RegimeClocks& clocks, std::uint64_t path, RegimeHistory& history) const {
  State state;
  state.providers.resize(terms_.size());
  history.resize(terms_.size());
  for (std::size_t p = 0; p < terms_.size(); ++p) {
    history[ProviderId(p)].clear();
    if (terms_[p]) state.read_clocks(clocks, path, p);
  }

  double now = 0.0, wait = 0.0;
  std::size_t fired = 0, transition = 0;
  while (next_firing(state, fired, transition, wait) && now + wait < horizon_) {
    consume(state, wait);
    now += wait;
    State::Standing& standing = state.providers[fired];
    history[ProviderId(fired)].push_back({standing.regime, standing.since, now});
    state.hostile_count += hostile(transitions[transition].to) - hostile(standing.regime);
    standing.regime = transitions[transition].to;
    standing.since = now;
    ++standing.clocks[transition].firings;
    standing.clocks[transition].remaining = -1.0;
    state.read_clocks(clocks, path, fired);
  }
  for (std::size_t p = 0; p < terms_.size(); ++p)
    history[ProviderId(p)].push_back({state.providers[p].regime, state.providers[p].since, horizon_});
}

}  // namespace hedgerow::models
