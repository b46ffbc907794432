// List prices and scarcity against their closed forms (docs/model/pricing.md; O13, O14, O15).

#include <Eigen/Core>

#include "models/market/list_price.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/jump_prices.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/sample_mean.hpp"
#include "tests/support/standard_errors.hpp"
#include "tests/support/worlds.hpp"

namespace list_prices_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

const JumpDiffusion o13{1.0, -0.10, 0.15, 0.3, -0.10, 0.20};

/// Calls visit(path, prices) for every path of the list prices alone.
template <class Visit>
void sample_prices(const ScenarioInput& input, std::uint64_t paths, std::uint64_t seed, Visit visit) {
  const Scenario scenario(input);
  const ScarcitySampler scarcity(scenario.scarcity, scenario.horizon, seed);
  const ListPriceSampler sampler(scenario, seed);
  ScarcityPath scarce;
  ListPriceSampler::Scratch scratch;
  PricePath prices;
  for (std::uint64_t path = 0; path < paths; ++path) {
    scarcity.sample(path, scarce);
    sampler.sample(path, scarce, scratch, prices);
    visit(scarce, prices);
  }
}

ScenarioInput one_provider(const JumpDiffusion& price) {
  ScenarioInput input = worlds::plain({{"A", 1.0}});
  input.providers["A"].list_price =
      worlds::list_price(price.initial, price.drift, price.volatility,
                         PriceJumps{PerYear(price.jump_rate), price.jump_mean, price.jump_sd});
  return input;
}

}  // namespace

TEST_CASE("the closed forms of this test reproduce the printed oracles") {
  CHECK(agrees_to_decimals(o13.mean_jump(), -0.0768836536, 10));
  CHECK(agrees_to_decimals(o13.mean(7.0), 0.4965853038, 10));
  CHECK(agrees_to_decimals(o13.log_mean(7.0), -0.8272943274, 10));
  CHECK(agrees_to_decimals(o13.log_variance(7.0), 0.2625, 10));
  CHECK(agrees_to_decimals(1.0 - o13.cdf(7.0, 1.0), 0.0467049329, 10));
  CHECK(std::abs(o13.cdf(7.0, 0.4446202134) - 0.5) < 1e-9);
  CHECK(agrees_to_decimals(o13.put(7.0, 1.0), 0.5146080494, 10));
  CHECK(agrees_to_decimals(o13.capped(7.0), 0.4853919506, 10));
  const ScarcityChain chain{0.25, 0.8};
  CHECK(agrees_to_decimals(chain.scarce(1.0), 0.1547767264, 10));
  CHECK(agrees_to_decimals(chain.scarce(7.0), 0.2379422399, 10));
}

TEST_CASE("O13, O14: the law of a list price after seven years") {
  SampleMean mean, log_mean, above_start, put, call;
  std::vector<SampleMean> below(4);
  const double quantiles[] = {0.1833364593, 0.4446202134, 0.9845281465, 1.3624101520};
  const double levels[] = {0.05, 0.50, 0.95, 0.99};
  sample_prices(one_provider(o13), 100'000, 61, [&](const ScarcityPath&, const PricePath& prices) {
    const double s = prices.at(ProviderId(0), 84);
    mean.add(s);
    log_mean.add(std::log(s));
    above_start.add(s > 1.0);
    put.add(std::max(0.0, 1.0 - s));
    call.add(std::max(0.0, s - 1.0));
    for (std::size_t i = 0; i < below.size(); ++i) below[i].add(s <= quantiles[i]);
  });
  CHECK_MESSAGE(mean.agrees_with(0.4965853038, 0.001), mean);
  CHECK_MESSAGE(log_mean.agrees_with(-0.8272943274, 0.002), log_mean);
  CHECK_MESSAGE(above_start.agrees_with(0.0467049329, 0.0007), above_start);
  CHECK_MESSAGE(put.agrees_with(0.5146080494, 0.001), put);
  CHECK_MESSAGE(call.agrees_with(0.0111933532, 0.0003), call);
  for (std::size_t i = 0; i < below.size(); ++i)
    CHECK_MESSAGE(below[i].agrees_with(levels[i], 0.0016), below[i]);
}

TEST_CASE("the assessment's list prices, year by year, for random laws") {
  Dice dice(62);
  for (int round = 0; round < 4; ++round) {
    CAPTURE(round);
    // The last law jumps every month, often more than once.
    const JumpDiffusion law{dice.between(0.5, 3.0),  dice.between(-0.3, 0.2),
                            dice.between(0.0, 0.3),  round == 3 ? 12.0 : dice.between(0.0, 3.0),
                            dice.between(-0.1, 0.1), dice.between(0.0, 0.15)};
    const std::uint64_t paths = 20'000;
    ScenarioInput input = one_provider(law);
    input.horizon.months = 48;
    const ListPriceSummary prices =
        assess(worlds::study(input, paths, 63), test::whole_only()).list_prices.at(0);
    REQUIRE(prices.mean.size() == 4);
    for (int y = 1; y <= 4; ++y) {
      const std::size_t at = static_cast<std::size_t>(y) - 1;
      check_within_4_se(prices.mean[at], law.mean(y), 0.012 * law.mean(y));
      check_within_4_se(prices.log_mean[at], law.log_mean(y), 0.008);
      const double variance = law.log_variance(y);
      const double error = std::sqrt((law.log_fourth(y) - variance * variance) / static_cast<double>(paths));
      REQUIRE(prices.log_variance[at].has_value());
      check_within_4_se({*prices.log_variance[at], error}, variance, 0.05 * variance);
    }
  }
}

