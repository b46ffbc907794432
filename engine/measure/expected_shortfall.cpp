#include "engine/measure/expected_shortfall.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/check.hpp"
#include "engine/measure/moments.hpp"
#include "engine/measure/quantile.hpp"

namespace hedgerow::measure {
namespace {

// phi at q: the part of the atom that is still missing from a tail of probability 1 - alpha.
double atom_weight(const SortedSample& sample, double q, double target) {
  const double above = sample.tail_probability(q);
  const double atom = sample.tail_probability_from(sample.count_below(q)) - above;
  return atom > 0.0 ? std::max(0.0, target - above) / atom : 0.0;
}

// sd(influence) / sqrt(n) when every value up to q has the same influence: one pass over the tail.
double tail_standard_error(const SortedSample& sample, const Shortfall& s) {
  const std::size_t first = sample.count_up_to(s.quantile);
  Moments influence;
  for (std::size_t r = first; r < sample.size(); ++r)
    influence.add(s.influence(sample.value(r), sample.weight(r)));
  influence.merge({first, s.influence(s.quantile), 0.0});
  return influence.standard_error().value_or(0.0);
}

double ratio_standard_error(const SortedSample& sample, const Shortfall& s) {
  Moments influence;
  for (std::size_t r = 0; r < sample.size(); ++r)
    influence.add(s.influence(sample.value(r), sample.weight(r)));
  return influence.standard_error().value_or(0.0);
}

}  // namespace

double Shortfall::influence(double x, double w) const {
  const double excess = std::max(0.0, x - quantile) / (1.0 - alpha);
  if (alpha < 0.5) return w / normaliser * (excess - (value - quantile));
  return w * excess - (value - quantile);
}

Shortfall shortfall(const SortedSample& sample, double alpha) {
  Shortfall s;
  s.alpha = alpha;
  s.quantile = quantile(sample, alpha);
  s.normaliser = weight_normaliser(sample, alpha);
  s.atom_weight = atom_weight(sample, s.quantile, (1.0 - alpha) * s.normaliser);
  s.resolved = sample.count_below(s.quantile) + 2 <= sample.size();

  double excess = 0.0;
  for (std::size_t r = sample.count_up_to(s.quantile); r < sample.size(); ++r)
    excess += sample.weight(r) * (sample.value(r) - s.quantile);
  s.value = s.quantile + s.scale() * excess / static_cast<double>(sample.size());
  return s;
}

Estimate expected_shortfall(const SortedSample& sample, double alpha, ShortfallOptions options) {
  const Shortfall s = shortfall(sample, alpha);
  if (options.infinite_variance || !s.resolved) return {s.value, std::nullopt};
  const bool ratio = sample.weighted() && alpha < 0.5;
  return {s.value, ratio ? ratio_standard_error(sample, s) : tail_standard_error(sample, s)};
}

}  // namespace hedgerow::measure
