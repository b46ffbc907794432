// What withheld and cut-off capacity costs, and what it leaves of bills and outages (docs/model/exit.md).

#include "tests/support/answers.hpp"
#include "tests/support/availability.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/regime_chain.hpp"
#include "tests/support/standard_errors.hpp"
#include "tests/support/worlds.hpp"

namespace capacity_shortage_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

/// One provider with fast regimes, 1000 units at 2 a unit-hour, 50 000 money/h at risk.
struct Severable {
  double notice, withhold, r = 0.08;
  int months = 84;
  ScenarioInput input = worlds::plain({{"A", 1.0}}, 1000.0, 50'000.0);

  Severable(double notice_years, double withheld) : notice(notice_years), withhold(withheld) {
    ProviderInput& provider = input.providers["A"];
    provider.list_price = worlds::list_price(2.0, -0.10, 0.0, std::nullopt);
    provider.divergence = worlds::base_regimes(0.0, 0.0);
    provider.divergence->strained_to_severed = PerYear(0.1);
    provider.divergence->withhold = Fraction(withhold);
    input.strategies[0].second.contracts["A"].notice = Years(notice);
  }
  JointChain chain() const {
    Eigen::Matrix4d base = base_generator();
    base(1, 3) = 0.1;
    return JointChain({{base, 1.0, 0.0}});
  }
  /// Probability that month j is cut off: ceil(12 t_s) + ceil(12 n) <= j.
  double cut_off(const JointChain& regimes, int j) const {
    const double latest = (j - std::ceil(12.0 * notice - 1e-9)) / 12.0;
    return latest > 0.0 ? regimes.at(latest)(3) : 0.0;
  }
  double month_flow(int j) const { return (std::exp(-r * j / 12.0) - std::exp(-r * (j + 1) / 12.0)) / r; }
};

void check_severable(const Severable& world, std::uint64_t seed) {
  const JointChain regimes = world.chain();
  const double per_year = 50'000.0 * 8760.0;
  double cut_off = 0.0, bills = 0.0;
  for (int j = 0; j < world.months; ++j) {
    const double gone = world.cut_off(regimes, j);
    cut_off += per_year * gone * world.month_flow(j);
    bills += 730.0 * 1000.0 * 2.0 * std::exp(-(0.10 + world.r) * j / 12.0) * (1.0 - gone);
  }
  const double withheld = per_year * world.withhold * regimes.occupancy(world.months / 12.0, world.r)(2);
  const Assessment run = assess(worlds::study(world.input, 60'000, seed), test::whole_only());
  const double exact = cut_off + withheld;
  check_within_4_se(run.strategies[0].measure("capacity_shortage").mean, exact, 0.015 * exact);
  check_within_4_se(run.strategies[0].measure("spend").mean, bills, 0.002 * bills);
}

}  // namespace

TEST_CASE("capacity that a rival withholds") { check_severable(Severable(7.0, 0.3), 91); }

TEST_CASE("capacity cut off on the monthly grid, after notice or without") {
  check_severable(Severable(0.5, 0.0), 92);
  check_severable(Severable(0.0, 0.0), 93);
  check_severable(Severable(0.3, 0.0), 94);  // 3.6 months: the fourth month start
}

TEST_CASE("both") { check_severable(Severable(0.5, 0.2), 95); }

TEST_CASE("an outage takes only what is delivered") {
  Severable world(0.5, 0.25);
  const Entity entity{100.0, lognormal_survival(8.0, 1.0)};
  world.input.providers["A"].regions["r"].outages = worlds::outages(100.0, worlds::lognormal(8.0, 1.0));
  const JointChain regimes = world.chain();
  // Away from t = 0 availability is stationary and b_p(t) smooth within a month.
  const double down = 1.0 - all_up({&entity}, {}, 0.999);
  double exact = 0.0;
  for (int j = 0; j < world.months; ++j) {
    const double rival = regimes.at((j + 0.5) / 12.0)(2);
    exact += world.month_flow(j) * (1.0 - world.withhold * rival - world.cut_off(regimes, j));
  }
  // The start: at 0 everything is up.
  const double late =
      (1.0 - world.withhold * 0.0) * (1.0 / 12.0 * down - expected_downtime({entity}, {}, 1.0 / 12.0, 0.0));
  exact = 50'000.0 * 8760.0 * (exact * down - late);
  const Assessment run = assess(worlds::study(world.input, 10'000, 96), test::whole_only());
  check_within_4_se(run.strategies[0].measure("outage").mean, exact, 0.004 * exact);
}

TEST_CASE("leaving at the pace of the ramp: what is unserved, what it costs to move, what is billed") {
  const double q = 10'000.0, share = 0.6, ramp = 8'000.0, rho = 50'000.0, price = 2.0, r = 0.08, move = 800.0;
  ScenarioInput input = worlds::plain({{"A", share}, {"B", 1.0 - share}}, q, rho);
  for (auto& [name, provider] : input.providers) provider.list_price.initial = price;
  Severable regimes_of(0.5, 0.0);
  input.providers["A"].divergence = regimes_of.input.providers["A"].divergence;
  input.providers["B"].provisioning = Provisioning{UnitsPerYear(ramp), {}};
  input.strategies[0].second.contracts["A"].migration_cost = move;
  const JointChain regimes = regimes_of.chain();
  std::vector<double> notice(84, 0.0);  // P(notice in month k)
  for (int k = 1; k < 84; ++k) notice[k] = regimes.at(k / 12.0)(3) - regimes.at((k - 1) / 12.0)(3);
  double unserved = 0.0, moving = 0.0, a_bills = 0.0, b_bills = 0.0, never = 1.0;
  const auto flow = [&](int j) { return (std::exp(-r * j / 12.0) - std::exp(-r * (j + 1) / 12.0)) / r; };
  const auto bill = [&](double units, int j) { return 730.0 * price * units * std::exp(-r * j / 12.0); };
  for (int k = 1; k < 84; ++k) {
    double at_a = share * q;
    for (int j = 0; j < 84; ++j) {
      const double moves = j > k ? std::min(at_a, ramp / 12.0) : 0.0;
      at_a -= moves;
      moving += notice[k] * move * moves * std::exp(-r * j / 12.0);
      if (j >= k + 6) unserved += notice[k] * rho * 8760.0 * at_a / q * flow(j);
      if (j < k + 6) a_bills += notice[k] * bill(share * q, j);
      b_bills += notice[k] * bill(q - at_a, j);
    }
    never -= notice[k];
  }
  for (int j = 0; j < 84; ++j) {
    a_bills += never * bill(share * q, j);
    b_bills += never * bill((1.0 - share) * q, j);
  }
  const Assessment run = assess(worlds::study(input, 60'000, 97), test::whole_only());
  const StrategySummary& strategy = run.strategies[0];
  check_within_4_se(contribution(strategy, Component::capacity_shortage, "A"), unserved, 0.01 * unserved);
  check_within_4_se(contribution(strategy, Component::migration, "A"), moving, 0.01 * moving);
  check_within_4_se(contribution(strategy, Component::spend, "A"), a_bills, 0.002 * a_bills);
  check_within_4_se(contribution(strategy, Component::spend, "B"), b_bills, 0.002 * b_bills);
}

}  // namespace capacity_shortage_test
