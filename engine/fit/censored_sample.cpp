#include "engine/fit/censored_sample.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/check.hpp"

namespace hedgerow::fit {

std::size_t count_observed(const CensoredSample& sample) {
  std::size_t observed = 0;
  for (const CensoredValue& x : sample) {
    validate(x.value > 0.0 && std::isfinite(x.value), "value of a sample out of range (must be > 0, finite)");
    observed += !x.censored;
  }
  return observed;
}

CensoredSample excesses_over(const CensoredSample& sample, double threshold) {
  CensoredSample excesses;
  for (const CensoredValue& x : sample)
    if (x.value > threshold) excesses.push_back({x.value - threshold, x.censored, x.limit - threshold});
  return excesses;
}

CensoredSample censored_at(const CensoredSample& sample, double threshold) {
  CensoredSample body = sample;
  for (CensoredValue& x : body) {
    x.censored = x.censored || x.value > threshold;
    x.value = std::min(x.value, threshold);
    x.limit = std::min(x.limit, threshold);
  }
  return body;
}

}  // namespace hedgerow::fit
