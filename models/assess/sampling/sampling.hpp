#pragma once
// How the paths of a run were drawn, and what that did to its numbers (docs/model/sampling.md).

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/measure/estimate.hpp"
#include "models/assess/study.hpp"
#include "models/outage/mixture.hpp"

namespace hedgerow::models {

using NumberKind = MeasureStatistic::Kind;

/// A measure whose columns are kept: 0 is the total cost, 1 + c component c.
using MeasureIndex = std::size_t;

/// A number that is told from the whole mixture instead of its nominal part.
struct MixtureUse {
  MeasureIndex measure;
  MeasureStatistic::Kind kind;  ///< percentile or expected shortfall
  double level;
  /// Variance of plain sampling over that of the mixture at as many paths, of the strategy for which it is
  /// least; from a pilot.
  double gain;
};

/// Factors on the rates of an entity's outages, by band of durations.
struct EntityTilt {
  std::string entity;
  std::array<double, band_count> from_hours;  ///< lower ends of the bands [h]
  std::array<double, band_count> factors;
};

/// One tilted law of a mixture.
struct TiltReport {
  std::string strategy, measure;  ///< whose tail it was made for
  std::vector<EntityTilt> entities;
};

/// What is known of a mixture before its run.
struct ImportancePlan {
  std::shared_ptr<const OutageMixture> mixture;
  std::vector<TiltReport> tilts;
  std::vector<MixtureUse> uses;
  std::uint64_t pilot_paths = 0;

  /// From the lowest level in `uses` on, so that percentiles of one kind do not change sides twice.
  bool uses_mixture(MeasureIndex measure, MeasureStatistic::Kind kind, double level) const;
};

/// Which way of drawing paths a run took, and why.
struct SamplingReport {
  Sampling asked = Sampling::plain, used = Sampling::plain;  ///< used: not automatic
  std::string reason;  ///< why not what was asked for, or why it was chosen; empty: it was asked for
  std::uint64_t nominal_paths = 0, tilted_paths = 0, pilot_paths = 0;
  std::uint32_t replicates = 0;  ///< of Sobol points

  // Of a mixture only:
  std::optional<measure::Estimate> mean_weight;  ///< over the mixture; 1 is right
  std::optional<double> effective_paths;         ///< (sum w)^2 / sum w^2 (Kong 1992)
  std::optional<double> largest_weight_share;    ///< max w / sum w
  std::vector<TiltReport> tilts;
  std::vector<MixtureUse> uses;
};

}  // namespace hedgerow::models
