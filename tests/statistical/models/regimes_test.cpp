// Regimes against the matrix exponential of the joint chain (docs/model/divergence.md; O17, O18, O20, W-3).

#include "engine/measure/expected_shortfall.hpp"
#include "models/simulate.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/regime_chain.hpp"
#include "tests/support/sample_mean.hpp"
#include "tests/support/standard_errors.hpp"
#include "tests/support/worlds.hpp"

namespace regimes_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

/// Providers A, B, ... with the base generator, no covariates, sharing demand equally.
ScenarioInput identical(int count, double contagion, double repair = 0.0) {
  std::map<std::string, double> shares;
  for (int p = 0; p < count; ++p) shares[std::string(1, static_cast<char>('A' + p))] = 1.0 / count;
  ScenarioInput input = worlds::plain(shares, 0.0);
  for (auto& [name, provider] : input.providers)
    provider.divergence = worlds::base_regimes(contagion, repair);
  return input;
}

std::size_t index(int year) { return static_cast<std::size_t>(year) - 1; }

}  // namespace

TEST_CASE("the closed forms of this test reproduce the printed oracles") {
  const JointChain one({{base_generator(), 1.0, 0.0}});
  CHECK(agrees_to_decimals(one.at(1.0)(0), 0.824629479, 9));
  CHECK(agrees_to_decimals(one.at(7.0)(3), 0.1071496584, 10));
  CHECK(agrees_to_decimals(one.occupancy(7.0, 0.08)(2), 0.5434126889, 10));
  CHECK(agrees_to_decimals(JointChain({{base_generator(0.05), 1.0, 0.0}}).at(7.0)(3), 0.0950272825, 10));
  const JointChain two({{base_generator(), 1.0, 1.0}, {base_generator(), 1.0, 1.0}});
  CHECK(agrees_to_decimals(two.severed(two.at(7.0), 2), 0.0481285396, 10));
}

