#pragma once
// The market of scarce capacity: a two-state Markov chain in continuous time (docs/model/pricing.md).

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/random/stream.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// Whether capacity is scarce at the start of each month, k = 0 .. months (the last one is the horizon).
using ScarcityPath = std::vector<bool>;

class ScarcitySampler {
 public:
  ScarcitySampler(const std::optional<Scarcity>& scarcity, const Horizon& horizon, std::uint64_t seed,
                  random::SobolPoints* points = nullptr);
  void sample(std::uint64_t path, ScarcityPath& out) const;

 private:
  std::optional<Scarcity> scarcity_;
  std::size_t months_;
  random::Stream sojourns_;
};

}  // namespace hedgerow::models
