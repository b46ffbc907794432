// What-if answers against what they must be in expectation (docs/model/answers.md).

#include <cmath>
#include <map>

#include "models/assess/what_if/break_even.hpp"
#include "models/assess/what_if/corridor.hpp"
#include "models/assess/what_if/waterfall.hpp"
#include "tests/support/sample_mean.hpp"
#include "tests/support/standard_errors.hpp"
#include "tests/support/worlds.hpp"

namespace what_if_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

constexpr double to_scarce = 0.8, to_normal = 1.5;  // [1/yr]

/// Expected hours unserved when `units` of 10 000 leave at 8000 a year, 4000 in scarcity, with six months'
/// notice: forward over (state of the market, scarce months so far), which are a Markov chain on month
/// starts.
double expected_hours(double units) {
  const double settled = to_scarce / (to_scarce + to_normal);
  const double kept = std::exp(-(to_scarce + to_normal) / 12.0);
  const double up = settled * (1.0 - kept), down = (1.0 - settled) * (1.0 - kept);
  std::map<std::pair<bool, int>, double> law{{{false, 0}, 1.0}};
  double hours = 0.0;
  for (int month = 1; month < 84; ++month) {
    std::map<std::pair<bool, int>, double> next;
    for (const auto& [state, probability] : law) {
      const auto& [scarce, months] = state;
      next[{true, months + 1}] += probability * (scarce ? 1.0 - down : up);
      next[{false, months}] += probability * (scarce ? down : 1.0 - up);
    }
    law = next;
    if (month < 6) continue;
    for (const auto& [state, probability] : law)
      hours += probability * std::max(0.0, units - (8000.0 * month - 4000.0 * state.second) / 12.0) /
               10'000.0 * 730.0;
  }
  return hours;
}

}  // namespace

TEST_CASE("expected hours after a severance today, over the market's futures") {
  for (const double share : {0.3, 0.45, 0.6, 0.9}) {
    ScenarioInput input = worlds::plain({{"A", share}, {"B", 1.0 - share}}, 10'000.0, 1.0);
    input.market.scarcity = Scarcity{PerYear(to_scarce), PerYear(to_normal)};
    input.providers["B"].provisioning = Provisioning{UnitsPerYear(8000), {}};
    const measure::Estimate hours = corridors(worlds::study(input, 1, 131), 1).front().today.unserved_hours;
    const double exact = expected_hours(10'000.0 * share);
    check_within_4_se(hours, exact, 0.05 * exact + 1.0);
  }
}

TEST_CASE("a break-even discount on floating prices, and its error") {
  // Half of A's bill against half of C's: 1 - delta = V_A / V_C, V = sum_k S(0) exp((mu - r) k / 12).
  ScenarioInput input = worlds::plain({{"A", 1.0}, {"C", 0.0}}, 100.0);
  input.providers["A"].list_price = worlds::list_price(1.0, -0.10, 0.15, std::nullopt, 0.0);
  input.providers["C"].list_price =
      worlds::list_price(1.3, -0.05, 0.25, PriceJumps{PerYear(0.5), -0.1, 0.2}, 0.0);
  input.strategies.emplace_back("half", input.strategies[0].second);
  input.strategies[1].second.workloads["load"].placement = {{"A.r", 0.5}, {"C.r", 0.5}};
  double at_a = 0.0, at_c = 0.0;
  for (int k = 0; k < 84; ++k) {
    at_a += std::exp(-0.18 * k / 12.0);
    at_c += 1.3 * std::exp(-0.13 * k / 12.0);
  }
  const double exact = 1.0 - at_a / at_c;

  constexpr int seeds = 100;
  constexpr std::uint64_t paths = 512;
  SampleMean errors;
  double squares = 0.0;  // of errors over their standard errors: chi-square with `seeds` degrees of freedom
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const measure::Estimate found =
        *break_evens(worlds::study(input, paths, seed), paths, 1).front().break_even;
    const double error = found.value - exact;
    errors.add(error);
    squares += error * error / (*found.standard_error * *found.standard_error);
  }
  CHECK(errors.agrees_with(0.0, 0.002));
  CHECK(std::abs(squares / seeds - 1.0) <= 4.0 * std::sqrt(2.0 / seeds));
}

TEST_CASE("W-2: outages are all that separates the strategies, by as much as was worked out elsewhere") {
  const Waterfall waterfall = waterfalls(worlds::study(worlds::w2(), 8192, 132), 8192, 0).front();
  const measure::Estimate outage = waterfall.steps[static_cast<std::size_t>(Feature::outage)].increment;
  check_within_4_se({outage.value, std::hypot(*outage.standard_error, 998.0)}, -1'538'892.0, 14'000.0);
  CHECK(std::abs(outage.value - waterfall.difference.value) <= 1e-6);
  CHECK(std::abs(waterfall.rest.value) <= 1e-6);
}

}  // namespace what_if_test
