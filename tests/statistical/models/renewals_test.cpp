// Contracts on random prices: renewals by bargaining (W-3) and commitments (O14).

#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "models/simulate.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/sample_mean.hpp"
#include "tests/support/standard_errors.hpp"
#include "tests/support/worlds.hpp"

namespace renewals_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

TEST_CASE("W-3: the mean price of A that stands in month 36: renewed, or the old one under notice") {
  // The printed mean keeps the locked price, .8 * 2, where A is under notice and no renewal takes place.
  const Scenario scenario(worlds::w3());
  const Simulation simulation(scenario, 121);
  World world;
  Outcome outcome;
  SampleMean standing[2], difference;
  for (std::uint64_t path = 0; path < 150'000; ++path) {
    simulation.sample(path, world);
    double price[2] = {1.6, 1.6};
    for (std::size_t s = 0; s < 2; ++s) {
      simulation.evaluate(world, StrategyId(s), outcome);
      bool renewed = false;
      for (const RenewalEvent& renewal : outcome.prices.renewals)
        if (renewal.provider == ProviderId(0) && renewal.month == 36) {
          price[s] = renewal.agreement.price;
          renewed = true;
        }
      CHECK(renewed == (outcome.deliveries[ProviderId(0)].notice_month > 36));
      standing[s].add(price[s]);
    }
    difference.add(price[0] - price[1]);
  }
  const double printed[] = {1.2999, 1.2128};  // +- .0005, from a simulation of their own
  for (std::size_t s = 0; s < 2; ++s)
    check_within_4_se({standing[s].mean(), std::hypot(standing[s].standard_error(), 0.0005)}, printed[s],
                      0.0015);
  check_within_4_se({difference.mean(), std::hypot(difference.standard_error(), 0.0005)}, 1.2999 - 1.2128,
                    0.0007);
}

TEST_CASE("O14: a commitment of 100 against spend that is lognormal around 110") {
  const double v = 0.30, d2 = std::log(110.0 / 100.0) / v - 0.5 * v;
  const boost::math::normal normal;
  const double exact = 100.0 * boost::math::cdf(normal, -d2) - 110.0 * boost::math::cdf(normal, -d2 - v);
  CHECK(agrees_to_decimals(exact, 8.1410120490, 9));

  // Only month 24 counts: the first of the third contract year and the last of the horizon. Price and
  // demand share the variance v^2 of two years.
  ScenarioInput input = worlds::plain({{"A", 1.0}}, 110.0 / 730.0);
  input.horizon.months = 25;
  input.horizon.discount_rate = PerYear(0.0);
  input.providers["A"].list_price = worlds::list_price(1.0, 0.0, std::sqrt(0.02), std::nullopt, 0.0);
  input.workloads["load"].demand_volatility = std::sqrt(0.025);
  Contract& contract = input.strategies[0].second.contracts["A"];
  contract.term_months = 12;
  contract.commitment = {0.0, 0.0, 12 * 100.0};
  const Assessment run = assess(worlds::study(input, 150'000, 122), test::whole_only());
  check_within_4_se(run.strategies[0].measure("commitment_shortfall").mean, exact, 0.04);
}

}  // namespace renewals_test
