#pragma once
// Counts that share a gamma frailty, drawn as the outage model draws them: each path has one gamma
// variable of mean 1, each entity a Poisson count from its own stream (docs/model/outages.md).

#include <cmath>
#include <string>

#include "engine/random/gamma.hpp"
#include "engine/random/poisson.hpp"
#include "engine/random/stream.hpp"
#include "engine/random/tabulated_quantile.hpp"

namespace hedgerow::test {

class Frailty {
 public:
  Frailty(std::uint64_t seed, double variance)
      : stream_(seed, "industry", "outage/frailty"), quantile_(random::Gamma(1.0 / variance, variance)) {}
  double draw(std::uint64_t path) const { return quantile_.quantile(stream_.uniform(path, 0)); }

 private:
  random::Stream stream_;
  random::TabulatedQuantile quantile_;
};

class EntityCount {
 public:
  EntityCount(std::uint64_t seed, const std::string& entity, double rate)
      : stream_(seed, entity, "outage/count"), rate_(rate) {}
  std::uint32_t draw(std::uint64_t path, double multiplier) const {
    return random::Poisson(rate_ * multiplier).quantile(stream_.uniform(path, 0));
  }

 private:
  random::Stream stream_;
  double rate_;
};

}  // namespace hedgerow::test
