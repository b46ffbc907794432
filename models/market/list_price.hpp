#pragma once
// List prices: correlated jump diffusions on the monthly grid, exact in law (docs/model/pricing.md).
// Merton (1976), "Option pricing when underlying stock returns are discontinuous", JFE 3.

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/random/shock_bridge.hpp"
#include "engine/random/stream.hpp"
#include "models/market/scarcity.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// S*_p(t_k) [money/unit-hour] at month starts k = 0 .. months, with the premium while capacity is scarce.
class PricePath {
 public:
  void resize(std::size_t providers, std::size_t months) {
    points_ = months + 1;
    prices_.resize(providers * points_);
  }
  double& at(ProviderId provider, std::size_t month) { return prices_[provider.value * points_ + month]; }
  double at(ProviderId provider, std::size_t month) const {
    return prices_[provider.value * points_ + month];
  }

 private:
  std::size_t points_ = 0;
  std::vector<double> prices_;
};

/// Draws, for each provider p and month k, with the shocks and jumps of p's price group,
///   ln S(t_{k+1}) = ln S(t_k) + (mu - sigma^2/2 - lambda kappa) dt + sigma sqrt(dt) eps + jumps,
/// with kappa = exp(m + s^2/2) - 1, so that E S(t) = S(0) exp(mu t) whatever the jumps.
class ListPriceSampler {
 public:
  /// The leading components of the diffusions come from `points` where there are any.
  ListPriceSampler(const Scenario& scenario, std::uint64_t seed, random::SobolPoints* points = nullptr);

  /// Room to work in, reused from path to path.
  struct Scratch {
    std::vector<double> common, jump_uniforms;
    std::vector<double> shocks;     ///< price group x month
    std::vector<double> wandering;  ///< price group x month start: the random part of ln S
  };
  void sample(std::uint64_t path, const ScarcityPath& scarcity, Scratch& scratch, PricePath& out) const;

  /// The plan: every price at its mean S(0) exp(mu t) and never scarce (docs/model/path.md).
  void plan(PricePath& out) const;

 private:
  /// Chance that the providers of a price group share.
  struct GroupDraws {
    ListPrice terms;
    double jumps_per_month;  ///< lambda dt
    double no_jump;          ///< exp(-lambda dt): a uniform up to it means no jump
    random::Stream diffusion, jump_counts, jump_sizes;
    random::ShockBridge bridge;
  };
  struct ProviderTerms {
    PriceGroupId group;
    double premium;             ///< what the price is multiplied by while capacity is scarce
    std::vector<double> trend;  ///< by month: ln S(0) + (mu - sigma^2/2 - lambda kappa) t_k
    std::vector<double> plan;   ///< by month: ln S(0) + mu t_k
  };

  double month_jump(const GroupDraws& group, std::uint64_t path, std::size_t month, double uniform) const;
  void wander(std::uint64_t path, Scratch& scratch) const;
  void draw_shocks(std::uint64_t path, Scratch& scratch) const;
  void correlate(Scratch& scratch) const;

  std::size_t months_;
  std::vector<GroupDraws> groups_;
  std::vector<ProviderTerms> providers_;
  std::optional<SquareMatrix> correlation_factor_;
  random::Stream common_;
  random::ShockBridge common_bridge_;
};

}  // namespace hedgerow::models
