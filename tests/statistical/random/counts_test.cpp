// Poisson counts, and the negative binomial counts that a gamma frailty makes of them.

#include <doctest/doctest.h>

#include <array>
#include <numeric>
#include <vector>

#include "frailty_counts.hpp"
#include "tests/support/compound_law.hpp"
#include "tests/support/goodness_of_fit.hpp"
#include "tests/support/sample_mean.hpp"

namespace counts_test {

using namespace hedgerow::random;
using namespace hedgerow::test;

namespace {

constexpr double size = 0.01;
constexpr std::uint64_t points = 1'000'000;
constexpr std::array poisson_means = {0.02, 0.5, 2.0, 9.5, 49.9, 50.1, 300.0, 10000.0};
constexpr int comparisons = poisson_means.size() + 2;  // and two negative binomial laws

// P-value of drawn counts against a pmf; what lies beyond it is one more cell.
template <class Draw>
double count_p_value(const std::vector<double>& pmf, Draw draw) {
  std::vector<double> observed(pmf.size() + 1, 0.0), expected;
  for (std::uint64_t path = 0; path < points; ++path) {
    const std::size_t n = draw(path);
    ++observed[std::min(n, pmf.size())];
  }
  for (double p : pmf) expected.push_back(p * points);
  expected.push_back(std::max(0.0, 1.0 - std::accumulate(pmf.begin(), pmf.end(), 0.0)) * points);
  return pooled_chi_square_p_value(observed, expected);
}

}  // namespace

TEST_CASE("Poisson counts of small and large means pass chi-square and have their mean") {
  for (double mean : poisson_means) {
    const EntityCount entity(31, "mean " + std::to_string(mean), mean);
    SampleMean sample;
    const auto draw = [&](std::uint64_t path) {
      const std::uint32_t n = entity.draw(path, 1.0);
      sample.add(n);
      return n;
    };
    const auto cells = static_cast<std::size_t>(mean + 8.0 * std::sqrt(mean) + 20.0);
    CAPTURE(mean);
    CHECK(count_p_value(poisson_pmf(mean, cells), draw) > size / comparisons);
    CHECK(sample.agrees_with(mean, 0.0011 * std::sqrt(mean)));
  }
}

TEST_CASE("counts with a gamma frailty pass chi-square against the negative binomial law") {
  for (double v : {0.5, 4.0}) {
    const Frailty frailty(32, v);
    const EntityCount entity(32, "aws", 2.0);
    const auto draw = [&](std::uint64_t path) { return entity.draw(path, frailty.draw(path)); };
    CAPTURE(v);
    CHECK(count_p_value(negative_binomial_pmf(2.0, v, 200), draw) > size / comparisons);
  }
}

TEST_CASE("counts with a gamma frailty have the published probabilities and variance O1") {
  const Frailty frailty(33, 0.5);
  const EntityCount entity(33, "aws", 2.0);
  std::array<SampleMean, 6> probability;
  SampleMean tail, square;
  for (std::uint64_t path = 0; path < 4 * points; ++path) {
    const std::uint32_t n = entity.draw(path, frailty.draw(path));
    for (std::uint32_t k = 0; k < probability.size(); ++k) probability[k].add(n == k ? 1.0 : 0.0);
    tail.add(n >= 8 ? 1.0 : 0.0);
    square.add((n - 2.0) * (n - 2.0));
  }
  const std::array published = {0.25, 0.25, 0.1875, 0.125, 0.078125, 0.046875};
  for (std::size_t k = 0; k < published.size(); ++k) CHECK(probability[k].agrees_with(published[k], 2.5e-4));
  CHECK(tail.agrees_with(0.01953125, 1e-4));
  CHECK(square.agrees_with(4.0, 6e-3));
}

TEST_CASE("two entities that share a frailty have the published joint law O2") {
  struct Published {
    double weight, none, correlation;
  };
  for (const Published& known :
       {Published{1.0, 0.16, 0.4082482905}, Published{0.6, 0.0834332997, 0.2009449263}}) {
    const Frailty frailty(34, 0.5);
    const EntityCount first(34, "aws", 2.0), second(34, "azure", 1.0);
    const double own_variance = 0.5 * known.weight * known.weight;
    const double scale = std::sqrt((2.0 + 4.0 * own_variance) * (1.0 + own_variance));
    SampleMean none, product;
    for (std::uint64_t path = 0; path < 4 * points; ++path) {
      const double multiplier = 1.0 - known.weight + known.weight * frailty.draw(path);
      const std::uint32_t a = first.draw(path, multiplier), b = second.draw(path, multiplier);
      none.add(a + b == 0 ? 1.0 : 0.0);
      product.add((a - 2.0) * (b - 1.0) / scale);
    }
    CAPTURE(known.weight);
    CHECK(none.agrees_with(known.none, 2e-4));
    CHECK(product.agrees_with(known.correlation, 1.2e-3));
  }
}

}  // namespace counts_test
