#pragma once
// What each way of drawing paths would be worth to a study, tried on a few thousand of them.

#include <cstdint>
#include <optional>
#include <string>

#include "models/assess/sampling/sampling.hpp"
#include "models/simulate.hpp"

namespace hedgerow::models {

/// Worth: the factor by which the variance at as many paths falls against plain sampling, as the geometric
/// mean over the numbers of the total cost that are asked for: mean, percentiles and expected shortfalls of
/// all strategies. Plain sampling is worth 1.
struct SamplingTrial {
  std::optional<double> importance;  ///< nothing: no number gains
  double sobol = 1.0;
  std::uint64_t paths = 0;  ///< that were played

  Sampling best() const;       ///< plain unless another is worth more than least_worth
  std::string reason() const;  ///< in words

  /// The worth of Sobol points itself is measured to a tenth or two.
  static constexpr double least_worth = 1.25;
};

SamplingTrial try_sampling(const Scenario& scenario, const Study& study,
                           const std::optional<ImportancePlan>& plan, unsigned threads);

}  // namespace hedgerow::models
