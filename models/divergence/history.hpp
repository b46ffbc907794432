#pragma once
// How every provider's regime unfolds on one path under one strategy.

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
};

/// By provider: sojourns without gaps from 0 to the horizon.
using RegimeHistory = IdVector<ProviderId, std::vector<Sojourn>>;

/// Runs the joint Markov chain of all providers. Worsening rates are multiplied by
///   exp(b_o (o_p - o_ref) + b_s (s_p - s_ref) + b_e e_p) * (1 + chi_c * #{others rival or severed})
/// (Cox 1972; Davis & Lo 2001), with s_p the planned share of the strategy.
class RegimeProcess {
 public:
  RegimeProcess(const Scenario& scenario, const Strategy& strategy);

  void run(const RegimeClocks& clocks, std::uint64_t path, RegimeHistory& history) const;

 private:
  struct State;
  double rate(const State& state, std::size_t provider, std::size_t transition) const;
  void set_rates(State& state, const RegimeClocks& clocks, std::uint64_t path, double now) const;
  double next_firing(const State& state, std::size_t& provider, std::size_t& transition) const;

  double horizon_;
  std::vector<const Divergence*> terms_;  ///< by provider; null: stays aligned
  std::vector<double> covariates_;        ///< by provider: the exponential factor above
};

}  // namespace hedgerow::models
