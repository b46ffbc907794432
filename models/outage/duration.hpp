#pragma once
// How long an outage lasts [h], by inversion of one uniform (docs/model/outages.md).

#include <span>
#include <variant>

#include "engine/random/lognormal.hpp"
#include "engine/random/spliced.hpp"
#include "engine/random/weibull.hpp"
#include "models/scenario/input.hpp"

namespace hedgerow::models {

/// A duration law ready to draw from.
class Duration {
 public:
  /// Throws InvalidInput where a parameter is out of range or the mean is infinite.
  explicit Duration(const DurationLaw& law);

  double quantile(double u) const;                   ///< [h]; u in (0, 1)
  void quantiles(std::span<double> uniforms) const;  ///< replaces many by their quantiles; the same bits
  double mean() const;                               ///< [h]
  /// Index xi of a generalised Pareto tail, 0 where every moment is finite; D^g has an infinite variance from
  /// xi >= 1 / (2 g) on, and then no standard error can be trusted.
  double tail_index() const;

 private:
  struct Fixed {
    double hours;
    double quantile(double) const { return hours; }
    double mean() const { return hours; }
  };
  using Law = std::variant<random::Lognormal, random::Weibull, Fixed, random::Spliced<random::Lognormal>,
                           random::Spliced<random::Weibull>>;
  static Law build(const DurationLaw& law);

  Law law_;
};

}  // namespace hedgerow::models
