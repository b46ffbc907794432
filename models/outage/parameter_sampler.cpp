#include "models/outage/parameter_sampler.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/random/gamma.hpp"
#include "engine/random/normal.hpp"

namespace hedgerow::models {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double largest_sigma = 10.0, smallest_shape = 0.05, largest_shape = 1000.0;
constexpr double smallest_tail_index = -0.5 + 1e-9, largest_tail_index = 1.0 - 1e-9;  // both ends are out
constexpr std::uint32_t numbers_of_a_law = 4;

/// A parameter with a standard error, and what it may be.
struct Bounded {
  double value, error;
  double low, high;
};

/// The normal score of a parameter given that it stays within its bounds, by inversion.
double score_within(const Bounded& p, double u) {
  if (p.error == 0.0) return random::normal_quantile(u);
  const double low = (p.low - p.value) / p.error, high = (p.high - p.value) / p.error;
  const double below = random::normal_cdf(low), above = random::normal_cdf(-high);
  const double inside = std::clamp(below + u * (1.0 - below - above), 0x1p-53, 1.0 - 0x1p-53);
  return std::clamp(random::normal_quantile(inside), low, high);
}

/// Two parameters of which the first is bounded: the second follows it (Cholesky factor of the correlation).
struct Pair {
  double bounded, other;  // what is added to each
};
Pair draw(const Bounded& first, double second_error, double correlation, double u, double v) {
  const double score = score_within(first, u);
  const double other =
      correlation * score + std::sqrt(1.0 - correlation * correlation) * random::normal_quantile(v);
  return {first.error * score, second_error * other};
}

LognormalDuration drawn(const LognormalDuration& law, double u, double v) {
  if (!law.posterior) return law;
  const auto& [log_median, log_sigma, correlation] = *law.posterior;
  const Pair change = draw({std::log(law.sigma), log_sigma, -infinity, std::log(largest_sigma)}, log_median,
                           correlation, u, v);
  return {Hours(law.median.value * std::exp(change.other)),
          std::min(law.sigma * std::exp(change.bounded), largest_sigma)};
}

WeibullDuration drawn(const WeibullDuration& law, double u, double v) {
  if (!law.posterior) return law;
  const auto& [log_shape, log_scale, correlation] = *law.posterior;
  const Pair change =
      draw({std::log(law.shape), log_shape, std::log(smallest_shape), std::log(largest_shape)}, log_scale,
           correlation, u, v);
  return {std::clamp(law.shape * std::exp(change.bounded), smallest_shape, largest_shape),
          Hours(law.scale.value * std::exp(change.other))};
}

SplicedDuration drawn_tail(SplicedDuration law, double u, double v) {
  if (!law.posterior) return law;
  const auto& [tail_index, log_tail_scale, correlation] = *law.posterior;
  const Pair change = draw({law.tail_index, tail_index, smallest_tail_index, largest_tail_index},
                           log_tail_scale, correlation, u, v);
  law.tail_index = std::clamp(law.tail_index + change.bounded, smallest_tail_index, largest_tail_index);
  law.tail_scale = Hours(law.tail_scale.value * std::exp(change.other));
  law.posterior.reset();
  return law;
}

bool is_open(const FixedDuration&) { return false; }
template <class Law>
bool is_open(const Law& law) {
  return law.posterior.has_value();
}
bool is_open(const SplicedDuration& law) {
  return law.posterior || std::visit([](const auto& body) { return is_open(body); }, law.body);
}

}  // namespace

DurationLaw drawn_law(const DurationLaw& law, std::array<double, 4> uniforms) {
  const auto& [u, v, tail_u, tail_v] = uniforms;
  if (const auto* spliced = std::get_if<SplicedDuration>(&law)) {
    SplicedDuration tailed = drawn_tail(*spliced, tail_u, tail_v);
    std::visit([&, u = u, v = v](auto& body) { body = drawn(body, u, v); }, tailed.body);
    return tailed;
  }
  if (const auto* lognormal = std::get_if<LognormalDuration>(&law)) return drawn(*lognormal, u, v);
  if (const auto* weibull = std::get_if<WeibullDuration>(&law)) return drawn(*weibull, u, v);
  return law;
}

bool has_posterior(const DurationLaw& law) {
  return std::visit([](const auto& form) { return is_open(form); }, law);
}

bool has_posterior(const OutageEntity& entity) {
  return entity.rate_posterior.has_value() || has_posterior(entity.duration);
}

RateTables::Table RateTables::of(double events) {
  Table& table = tables_[events];
  if (!table) table = std::make_shared<random::TabulatedQuantile>(random::Gamma(events, 1.0 / events));
  return table;
}

ParameterSampler::ParameterSampler(const OutageEntity& entity, std::uint64_t seed, RateTables& tables,
                                   random::SobolPoints* points)
    : rate_(entity.rate.value),
      rates_(seed, entity.name, "outage/theta-rate",
             random::LeadingDraws::take(points, entity.rate_posterior ? 1 : 0)),
      laws_(seed, entity.name, "outage/theta-duration",
            random::LeadingDraws::take(points, has_posterior(entity.duration) ? numbers_of_a_law : 0)) {
  if (entity.rate_posterior) rate_factor_ = tables.of(entity.rate_posterior->events);
  if (has_posterior(entity.duration)) uncertain_law_ = entity.duration;
}

OutageParameters ParameterSampler::sample(std::uint64_t draw) const {
  OutageParameters here{rate_};
  if (rate_factor_) here.rate *= rate_factor_->quantile(rates_.uniform(draw, 0));
  if (!uncertain_law_) return here;
  std::array<double, numbers_of_a_law> uniforms;
  laws_.uniforms(draw, uniforms);
  here.duration_law = drawn_law(*uncertain_law_, uniforms);
  return here;
}

}  // namespace hedgerow::models
