// What the bills come to, by price mode, against mixture formulas (docs/model/contracts.md; O14, O15, M18).

#include "tests/support/answers.hpp"
#include "tests/support/jump_prices.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/standard_errors.hpp"
#include "tests/support/worlds.hpp"

namespace contracts_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

Follows follows(PriceMode mode) {
  if (mode == PriceMode::fixed) return Follows::signing;
  return mode == PriceMode::cap ? Follows::lower_of_both : Follows::list;
}

/// Expected present value of 730 h * units * price at the start of every month.
double expected_bills(const JumpDiffusion& price, const ScarcityChain& chain, double premium,
                      const Contract& contract, double units, int months, double r) {
  double sum = 0.0;
  for (int k = 0; k < months; ++k)
    sum += std::exp(-r * k / 12.0) *
           expected_contract_price(price, chain, premium, follows(contract.mode), contract.term_months, k);
  return 730.0 * units * (1.0 - contract.discount) * sum;
}

ScenarioInput buyer_of(const JumpDiffusion& price, double units, double premium,
                       std::optional<Scarcity> scarcity) {
  ScenarioInput input = worlds::plain({{"A", 1.0}}, units);
  input.providers["A"].list_price =
      worlds::list_price(price.initial, price.drift, price.volatility,
                         PriceJumps{PerYear(price.jump_rate), price.jump_mean, price.jump_sd}, premium);
  input.market.scarcity = scarcity;
  return input;
}

const JumpDiffusion o15{2.0, -0.10, 0.15, 0.3, -0.10, 0.20};

}  // namespace

TEST_CASE("O15: bills at the list price, with and without scarcity; M18: no drift from the plan") {
  const ScarcityChain chain{0.25, 0.8};
  CHECK(agrees_to_decimals(expected_bills(o15, chain, 0.25, {}, 1000.0, 84, 0.08), 73'538'161.1795, 3));
  const Assessment with =
      assess(worlds::study(buyer_of(o15, 1000.0, 0.25, Scarcity{PerYear(0.25), PerYear(0.8)}), 60'000, 71),
             test::whole_only());
  check_within_4_se(with.strategies[0].measure("spend").mean, 73'538'161.1795, 120'000.0);

  const Assessment without =
      assess(worlds::study(buyer_of(o15, 1000.0, 0.25, std::nullopt), 60'000, 72), test::whole_only());
  const StrategySummary& strategy = without.strategies[0];
  check_within_4_se(strategy.measure("spend").mean, 70'248'581.3078, 120'000.0);
  CHECK(relative_error(strategy.plan_total_cost, 70'248'581.3078) < 1e-11);
  check_within_4_se(strategy.measure("loss").mean, 0.0, 120'000.0);
}

TEST_CASE("fixed, capped and floating prices, signed again at every expiry, against the mixtures") {
  Dice dice(73);
  for (const PriceMode mode : {PriceMode::fixed, PriceMode::cap, PriceMode::floating})
    for (const int term : {84, 36, 7}) {
      CAPTURE(static_cast<int>(mode));
      CAPTURE(term);
      const JumpDiffusion price{dice.between(0.5, 3.0), dice.between(-0.2, 0.1), dice.between(0.1, 0.3),
                                dice.between(0.1, 1.0), dice.between(-0.2, 0.1), dice.between(0.05, 0.2)};
      const double premium = dice.between(0.1, 0.6), r = dice.between(0.0, 0.2);
      const Scarcity scarcity{PerYear(dice.between(0.2, 1.0)), PerYear(dice.between(0.5, 2.0))};
      Contract contract;
      contract.mode = mode;
      contract.term_months = term;
      contract.discount = dice.between(0.0, 0.4);
      ScenarioInput input = buyer_of(price, 100.0, premium, scarcity);
      input.horizon.discount_rate = PerYear(r);
      input.strategies[0].second.contracts["A"] = contract;
      const double exact = expected_bills(price, {scarcity.to_scarce.value, scarcity.to_normal.value},
                                          premium, contract, 100.0, 84, r);
      const Assessment run = assess(worlds::study(input, 15'000, 74), test::whole_only());
      check_within_4_se(run.strategies[0].measure("spend").mean, exact, 0.006 * exact);
    }
}

TEST_CASE("O14: a lock is worth a put, path by path on the same prices") {
  // Nothing but month 84's price matters: E[fixed - cap] there is E[(1 - S_84)^+], here summed over months.
  ScenarioInput input = buyer_of({1.0, -0.10, 0.15, 0.3, -0.10, 0.20}, 1.0, 0.0, std::nullopt);
  input.horizon.discount_rate = PerYear(0.0);
  StrategyInput base = input.strategies[0].second;
  input.strategies.clear();
  for (const auto& [name, mode] : {std::pair{"fixed", PriceMode::fixed}, {"cap", PriceMode::cap}}) {
    base.contracts["A"].mode = mode;
    base.contracts["A"].term_months = 84;
    input.strategies.emplace_back(name, base);
  }
  const Assessment run = assess(worlds::study(input, 60'000, 75), test::whole_only());
  const JumpDiffusion price{1.0, -0.10, 0.15, 0.3, -0.10, 0.20};
  double puts = 0.0;
  for (int k = 0; k < 84; ++k) puts += 730.0 * price.put(k / 12.0, 1.0);
  CHECK(relative_error(run.strategies[0].measure("spend").mean.value, 84.0 * 730.0) < 1e-12);
  check_within_4_se(run.strategies[1].measure("spend").mean, 84.0 * 730.0 - puts, 60.0);
}

}  // namespace contracts_test