namespace {

/// Correlation of the providers' monthly log increments; its error is that of independent normal pairs.
Eigen::MatrixXd realised_correlation(const ScenarioInput& input, std::uint64_t paths, std::uint64_t seed) {
  const auto n = static_cast<Eigen::Index>(input.providers.size());
  Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(n, n);
  Eigen::VectorXd increment(n), mean = Eigen::VectorXd::Zero(n);
  double count = 0.0;
  sample_prices(input, paths, seed, [&](const ScarcityPath&, const PricePath& prices) {
    for (std::size_t k = 0; k < 84; ++k) {
      for (Eigen::Index p = 0; p < n; ++p) {
        const ProviderId id(static_cast<std::size_t>(p));
        increment(p) = std::log(prices.at(id, k + 1) / prices.at(id, k));
      }
      mean += increment;
      sums += increment * increment.transpose();
      count += 1.0;
    }
  });
  mean /= count;
  const Eigen::MatrixXd covariance = sums / count - mean * mean.transpose();
  const Eigen::VectorXd sd = covariance.diagonal().cwiseSqrt();
  return covariance.cwiseQuotient(sd * sd.transpose());
}

void check_correlation(double realised, double exact, double count) {
  check_within_4_se({realised, (1.0 - exact * exact) / std::sqrt(count)}, exact, 0.002);
}

ScenarioInput three_providers() {
  ScenarioInput input = worlds::plain({{"A", 0.5}, {"B", 0.3}, {"C", 0.2}});
  for (auto& [name, provider] : input.providers)
    provider.list_price = worlds::list_price(1.0, -0.1, 0.2, std::nullopt);
  return input;
}

}  // namespace

TEST_CASE("correlation of price moves: one common factor") {
  ScenarioInput input = three_providers();
  input.providers["A"].list_price.loading = 0.9;
  input.providers["B"].list_price.loading = 0.5;
  input.providers["C"].list_price.loading = 0.0;
  const Eigen::MatrixXd realised = realised_correlation(input, 5'000, 64);
  const double count = 84.0 * 5'000;
  check_correlation(realised(0, 1), 0.45, count);
  check_correlation(realised(0, 2), 0.0, count);
  check_correlation(realised(1, 2), 0.0, count);
}

TEST_CASE("correlation of price moves: explicit, in whichever order the pairs are given") {
  ScenarioInput input = three_providers();
  input.market.correlation["B"]["A"] = 0.7;
  input.market.correlation["A"]["C"] = -0.3;
  input.market.correlation["C"]["B"] = 0.2;
  const Eigen::MatrixXd realised = realised_correlation(input, 5'000, 65);
  const double count = 84.0 * 5'000;
  check_correlation(realised(0, 1), 0.7, count);
  check_correlation(realised(0, 2), -0.3, count);
  check_correlation(realised(1, 2), 0.2, count);
}

TEST_CASE("O15: how often capacity is scarce") {
  ScenarioInput input = one_provider(o13);
  input.market.scarcity = Scarcity{PerYear(0.25), PerYear(0.8)};
  const Assessment run = assess(worlds::study(input, 50'000, 66), test::whole_only());
  const ScarcityChain chain{0.25, 0.8};
  for (int y = 1; y <= 7; ++y)
    check_within_4_se(run.scarcity_by_year.at(static_cast<std::size_t>(y) - 1), chain.scarce(y), 0.002);
  check_within_4_se(run.scarcity_by_year[0], 0.1547767264, 0.002);
  check_within_4_se(run.scarcity_by_year[6], 0.2379422399, 0.002);
}

TEST_CASE("months in which capacity is scarce, one after the other") {
  ScenarioInput input = one_provider(o13);
  input.market.scarcity = Scarcity{PerYear(2.0), PerYear(5.0)};
  SampleMean now, stays;
  sample_prices(input, 10'000, 67, [&](const ScarcityPath& scarce, const PricePath&) {
    now.add(scarce[30]);
    if (scarce[30]) stays.add(scarce[31]);
  });
  const ScarcityChain chain{2.0, 5.0};
  CHECK_MESSAGE(now.agrees_with(chain.scarce(2.5), 0.005), now);
  CHECK_MESSAGE(stays.agrees_with(chain.scarce(1.0 / 12.0, true), 0.01), stays);
}

}  // namespace list_prices_test
