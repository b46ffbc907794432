#pragma once
// Could a sample have come from the law that was fitted to it?

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "engine/base/check.hpp"
#include "engine/fit/survival_curve.hpp"
#include "engine/random/stream.hpp"

namespace hedgerow::fit {

/// P(a sample of `count` from a uniform law on (0, 1) is so far from it, in Kolmogorov's distance). The
/// series of Kolmogorov 1933 at Stephens' (1970) argument: within 0.01 of exact from count = 5 on.
double kolmogorov_p_value(double distance, std::size_t count);

/// How far a fitted law is from its sample.
struct GoodnessOfFit {
  double distance = 0.0;  ///< greatest, between law and survival curve
  std::optional<double>
      p_value;  ///< P(so far or farther under that law); none where no sample could be refitted
};

/// Draws samples as the given one was drawn, from the fitted law and censored at the same limits, fits each
/// anew and compares distances: fitting makes a law look closer than it is, and the tables of Kolmogorov do
/// not know it (parametric bootstrap; Stute, Gonzalez Manteiga & Presedo Quindimil 1993). `fit`: from a
/// CensoredSample to something with a member `law`; may throw InvalidInput for a drawn sample.
template <class Fit>
GoodnessOfFit goodness_of_fit(const CensoredSample& sample, Fit fit, std::uint64_t seed,
                              unsigned draws = 199) {
  const auto fitted = fit(sample);
  const random::Stream stream(seed, "fit", "goodness");
  GoodnessOfFit result{distance_to(fitted.law, survival_curve(sample)), std::nullopt};
  unsigned fits = 0, farther = 0;
  for (std::uint64_t draw = 0; draw < draws; ++draw) {
    CensoredSample drawn = sample;
    for (std::uint32_t i = 0; i < drawn.size(); ++i) {
      const double x = fitted.law.quantile(stream.uniform(draw, i));
      drawn[i].censored = x > sample[i].limit;
      drawn[i].value = std::min(x, sample[i].limit);
    }
    try {
      farther += distance_to(fit(drawn).law, survival_curve(drawn)) >= result.distance;
      ++fits;
    } catch (const InvalidInput&) {  // a sample that no law of this kind fits is no evidence either way
    }
  }
  if (fits > 0) result.p_value = (farther + 1.0) / (fits + 1.0);
  return result;
}

}  // namespace hedgerow::fit
