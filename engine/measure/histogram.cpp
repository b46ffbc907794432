#include "engine/measure/histogram.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/check.hpp"
#include "engine/measure/quantile.hpp"

namespace hedgerow::measure {
namespace {

constexpr double bins_of_the_body = 40.0;
constexpr double most_bins = 500.0;

/// What a bin should span: a part of the body, or of all that is shown where the body is one value.
double wanted_width(double size, double body, double all) {
  const double smallest = 1e-12 * size;
  if (all <= smallest) return size > 0.0 ? size / bins_of_the_body : 1.0;
  return std::max(body / bins_of_the_body, all / most_bins * 1.01);
}

}  // namespace

double nice_width(double x) {
  validate(std::isfinite(x) && x > 0.0, "a width must be positive");
  const double decade = std::pow(10.0, std::floor(std::log10(x)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * decade >= x) return factor * decade;
  return 10.0 * decade;
}

Histogram histogram(const SortedSample& sample) {
  validate(!sample.weighted(), "a histogram needs a sample without weights");
  const double low = quantile(sample, 0.001), high = quantile(sample, 0.999);
  const double body = quantile(sample, 0.95) - quantile(sample, 0.05);
  Histogram all;
  all.width = nice_width(wanted_width(std::max(std::abs(low), std::abs(high)), body, high - low));
  const double first = std::floor(low / all.width), last = std::floor(high / all.width);
  all.first = first * all.width;
  std::size_t rank = sample.count_below(all.first);
  all.below = rank;
  for (double bin = first; bin <= last; bin += 1.0) {
    const std::size_t next = sample.count_below((bin + 1.0) * all.width);
    all.counts.push_back(next - rank);
    rank = next;
  }
  all.above = sample.size() - rank;
  return all;
}

}  // namespace hedgerow::measure
