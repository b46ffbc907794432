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
  /// Consumed only when its rate changes, so that what happens elsewhere does not touch its last bits.
  struct Clock {
    double remaining = -1.0;  ///< at `since`; below 0: not read yet
    double rate = 0.0;        ///< [1/yr] at which it is consumed since then; 0: it stands still
    double since = 0.0;
    std::uint32_t firings = 0;

    double due() const { return since + remaining / rate; }
    void consume_at(double new_rate, double now) {
      if (new_rate == rate) return;
      remaining = std::max(0.0, remaining - rate * (now - since));
      rate = new_rate;
      since = now;
    }
  };
  struct Standing {
    Regime regime = Regime::aligned;
    double since = 0.0;
    std::array<Clock, transitions.size()> clocks;
  };
  std::vector<Standing> providers;
  int hostile_count = 0;
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

/// Sets every clock to the rate that holds from `now` on; reads those that were never needed before.
void RegimeProcess::set_rates(State& state, const RegimeClocks& clocks, std::uint64_t path,
                              double now) const {
  for (std::size_t p = 0; p < terms_.size(); ++p)
    for (std::size_t j = 0; terms_[p] && j < transitions.size(); ++j) {
      State::Clock& clock = state.providers[p].clocks[j];
      const bool running = transitions[j].from == state.providers[p].regime;
      if (running && clock.remaining < 0.0)
        clock.remaining = clocks.interval(path, ProviderId(p), j, clock.firings);
      clock.consume_at(running ? rate(state, p, j) : 0.0, now);
    }
}

/// When the next transition fires, and which; infinite if none ever will.
double RegimeProcess::next_firing(const State& state, std::size_t& provider, std::size_t& transition) const {
  double next = std::numeric_limits<double>::infinity();
  for (std::size_t p = 0; p < terms_.size(); ++p)
    for (std::size_t j = 0; j < transitions.size(); ++j) {
      const State::Clock& clock = state.providers[p].clocks[j];
      if (clock.rate <= 0.0 || clock.due() >= next) continue;
      next = clock.due();
      provider = p;
      transition = j;
    }
  return next;
}

void RegimeProcess::run(const RegimeClocks& clocks, std::uint64_t path, RegimeHistory& history) const {
  State state;
  state.providers.resize(terms_.size());
  history.resize(terms_.size());
  for (auto& sojourns : history) sojourns.clear();
  set_rates(state, clocks, path, 0.0);

  std::size_t fired = 0, transition = 0;
  for (double now; (now = next_firing(state, fired, transition)) < horizon_;) {
    State::Standing& standing = state.providers[fired];
    history[ProviderId(fired)].push_back({standing.regime, standing.since, now});
    state.hostile_count += hostile(transitions[transition].to) - hostile(standing.regime);
    standing.regime = transitions[transition].to;
    standing.since = now;
    ++standing.clocks[transition].firings;
    standing.clocks[transition].remaining = -1.0;
    standing.clocks[transition].rate = 0.0;
    set_rates(state, clocks, path, now);
  }
  for (std::size_t p = 0; p < terms_.size(); ++p)
    history[ProviderId(p)].push_back({state.providers[p].regime, state.providers[p].since, horizon_});
}

}  // namespace hedgerow::models
