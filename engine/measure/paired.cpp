#include "engine/measure/paired.hpp"

#include <cmath>

#include "engine/base/check.hpp"
#include "engine/measure/moments.hpp"

namespace hedgerow::measure {
namespace {

void validate_columns(std::span<const double> a, std::span<const double> b) {
  validate(a.size() == b.size(),
           "paired columns differ in length (one value per path each) compare runs with the same paths");
  validate(!a.empty(), "paired columns are empty (at least one path is needed) run some paths first");
}

}  // namespace

PairedComparison compare_paired(std::span<const double> a, std::span<const double> b) {
  validate_columns(a, b);
  Moments difference;
  Moments below;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference.add(a[i] - b[i]);
    below.add(a[i] < b[i] ? 1.0 : 0.0);
  }
  validate(std::isfinite(difference.m2),
           "a paired difference is not a number or infinite (all must be finite) "
           "look for the path that made it");
  Estimate fraction = below.estimate();
  if (below.m2 == 0.0) fraction.standard_error.reset();
  return {a.size(), difference.estimate(), fraction};
}

Estimate shortfall_difference(std::span<const double> a, std::span<const double> b,
                              const Shortfall& shortfall_a, const Shortfall& shortfall_b) {
  validate_columns(a, b);
  Moments influence;
  for (std::size_t i = 0; i < a.size(); ++i)
    influence.add(shortfall_a.influence(a[i]) - shortfall_b.influence(b[i]));
  Estimate difference{shortfall_a.value - shortfall_b.value, influence.standard_error()};
  if (!shortfall_a.resolved || !shortfall_b.resolved) difference.standard_error.reset();
  return difference;
}

}  // namespace hedgerow::measure
