// Compound sums of counts and severities on {1, 2, 3} against Panjer's recursion and the digits of O3.

#include <doctest/doctest.h>

#include <functional>
#include <vector>

#include "frailty_counts.hpp"
#include "tests/support/compound_law.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/sample_mean.hpp"

namespace compound_test {

using namespace hedgerow::random;
using namespace hedgerow::test;

namespace {

constexpr std::uint64_t points = 4'000'000;
const std::vector<double> severity = {0.5, 0.3, 0.2};

struct Published {
  double level, value_at_risk, expected_shortfall;
  double error_bound;  // of the expected shortfall
};
constexpr Published published_negative_binomial[] = {{0.90, 8, 11.3458886719, 0.01},
                                                     {0.95, 10, 13.5266567993, 0.015},
                                                     {0.99, 15, 18.3771761764, 0.03},
                                                     {0.999, 22, 25.0822860943, 0.1}};
constexpr Published published_poisson[] = {{0.90, 7, 8.7956108534, 0.01},
                                           {0.95, 8, 10.0390104644, 0.015},
                                           {0.99, 11, 12.5716944897, 0.03},
                                           {0.999, 15, 15.9214712139, 0.1}};

int draw_severity(double u) { return u < 0.5 ? 1 : u < 0.8 ? 2 : 3; }

// The sums of all paths; `multiplier(path)` scales the mean count of 2.
std::vector<int> draw_sums(std::uint64_t seed, const std::function<double(std::uint64_t)>& multiplier) {
  const EntityCount count(seed, "aws", 2.0);
  const Stream severities(seed, "aws", "outage/severity");
  std::vector<int> sums;
  for (std::uint64_t path = 0; path < points; ++path) {
    int sum = 0;
    const std::uint32_t n = count.draw(path, multiplier(path));
    for (std::uint32_t event = 0; event < n; ++event) sum += draw_severity(severities.uniform(path, event));
    sums.push_back(sum);
  }
  return sums;
}

void check_mass(const std::vector<int>& sums, const std::vector<double>& pmf) {
  for (int s = 0; s <= 6; ++s) {
    SampleMean probability;
    for (int sum : sums) probability.add(sum == s ? 1.0 : 0.0);
    CHECK(probability.agrees_with(pmf[static_cast<std::size_t>(s)], 2.5e-4));
  }
}

// With q the exact value at risk, q + (S - q)^+ / (1 - level) has mean equal to the expected shortfall
// (Rockafellar & Uryasev 2000); q is right if the sample puts the level between P(S < q) and P(S <= q).
void check_tail(const std::vector<int>& sums, const std::vector<double>& pmf, const Published& known) {
  const TailRisk exact = lattice_tail_risk(pmf, known.level);
  CAPTURE(known.level);
  CHECK(exact.value_at_risk == known.value_at_risk);
  CHECK(agrees_to_decimals(exact.expected_shortfall, known.expected_shortfall, 10));
  SampleMean shortfall, below, up_to;
  for (int sum : sums) {
    const double excess = std::max(0.0, sum - exact.value_at_risk);
    shortfall.add(exact.value_at_risk + excess / (1.0 - known.level));
    below.add(sum < exact.value_at_risk ? 1.0 : 0.0);
    up_to.add(sum <= exact.value_at_risk ? 1.0 : 0.0);
  }
  CAPTURE(shortfall);
  CHECK(shortfall.agrees_with(exact.expected_shortfall, known.error_bound));
  CHECK((below.mean() < known.level && up_to.mean() >= known.level));
}

}  // namespace

TEST_CASE("a negative binomial compound sum agrees with Panjer's recursion O3") {
  const Frailty frailty(41, 0.5);
  const std::vector<int> sums = draw_sums(41, [&](std::uint64_t path) { return frailty.draw(path); });
  const std::vector<double> pmf = panjer_recursion(panjer_negative_binomial(2.0, 0.5), severity, 400);
  CHECK(agrees_to_decimals(pmf[4], 0.0873828125, 10));
  CHECK(agrees_to_decimals(pmf[6], 0.0565561523, 10));
  check_mass(sums, pmf);
  for (const Published& known : published_negative_binomial) check_tail(sums, pmf, known);
  SampleMean mean, square;
  for (int sum : sums) mean.add(sum), square.add((sum - 3.4) * (sum - 3.4));
  CHECK(mean.agrees_with(3.4, 2e-3));
  CHECK(square.agrees_with(12.78, 0.02));
}

TEST_CASE("a Poisson compound sum agrees with Panjer's recursion O3") {
  const std::vector<int> sums = draw_sums(42, [](std::uint64_t) { return 1.0; });
  const std::vector<double> pmf = panjer_recursion(panjer_poisson(2.0), severity, 400);
  check_mass(sums, pmf);
  for (const Published& known : published_poisson) check_tail(sums, pmf, known);
}

}  // namespace compound_test
