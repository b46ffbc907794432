#pragma once
// Gamma frailty: in some years outages come thicker for everybody who shares a factor.
// CreditRisk+ (1997), App. A7-A12; Rudolph & Schmock (2020), Risks 8(2):43.

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/random/stream.hpp"
#include "engine/random/tabulated_quantile.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// Gamma_{k,y}: factor x plan year on one path, each with mean 1.
struct FrailtyPath {
  std::size_t years = 0;
  std::vector<double> values;
  double at(FactorId factor, std::size_t year) const { return values[factor.value * years + year]; }
};

/// Draws Gamma_{k,y} ~ Gamma(shape 1/v_k, scale v_k), independent by factor and year.
class FrailtySampler {
 public:
  FrailtySampler(const Scenario& scenario, std::uint64_t seed);
  void sample(std::uint64_t path, FrailtyPath& out) const;

  /// M_e(y) = w_0 + sum_k w_k Gamma_{k,y}: multiplies the entity's rate in that year; mean 1.
  static double multiplier(const OutageEntity& entity, const FrailtyPath& path, std::size_t year);

 private:
  struct FactorDraws {
    random::Stream stream;
    std::optional<std::size_t> table;  ///< nothing: variance 0, or no entity uses the factor
  };
  std::size_t years_;
  std::vector<FactorDraws> factors_;
  std::vector<random::TabulatedQuantile> tables_;  ///< one by distinct variance
};

}  // namespace hedgerow::models
