#pragma once
// What is not known of an entity's rate and durations: on every path one draw from the posterior, the same
// for all years and strategies, so that percentiles are predictive (docs/model/outages.md).

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>

#include "engine/random/stream.hpp"
#include "engine/random/tabulated_quantile.hpp"
#include "models/outage/duration.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// What holds of an entity on one path.
struct OutageParameters {
  double rate;                                   ///< [1/yr] of primary outages, before frailty
  std::optional<DurationLaw> duration_law = {};  ///< nothing: as the entity has it
};

/// Tables of gamma laws of mean 1, one by number of events behind a rate, for all entities that have as many.
class RateTables {
 public:
  using Table = std::shared_ptr<const random::TabulatedQuantile>;
  Table of(double events);

 private:
  std::map<double, Table> tables_;
};

/// Draws the parameters of one entity; without posteriors hands out those that it has.
class ParameterSampler {
 public:
  /// The draws come from `points` where there are any.
  ParameterSampler(const OutageEntity& entity, std::uint64_t seed, RateTables& tables,
                   random::SobolPoints* points = nullptr);

  /// `draw` numbers the paths, or groups of them that share their parameters.
  OutageParameters sample(std::uint64_t draw) const;

 private:
  double rate_;
  RateTables::Table rate_factor_;             ///< of mean 1; null: the rate is known
  std::optional<DurationLaw> uncertain_law_;  ///< nothing: the law is known
  random::Stream rates_, laws_;
};

/// Whether anything of the law or the entity is drawn from a posterior.
bool has_posterior(const DurationLaw& law);
bool has_posterior(const OutageEntity& entity);

/// The law with parameters drawn from its posteriors, which it no longer has, by inversion of four uniforms:
/// the first two for the body, the others for a spliced tail.
DurationLaw drawn_law(const DurationLaw& law, std::array<double, 4> uniforms);

}  // namespace hedgerow::models
