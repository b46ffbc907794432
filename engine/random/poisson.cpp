#include "engine/random/poisson.hpp"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "engine/random/normal.hpp"
#include "engine/random/special_functions.hpp"

namespace hedgerow::random {
namespace {

namespace bm = boost::math;
using detail::quiet;

// Up to this mean, adding the probabilities from 0 upwards is the fastest way.
constexpr double sequential_mean_limit = 50.0;
// Above this uniform, a sum that approaches 1 has lost the digits of the upper tail.
constexpr double sequential_uniform_limit = 1.0 - 0x1p-20;

std::uint32_t sequential_quantile(double mean, double u) {
  double probability = std::exp(-mean);
  double sum = probability;
  std::uint32_t n = 0;
  while (sum < u) {
    ++n;
    probability *= mean / n;
    sum += probability;
  }
  return n;
}

// Cornish & Fisher 1938 to third order; within a step or two of the quantile for means above 10.
std::uint32_t approximate_quantile(double mean, double u) {
  const double z = normal_quantile(u);
  const double root = std::sqrt(mean);
  const double x = mean + root * z + (z * z - 1.0) / 6.0 + (z - z * z * z) / (72.0 * root);
  return static_cast<std::uint32_t>(std::max(0.0, std::ceil(x - 0.5)));
}

// Walks from the approximate quantile to the exact one, comparing the smaller tail.
std::uint32_t corrected_quantile(const Poisson& law, double u) {
  const auto reaches = [&](std::uint32_t n) {
    return u <= 0.5 ? law.cdf(n) >= u : law.survival(n) <= 1.0 - u;
  };
  std::uint32_t n = approximate_quantile(law.mean_count, u);
  while (!reaches(n)) ++n;
  while (n > 0 && reaches(n - 1)) --n;
  return n;
}

}  // namespace

std::uint32_t Poisson::quantile(double u) const {
  HEDGEROW_EXPECT(u > 0.0 && u < 1.0);
  if (mean_count == 0.0) return 0;
  const bool sequential = mean_count <= sequential_mean_limit && u <= sequential_uniform_limit;
  return sequential ? sequential_quantile(mean_count, u) : corrected_quantile(*this, u);
}

double Poisson::pmf(std::uint32_t n) const {
  if (mean_count == 0.0) return n == 0 ? 1.0 : 0.0;
  return bm::gamma_p_derivative(n + 1.0, mean_count, quiet);
}

double Poisson::cdf(std::uint32_t n) const { return bm::gamma_q(n + 1.0, mean_count, quiet); }

double Poisson::survival(std::uint32_t n) const { return bm::gamma_p(n + 1.0, mean_count, quiet); }

}  // namespace hedgerow::random
