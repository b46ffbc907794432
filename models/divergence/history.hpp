#pragma once
// How every provider's regime unfolds on one path under one strategy.

#include <array>
#include <cstdint>
#include <vector>

#include "models/divergence/clocks.hpp"
#include "models/divergence/regime.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// A provider stays in `regime` over [from, to) [yr].
struct Sojourn {
  Regime regime;
  double from, to;
  /// Part of what it costs that others are to blame for, 0..1: of the transitions that led here from being
  /// aligned, the chance that at least one came of contagion.
  double contagion = 0.0;
};

/// By provider: sojourns without gaps from 0 to the time that is played so far.
using RegimeHistory = IdVector<ProviderId, std::vector<Sojourn>>;

/// The regime at `time` [yr], which lies within the history.
Regime regime_at(const std::vector<Sojourn>& sojourns, double time);

/// Runs the joint Markov chain of all regime groups. Worsening rates are multiplied by
///   exp(b_o (o - o_ref) + b_s (s - s_ref) + b_e e) * (1 + chi_c * #{other groups rival or severed})
/// (Cox 1972; Davis & Lo 2001), with s the group's share of the buyer's demand.
class RegimeProcess {
 public:
  RegimeProcess(const Scenario& scenario, const Strategy& strategy);

  /// Whether any hazard follows the share as it is rather than as planned.
  bool feedback() const { return feedback_; }

  /// Where the joint chain stands on one path.
  struct State;

  /// Starts a path: everybody is aligned, history is empty.
  void start(State& state, RegimeHistory& history) const;

  /// Sets the shares by provider from which hazards with feedback are taken from now on.
  void set_shares(State& state, const IdVector<ProviderId, double>& shares) const;

  /// Plays on to `until` [yr]; the last sojourn of each history then ends there.
  void advance(State& state, const RegimeClocks& clocks, std::uint64_t path, double until,
               RegimeHistory& history) const;

 private:
  double covariate(std::size_t group, double share) const;
  double rate(const State& state, std::size_t group, std::size_t transition) const;
  double contagion_hazard(const State& state, std::size_t group) const;
  void set_rates(State& state, const RegimeClocks& clocks, std::uint64_t path) const;
  double interval(State& state, std::size_t group, std::size_t transition, const RegimeClocks& clocks,
                  std::uint64_t path) const;
  void set_rates(State& state, std::size_t group, const RegimeClocks& clocks, std::uint64_t path) const;
  double next_firing(const State& state, std::size_t& group, std::size_t& transition) const;
  void fire(State& state, std::size_t group, std::size_t transition, RegimeHistory& history) const;

  struct Group {
    std::vector<ProviderId> members;
    const Divergence* terms;  ///< of the first member; null: stays aligned
    double product_overlap, equity_stake;
    double planned_covariate;  ///< the exponential factor above at the planned share
  };
  std::vector<Group> groups_;
  std::size_t providers_;
  bool feedback_ = false;
};

struct RegimeProcess::State {
  /// Consumed only when its rate changes, so that what happens elsewhere does not touch its last bits.
  struct Clock {
    double remaining = -1.0;  ///< integrated hazard to be consumed, at `since`; below 0: not read yet
    double rate = 0.0;        ///< [1/yr] at which it is consumed since then; 0: it stands still
    double since = 0.0;
    std::uint32_t firings = 0;

    double due() const { return since + remaining / rate; }
    void consume_at(double new_rate, double time);
  };
  struct Standing {
    Regime regime = Regime::aligned;
    double since = 0.0;
    double covariate = 1.0;
    double contagion = 0.0;  ///< see Sojourn
    std::array<Clock, transitions.size()> clocks;
  };
  std::vector<Standing> groups;
  /// First intervals of the clocks on a path, which all strategies share, as far as they have been read.
  struct FirstIntervals {
    std::uint64_t clocks = RegimeClocks::unnamed, path = 0;
    std::vector<double> by_clock;  ///< below 0: not read
  } first;
  double now = 0.0;
  int hostile_count = 0;
};

}  // namespace hedgerow::models
