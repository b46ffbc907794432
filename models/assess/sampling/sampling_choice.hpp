#pragma once
// The way a run draws its paths: as the study asks, or as a pilot finds best.

#include "models/assess/sampling/sampling.hpp"
#include "models/simulate.hpp"

namespace hedgerow::models {

struct SamplingChoice {
  Sampling asked = Sampling::plain, used = Sampling::plain;
  std::string reason;
  std::optional<ImportancePlan> plan;  ///< only of importance sampling
  std::uint32_t replicates = 0;        ///< only of Sobol points
  std::uint64_t pilot_paths = 0;
  std::uint64_t most_paths = 0;  ///< that the run takes: those asked for, or whole nets

  PathDesign design() const { return {plan ? plan->mixture : nullptr, replicates}; }
  /// How many of so many paths are nominal: all, or of a mixture its share.
  std::uint64_t nominal(std::uint64_t paths) const;
  /// Paths at the end of the batch after `paths`, where a precision is asked for (stopping.hpp).
  std::uint64_t next_batch(std::uint64_t paths) const;
  SamplingReport report() const;
};

/// Throws InvalidInput where the study asks for no path, or for fewer than least_sobol_paths of Sobol points.
SamplingChoice choose_sampling(const Scenario& scenario, const Study& study, unsigned threads);

/// Whole nets that fit into `paths`: 32, 36, … or 60 replicates, and points by replicate, a power of two.
struct Nets {
  std::uint32_t replicates;
  std::uint64_t points;
};
Nets nets_within(std::uint64_t paths);
inline constexpr std::uint64_t least_sobol_paths = 32 * 32;

}  // namespace hedgerow::models
