#pragma once
// Gamma frailty: in some years outages come thicker for everybody who shares a factor.
// CreditRisk+ (1997), App. A7-A12; Rudolph & Schmock (2020), Risks 8(2):43.

#include <cstdint>
#include <optional>
#include <span>
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

/// Draws Gamma_{k,y} ~ Gamma(shape a = 1/v_k, scale v_k), independent by factor. From year to year a factor
/// is independent too, or follows the beta-gamma autoregression of Lewis, McKenzie & Hugus (1989),
///   G_y = B_y G_{y-1} + E_y,  B ~ Beta(a rho, a (1 - rho)),  E ~ Gamma(a (1 - rho), 1),  Gamma_y = v G_y,
/// which keeps the gamma law and has correlation rho^h over h years (docs/model/outages.md).
class FrailtySampler {
 public:
  /// The independent draws come from `points` where there are any.
  FrailtySampler(const Scenario& scenario, std::uint64_t seed, random::SobolPoints* points = nullptr);
  void sample(std::uint64_t path, FrailtyPath& out) const;

  /// M_e(y) = w_0 + sum_k w_k Gamma_{k,y}: multiplies the entity's rate in that year; mean 1.
  static double multiplier(const OutageEntity& entity, const FrailtyPath& path, std::size_t year);

 private:
  struct Persistence {
    double rho;
    random::Stream kept, fresh;
    std::optional<random::TabulatedQuantile> kept_table, fresh_table;  ///< nothing at rho = 1
  };
  struct FactorDraws {
    random::Stream stream;
    std::optional<std::size_t> table;        ///< nothing: variance 0, or no entity uses the factor
    std::optional<Persistence> persistence;  ///< nothing: independent years
  };
  static Persistence persistence_of(const Factor& factor, std::uint64_t seed);
  static void persist(const Persistence& terms, double variance, std::uint64_t path, std::span<double> years);

  std::size_t years_;
  std::vector<FactorDraws> factors_;
  std::vector<double> variances_;
  std::vector<random::TabulatedQuantile> tables_;  ///< one by distinct variance
};

}  // namespace hedgerow::models
