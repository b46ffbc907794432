#pragma once
// Importance sampling of outages: on some paths long outages come more often than they do, and every path has
// a weight that makes up for it (docs/model/sampling.md).
//
// A part of the paths is drawn from the nominal law and the others from tilted ones in turn, so the sample is
// one of their mixture (deterministic allocation; Hesterberg 1995, "Weighted average importance sampling and
// defensive mixture distributions"; Owen & Zhou 2000). The weight of a path is the balance heuristic
//   w = p / sum_j alpha_j p_j                                     (Veach & Guibas 1995)
// which is never above 1 / alpha_0.

#include <array>
#include <cstdint>
#include <vector>

#include "engine/random/banded_tilt.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// Durations are tilted by bands of their distribution function: what is common stays as it is. The last
/// band holds one outage in ten thousand.
inline constexpr std::array<double, 7> duration_bands{0.9, 0.97, 0.99, 0.997, 0.999, 0.9997, 0.9999};
inline constexpr std::size_t band_count = duration_bands.size() + 1;

/// P(band) of an outage.
inline double band_probability(std::size_t band) {
  return (band < duration_bands.size() ? duration_bands[band] : 1.0) -
         (band > 0 ? duration_bands[band - 1] : 0.0);
}

/// What likelihood ratios are made of: an entity's primary outages on one path, and what was to be expected
/// of them given the frailties and the rate of the path.
struct EntityEvidence {
  double expected = 0.0;  ///< sum over years of rate * multiplier * length
  std::array<std::uint32_t, band_count> outages{};
};
using OutageEvidence = IdVector<EntityId, EntityEvidence>;

/// One law: by entity, how much more often each band of durations comes, whatever law holds on the path.
/// Given the frailties and the rate the outages of a band are Poisson with their rate times the factor;
/// aftershocks keep their law.
using OutageTilt = IdVector<EntityId, random::BandedTilt>;

/// The tilt with these factors [-], by entity and band, each > 0. Throws InvalidInput for others.
OutageTilt outage_tilt(const IdVector<EntityId, std::array<double, band_count>>& factors);

/// ln(p_tilted / p) of a path, sum_e [sum_b n_b ln theta_b - Lambda (kappa - 1)].
double log_likelihood_ratio(const OutageTilt& tilt, const OutageEvidence& evidence);

/// The laws that the paths of a run are drawn from.
class OutageMixture {
 public:
  /// `nominal_share` (alpha_0) of all paths are drawn from the nominal law, the others from the tilts in
  /// turn, equally often. Throws InvalidInput unless 0 < nominal_share < 1 and there is a tilt.
  OutageMixture(double nominal_share, std::vector<OutageTilt> tilts);

  double nominal_share() const { return nominal_share_; }
  const std::vector<OutageTilt>& tilts() const { return tilts_; }

  /// Tilted path number i, of those below first_tilted, is path first_tilted + i.
  static constexpr std::uint64_t first_tilted = std::uint64_t{1} << 62;
  /// What the path's outages are drawn from; null: the nominal law.
  const OutageTilt* tilt_of(std::uint64_t path) const {
    return path < first_tilted ? nullptr : &tilts_[(path - first_tilted) % tilts_.size()];
  }

  /// w in (0, 1 / nominal_share], with mean 1 over the mixture.
  double weight(const OutageEvidence& evidence) const;

 private:
  double nominal_share_;
  std::vector<OutageTilt> tilts_;
};

}  // namespace hedgerow::models