TEST_CASE("O17, O18: one provider's regimes, time in them, and the cost of them") {
  ScenarioInput input = identical(1, 0.5);
  input.providers["A"].divergence->rival_cost = 1e6;
  input.providers["A"].divergence->severed_cost = 3e6;
  input.providers["A"].product_overlap = 0.4;
  input.providers["A"].divergence->overlap_effect = 0.0;
  const Assessment run = assess(worlds::study(input, 100'000, 81), test::whole_only());
  const StrategySummary& strategy = run.strategies[0];
  const ProviderSummary& a = strategy.providers[0];
  const double year_1[] = {0.824629479, 0.1418405369, 0.0305524639, 0.0029775202};
  const double year_3[] = {0.6310605857, 0.2382861469, 0.105796022, 0.0248572455};
  const double year_7[] = {0.4594536911, 0.2429434854, 0.1904531651, 0.1071496584};
  const double occupancy[] = {4.4694224677, 1.4757554466, 0.7763454943, 0.2784765914};
  for (std::size_t regime = 0; regime < 4; ++regime) {
    check_within_4_se(a.regime_by_year[0][regime], year_1[regime], 0.0016);
    check_within_4_se(a.regime_by_year[2][regime], year_3[regime], 0.0016);
    check_within_4_se(a.regime_by_year[6][regime], year_7[regime], 0.0016);
    check_within_4_se(a.years_in_regime[regime], occupancy[regime], 0.009);
  }
  check_within_4_se(a.severed_by_horizon, 0.1071496584, 0.001);
  const double cost = 0.4 * (1e6 * 0.5434126889 + 3e6 * 0.1857328526);
  check_within_4_se(strategy.measure("regime").mean, cost, 4'000.0);
}

TEST_CASE("O17: a severed relation may heal, but has been severed") {
  const Assessment run = assess(worlds::study(identical(1, 0.0, 0.05), 60'000, 82), test::whole_only());
  const ProviderSummary& a = run.strategies[0].providers[0];
  check_within_4_se(a.regime_by_year[6][3], 0.0950272825, 0.0013);
  check_within_4_se(a.severed_by_horizon, 0.1071496584, 0.0014);
}

TEST_CASE("O20: contagion between two providers") {
  const auto severed = [](double contagion) {
    return assess(worlds::study(identical(2, contagion), 100'000, 83), test::whole_only())
        .strategies[0]
        .severed_providers;
  };
  const auto apart = severed(0.0);
  check_within_4_se(apart[2], 0.0114810493, 0.0004);
  check_within_4_se(apart[0], 1.0 - 0.2028182674, 0.0014);
  const auto together = severed(1.0);
  check_within_4_se(together[2], 0.0481285396, 0.0008);
  check_within_4_se(together[0], 1.0 - 0.2507886739, 0.0014);
}

TEST_CASE("O21: the severed share with one to five independent providers") {
  const double sd[] = {0.3093034256, 0.2187105497, 0.1785764160, 0.1546517128, 0.0};
  const double es90[] = {1.0, 0.5574052464, 0.4440431912, 0.4102433705, 0.4063070727};
  const double es99[] = {1.0, 1.0, 0.7076730170, 0.6164283262, 0.6123340166};
  const Scenario scenario(identical(5, 0.0));
  const Simulation simulation(scenario, 87);
  World world;
  Outcome outcome;
  std::vector<double> share[5];
  for (std::uint64_t path = 0; path < 60'000; ++path) {
    simulation.sample(path, world);
    simulation.evaluate(world, StrategyId(0), outcome);
    int severed = 0;
    for (int p = 0; p < 5; ++p) {  // the first n of them are a world of n
      severed += outcome.regimes[ProviderId(static_cast<std::size_t>(p))].back().regime == Regime::severed;
      share[p].push_back(static_cast<double>(severed) / (p + 1));
    }
  }
  for (std::size_t n = 0; n < 5; ++n) {
    CAPTURE(n);
    const measure::SortedSample sample(share[n]);
    check_within_4_se(measure::mean(sample), 0.1071496584, 0.0013);
    check_within_4_se(measure::expected_shortfall(sample, 0.90), es90[n], 0.005);
    check_within_4_se(measure::expected_shortfall(sample, 0.99), es99[n], 0.01);
    if (n == 4) continue;  // not printed
    SampleMean variance;
    for (const double x : share[n]) variance.add((x - 0.1071496584) * (x - 0.1071496584));
    CHECK_MESSAGE(variance.agrees_with(sd[n] * sd[n], 0.002), variance);
  }
}

TEST_CASE("W-3: severance and regime cost of both strategies in one run") {
  const Assessment run = assess(worlds::study(worlds::w3(), 100'000, 84), test::whole_only());
  const double severed[2][3] = {{0.1825282911, 0.1212156164, 0.0477384578},
                                {0.1148579011, 0.1556035454, 0.0590179482}};
  const double cost[2][3] = {{8'295'040.73, 5'407'359.04, 604'625.37},
                             {6'293'075.09, 6'304'250.94, 692'642.12}};
  REQUIRE(run.strategies.size() == 2);
  for (std::size_t s = 0; s < 2; ++s)
    for (std::size_t p = 0; p < 3; ++p) {
      const StrategySummary& strategy = run.strategies[s];
      check_within_4_se(strategy.providers[p].severed_by_horizon, severed[s][p], 0.0013);
      check_within_4_se(contribution(strategy, Component::regime, strategy.providers[p].name), cost[s][p],
                        50'000.0);
    }
}

namespace {

/// One to three providers with random generators, covariates, contagion and costs.
struct RandomRegimes {
  ScenarioInput input;
  std::vector<ChainProvider> chain;
  double r;

  RandomRegimes(Dice& dice, int count) : r(dice.between(0.0, 0.3)) {
    input = identical(count, 0.0);
    input.workloads["load"].demand = 10.0;
    input.horizon.months = 48;
    input.horizon.discount_rate = PerYear(r);
    for (auto& [name, provider] : input.providers) add(dice, provider, 1.0 / count);
  }

 private:
  void add(Dice& dice, ProviderInput& provider, double share) {
    Divergence& terms = *provider.divergence;
    ChainProvider mine;
    const auto rate = [&](PerYear& into, int from, int to, double largest) {
      into = PerYear(dice.between(0.0, largest));
      mine.base(from, to) = into.value;
    };
    rate(terms.aligned_to_strained, 0, 1, 1.0);
    rate(terms.aligned_to_rival, 0, 2, 0.3);
    rate(terms.strained_to_aligned, 1, 0, 1.5);
    rate(terms.strained_to_rival, 1, 2, 1.0);
    rate(terms.strained_to_severed, 1, 3, 0.2);
    rate(terms.rival_to_strained, 2, 1, 1.5);
    rate(terms.rival_to_severed, 2, 3, 0.5);
    rate(terms.severed_to_strained, 3, 1, 1.0);
    terms.overlap_effect = dice.between(-1.0, 2.0);
    terms.share_effect = dice.between(-1.0, 2.0);
    terms.equity_effect = dice.between(-2.0, 1.0);
    terms.reference_overlap = Fraction(dice.between(0.0, 1.0));
    terms.reference_share = Fraction(dice.between(0.0, 1.0));
    terms.contagion = mine.contagion = dice.between(0.0, 2.0);
    terms.rival_cost = dice.between(1.0, 5.0);
    terms.severed_cost = dice.between(1.0, 5.0);
    provider.product_overlap = dice.between(0.1, 1.0);
    provider.equity_stake = dice.between(0.0, 0.9);
    mine.factor = std::exp(terms.overlap_effect * (provider.product_overlap - terms.reference_overlap.value) +
                           terms.share_effect * (share - terms.reference_share.value) +
                           terms.equity_effect * provider.equity_stake);
    chain.push_back(mine);
  }
};

}  // namespace

TEST_CASE("random generators and covariates, one to three providers, every year") {
  Dice dice(85);
  for (int round = 0; round < 4; ++round) {
    CAPTURE(round);
    const RandomRegimes world(dice, 1 + round % 3);
    const Assessment run = assess(worlds::study(world.input, 40'000, 86), test::whole_only());
    const StrategySummary& strategy = run.strategies[0];
    const JointChain joint(world.chain);
    const auto occupied = joint.occupancy(4.0, 0.0), discounted = joint.occupancy(4.0, world.r);
    for (std::size_t p = 0; p < world.chain.size(); ++p) {
      const ProviderSummary& provider = strategy.providers[p];
      CAPTURE(provider.name);
      for (int regime = 0; regime < 4; ++regime) {
        const auto r = static_cast<std::size_t>(regime);
        for (const int year : {1, 2, 4})
          check_within_4_se(provider.regime_by_year[index(year)][r],
                            joint.marginal(joint.at(year), p, regime), 0.0026);
        check_within_4_se(provider.years_in_regime[r], joint.marginal(occupied, p, regime), 0.01);
      }
      auto never_heals = world.chain;  // "ever severed" is to be severed in the end if p does not heal
      never_heals[p].base(3, 1) = 0.0;
      const JointChain final(never_heals);
      check_within_4_se(provider.severed_by_horizon, final.marginal(final.at(4.0), p, 3), 0.0026);
      const Divergence& terms = *world.input.providers.at(provider.name).divergence;
      const double cost = world.input.providers.at(provider.name).product_overlap *
                          (terms.rival_cost * joint.marginal(discounted, p, 2) +
                           terms.severed_cost * joint.marginal(discounted, p, 3));
      check_within_4_se(contribution(strategy, Component::regime, provider.name), cost, 0.03);
    }
  }
}

}  // namespace regimes_test
