#pragma once
// The share of a sample that lasts longer than x, without a law (Kaplan & Meier 1958).

#include <algorithm>
#include <vector>

#include "engine/fit/censored_sample.hpp"
#include "engine/measure/estimate.hpp"

namespace hedgerow::fit {

/// A step of the curve.
struct SurvivalStep {
  double value;                ///< an exact value of the sample
  double before;               ///< share that lasts at least so long
  double after;                ///< share that lasts longer
  measure::Interval interval;  ///< of `after`: log-log transform of Greenwood's variance; none at 0
};

/// In ascending order of values, of which the exact ones appear once each; beyond the last nothing is known.
/// @throws InvalidInput where a value is out of range, or unless 0 < confidence < 1.
std::vector<SurvivalStep> survival_curve(const CensoredSample& sample, double confidence = 0.95);

/// The greatest distance between the curve and the survival function of a law, at the steps on both sides.
template <class Law>
double distance_to(const Law& law, const std::vector<SurvivalStep>& curve) {
  double distance = 0.0;
  for (const SurvivalStep& step : curve) {
    const double survival = law.survival(step.value);
    for (const double share : {step.before, step.after})
      distance =
          share > survival ? std::max(distance, share - survival) : std::max(distance, survival - share);
  }
  return distance;
}

/// Mean of what lies above a threshold, over it: a straight line with slope xi / (1 - xi) where the tail is
/// generalized Pareto (Davison & Smith 1990).
struct MeanExcess {
  double threshold;
  double mean;
  std::size_t count;  ///< values above
};
/// At each value but the `fewest` greatest; censored values count as they stand, so the mean is a little low.
std::vector<MeanExcess> mean_excesses(const CensoredSample& sample, std::size_t fewest = 5);

}  // namespace hedgerow::fit
