#pragma once
// When an entity fails, for how long and how badly: Poisson arrivals given the frailty of the year, and
// their aftershocks (docs/model/outages.md).

#include <array>
#include <cstdint>
#include <vector>

#include "engine/random/beta.hpp"
#include "engine/random/stream.hpp"
#include "models/outage/duration.hpp"
#include "models/outage/frailty.hpp"
#include "models/outage/mixture.hpp"
#include "models/outage/parameter_sampler.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// An entity is down over [start, end) and takes `severity` of the affected capacity.
struct Outage {
  double start;        ///< [yr] since valuation
  double end;          ///< [yr] > start
  double severity;     ///< 0 < . <= 1
  double claim = 0.5;  ///< uniform: the vendor owes a credit if it is below the contract's qualification
};

/// Draws the raw arrivals of one entity; outages may overlap and pass the horizon.
class ArrivalSampler {
 public:
  /// Where there are `parameter_groups`, every so many-th path has the same parameters; 0: each its own.
  ArrivalSampler(const OutageEntity& entity, const Horizon& horizon, std::uint64_t seed, RateTables& tables,
                 random::SobolPoints* points = nullptr, std::uint32_t parameter_groups = 0);

  /// Fills `out` in order of start.
  void sample(std::uint64_t path, const FrailtyPath& frailty, std::vector<Outage>& out) const {
    sample(path, frailty, {}, nullptr, out);
  }
  /// The same under a tilted law of durations, and rates that follow; `evidence`, unless null, gets what the
  /// likelihood ratio is made of.
  void sample(std::uint64_t path, const FrailtyPath& frailty, const random::BandedTilt& tilt,
              EntityEvidence* evidence, std::vector<Outage>& out) const;

  /// Drawn from the entity's posteriors; the same under every tilt.
  OutageParameters parameters(std::uint64_t path) const {
    return parameters_.sample(parameter_groups_ > 0 ? path % parameter_groups_ : path);
  }

 private:
  class Primaries;
  using YearDraws = std::array<double, 8>;  ///< eight years at once
  void draw_counts(std::uint64_t path, std::size_t year, YearDraws& draws) const;
  /// What holds on one path.
  struct Law {
    const Duration& durations;
    const random::BandedTilt& tilt;
    EntityEvidence* evidence;  ///< null: none is wanted
  };
  void add_primaries(std::uint64_t path, const Law& law, Primaries& primaries,
                     std::vector<Outage>& out) const;
  void add_aftershocks(std::uint64_t path, const Law& law, std::uint32_t event, double start,
                       std::vector<Outage>& out) const;
  double length(std::size_t year) const;
  double severity(std::uint64_t path, std::uint32_t event) const;

  const OutageEntity& entity_;
  double horizon_;
  Duration duration_;
  ParameterSampler parameters_;
  std::uint32_t parameter_groups_;
  random::Beta partial_severity_;
  random::Stream counts_, times_, durations_, severities_, claims_, aftershock_counts_, aftershock_delays_;
};

}  // namespace hedgerow::models
