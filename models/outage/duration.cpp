#include "models/outage/duration.hpp"

#include <algorithm>
#include <cmath>

#include "engine/random/batch.hpp"

namespace hedgerow::models {
namespace {

random::Lognormal body(const LognormalDuration& law) { return {law.median.value, law.sigma}; }
random::Weibull body(const WeibullDuration& law) { return {law.shape, law.scale.value}; }

}  // namespace

Duration::Duration(const DurationLaw& law) : law_(build(law)) {
  validate(mean() > 0.0 && std::isfinite(mean()), "duration must have a finite mean above 0");
}

Duration::Law Duration::build(const DurationLaw& law) {
  if (const auto* lognormal = std::get_if<LognormalDuration>(&law)) return body(*lognormal);
  if (const auto* weibull = std::get_if<WeibullDuration>(&law)) return body(*weibull);
  if (const auto* fixed = std::get_if<FixedDuration>(&law)) return Fixed{fixed->value.value};
  const auto& spliced = std::get<SplicedDuration>(law);
  const random::GeneralizedPareto tail(spliced.tail_index, spliced.tail_scale.value);
  return std::visit(
      [&](const auto& terms) -> Law { return random::Spliced(body(terms), spliced.threshold.value, tail); },
      spliced.body);
}

double Duration::quantile(double u) const {
  return std::visit([&](const auto& law) { return law.quantile(u); }, law_);
}

void Duration::quantiles(std::span<double> uniforms) const {
  if (const auto* const lognormal = std::get_if<random::Lognormal>(&law_)) {
    random::normal_quantile_batch(uniforms);
    for (double& value : uniforms) value = lognormal->median * std::exp(lognormal->sigma * value);
    return;
  }
  for (double& value : uniforms) value = quantile(value);
}

double Duration::mean() const {
  return std::visit([](const auto& law) { return law.mean(); }, law_);
}

double Duration::tail_index() const {
  const auto index = [](const auto& law) {
    if constexpr (requires { law.tail(); })
      return std::max(0.0, law.tail().tail_index);
    else
      return 0.0;
  };
  return std::visit(index, law_);
}

}  // namespace hedgerow::models
