// Credits for downtime (docs/model/contracts.md; G7).

#include "models/contract/service_level.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/given_path.hpp"

namespace service_level_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

/// x = (.6, .4) of 1000 units at 2, headroom .25: A's monthly bill is 1 095 000. Every outage qualifies.
ScenarioInput g7(double headroom_b = 0.25) {
  ScenarioInput input = worlds::plain({{"A", 0.6}, {"B", 0.4}}, 1000.0, 1.0);
  input.horizon.months = 36;
  for (auto& [name, provider] : input.providers) {
    provider.list_price.initial = 2.0;
    provider.outages = provider.regions["r"].outages = worlds::outages(0.0, FixedDuration{Hours(1)});
  }
  input.shared_dependencies["D"] = {worlds::outages(0.0, FixedDuration{Hours(1)}), {{"A.r", 1.0}}};
  StrategyInput& strategy = input.strategies[0].second;
  strategy.workloads["load"].failover.headroom =
      std::map<std::string, double>{{"A.r", 0.25}, {"B.r", headroom_b}};
  ServiceLevel terms{{{0.9999, 0.10}, {0.99, 0.30}, {0.95, 1.0}}};
  terms.qualification = Fraction(1.0);
  strategy.contracts["A"].sla = terms;
  return input;
}
constexpr double bill = 1'095'000.0;

ServiceLevel& sla(ScenarioInput& input) { return *input.strategies[0].second.contracts["A"].sla; }

/// The credit for A, positive, in all years or in one.
double credit(GivenPath& path) {
  path.bill();
  path.credit();
  return -path.nominal(Component::sla_credit, 0);
}
double in_year(const GivenPath& path, std::size_t year) {
  return -path.nominal(Component::sla_credit, 0, year);
}

void check_money(double found, double expected) { CHECK(found == doctest::Approx(expected).epsilon(1e-9)); }

}  // namespace

TEST_CASE("the highest tier that the uptime stays below") {
  const std::vector<std::pair<double, double>> tiers{{0.9999, 0.10}, {0.99, 0.30}, {0.95, 1.0}};
  CHECK(credit_at(tiers, 1.0) == 0.0);
  CHECK(credit_at(tiers, 0.9999) == 0.0);
  CHECK(credit_at(tiers, 0.99989) == 0.10);
  CHECK(credit_at(tiers, 0.99) == 0.10);
  CHECK(credit_at(tiers, 0.989) == 0.30);
  CHECK(credit_at(tiers, 0.949) == 1.0);
}

TEST_CASE("O11: the credit of one outage inside a month, lognormal of median 2 h and sigma 1.2") {
  const auto exceeds = [](double hours) {
    return 0.5 * std::erfc(std::log(hours / 2.0) / 1.2 / std::sqrt(2.0));
  };
  const double levels[] = {0.0, 0.1, 0.3, 1.0};
  const double printed[] = {0.0029015668, 0.8567910407, 0.1325500743, 0.0077573183};
  const double bounds[] = {0.073, 7.3, 36.5};
  for (std::size_t i = 0; i < 4; ++i) {
    const double above = i == 0 ? 1.0 : exceeds(bounds[i - 1]), below = i == 3 ? 0.0 : exceeds(bounds[i]);
    CHECK(std::abs(above - below - printed[i]) < 1e-10);
  }
  GivenPath path(g7());
  auto& outages = path.outages.outages[EntityId(path.entity("region:A.r"))];
  const Duration law(worlds::lognormal(2.0, 1.2));
  const auto& terms = *path.strategy().contracts[ProviderId(0)].sla;
  constexpr int n = 20'000;  // at the middle of n equal parts of the law
  int count[4] = {};
  double sum = 0.0;
  for (int i = 0; i < n; ++i) {
    outages = {{0.0, law.quantile((i + 0.5) / n) * GivenPath::hour, 1.0}};
    const auto months = counted_downtime(path.scenario, path.outages, LocationId(0), terms);
    const double credit = credit_at(terms.tiers, 1.0 - months[0].hours / 730.0);
    sum += credit;
    for (std::size_t level = 0; level < 4; ++level) count[level] += credit == levels[level];
  }
  for (std::size_t level = 0; level < 4; ++level)
    CHECK(std::abs(count[level] / static_cast<double>(n) - printed[level]) <= 1.0 / n);
  CHECK(std::abs(sum / n - 0.1332014446) < 2e-5);
}

TEST_CASE("G7: ten hours in a month are 30 % of the bill, four fifths of which are claimed") {
  GivenPath path(g7(), 0.08);
  path.fails(path.entity("region:A.r"), 3 * 730 + 100, 3 * 730 + 110);
  check_money(credit(path), 262'800.0);
  CHECK(path.nominal(Component::sla_credit, 1) == 0.0);
  check_money(path.present(Component::sla_credit), -262'800.0 * std::exp(-0.08 * 4.0 / 12.0));  // month end
}

TEST_CASE("a credit of December belongs to the old year, though it is paid as the new one begins") {
  GivenPath path(g7());
  path.fails(path.entity("region:A.r"), 11 * 730 + 100, 11 * 730 + 110);
  credit(path);
  check_money(in_year(path, 0), 262'800.0);
}

TEST_CASE("outages of region and provider count once where they overlap") {
  ScenarioInput input = g7();
  sla(input).cap_year = Fraction(1.0);
  GivenPath path(input);
  path.fails(path.entity("region:A.r"), 100, 120);
  path.fails(path.entity("provider:A"), 110, 130);
  path.fails(path.entity("provider:A"), 130, 136);  // 36 h: below the 36.5 h of the last tier
  check_money(credit(path), 0.8 * 0.3 * bill);
  GivenPath more(input);
  more.fails(more.entity("region:A.r"), 100, 120);
  more.fails(more.entity("region:A.r"), 200, 201);
  more.fails(more.entity("provider:A"), 110, 136);  // 37 h in all
  check_money(credit(more), 0.8 * 1.0 * bill);
}

TEST_CASE("whether an outage counts is decided by its own draw") {
  ScenarioInput input = g7();
  sla(input).qualification = Fraction(0.15);
  GivenPath path(input);
  path.fails(path.entity("region:A.r"), 100, 200, 1.0, 0.15);
  path.fails(path.entity("region:A.r"), 300, 310, 1.0, 0.149);
  check_money(credit(path), 262'800.0);
}

TEST_CASE("only what takes all of a location counts") {
  GivenPath path(g7());
  path.fails(path.entity("region:A.r"), 100, 110, 0.9989);
  CHECK(credit(path) == 0.0);
  GivenPath enough(g7());
  enough.fails(enough.entity("region:A.r"), 100, 110, 0.9991);
  check_money(credit(enough), 262'800.0);
}

TEST_CASE("shared dependencies count only where they are covered, and by their impact") {
  ScenarioInput input = g7();
  GivenPath excluded(input);
  excluded.fails(excluded.entity("shared:D"), 100, 110);
  CHECK(credit(excluded) == 0.0);
  sla(input).covers_shared = true;
  GivenPath covered(input);
  covered.fails(covered.entity("shared:D"), 100, 110);
  check_money(credit(covered), 262'800.0);
  input.shared_dependencies["D"].impact["A.r"] = 0.9;
  GivenPath partial(input);
  partial.fails(partial.entity("shared:D"), 100, 110);
  CHECK(credit(partial) == 0.0);
}

TEST_CASE("an outage over a month's end counts in both months by its hours") {
  GivenPath path(g7());
  path.fails(path.entity("region:A.r"), 730 - 10, 730 + 5);  // 10 h: 30 %; 5 h: 10 %
  check_money(credit(path), 0.8 * 0.4 * bill);
  const auto months = counted_downtime(path.scenario, path.outages, LocationId(0),
                                       *path.strategy().contracts[ProviderId(0)].sla);
  REQUIRE(months.size() == 2);
  CHECK(months[0].month == 0);
  CHECK(months[0].hours == doctest::Approx(10.0));
  CHECK(months[1].month == 1);
  CHECK(months[1].hours == doctest::Approx(5.0));
}

TEST_CASE("an outage of years counts in every month, to the horizon's end") {
  ScenarioInput input = g7();
  sla(input).cap_year = Fraction(1.0);
  GivenPath path(input);
  path.fails(path.entity("region:A.r"), 0, 36 * 730);
  check_money(credit(path), 36 * 0.8 * bill);
}

TEST_CASE("the cap of the month: a part of the location's bill") {
  ScenarioInput input = g7();
  sla(input).cap_month = Fraction(0.2);
  GivenPath path(input);
  path.fails(path.entity("region:A.r"), 100, 110);
  check_money(credit(path), 0.2 * bill);
}

TEST_CASE("the cap of the contract year: months are credited in order until it is reached") {
  ScenarioInput input = g7();
  input.strategies[0].second.contracts["A"].start_month = 6;
  GivenPath path(input, 0.5);
  const std::size_t region = path.entity("region:A.r");
  for (const int month : {5, 8, 9, 12, 17, 18}) path.fails(region, month * 730 + 100, month * 730 + 110);
  credit(path);
  // Month 5 is before the contract. 5 % of twelve bills are 657 000: 262 800, 262 800, 131 400, nothing.
  check_money(in_year(path, 0), 2 * 262'800.0);
  check_money(in_year(path, 1), 131'400.0 + 262'800.0);  // month 18 begins the next contract year
  check_money(-path.present(Component::sla_credit),
              262'800.0 * (std::exp(-0.5 * 9 / 12.0) + std::exp(-0.5 * 10 / 12.0)) +
                  131'400.0 * std::exp(-0.5 * 13 / 12.0) + 262'800.0 * std::exp(-0.5 * 19 / 12.0));
}

TEST_CASE("the cap of the contract year: earlier months first, wherever they were down") {
  ScenarioInput input = g7();
  input.providers["A"].regions["s"] = input.providers["A"].regions["r"];
  StrategyInput& strategy = input.strategies[0].second;
  strategy.workloads["load"].placement = {{"A.r", 0.2}, {"A.s", 0.4}, {"B.r", 0.4}};
  strategy.workloads["load"].failover.headroom = Fraction(0.25);
  sla(input).cap_year = Fraction(0.01);
  GivenPath path(input, 0.5);
  path.fails(path.entity("region:A.r"), 9 * 730 + 100, 9 * 730 + 110);
  path.fails(path.entity("region:A.s"), 3 * 730 + 100, 3 * 730 + 110);
  check_money(credit(path), 131'400.0);  // of 175 200 that are due for s alone
  check_money(-path.present(Component::sla_credit), 131'400.0 * std::exp(-0.5 * 4 / 12.0));
}

TEST_CASE("a location's bill is its part of the provider's, after volume discounts") {
  ScenarioInput input = g7();
  input.providers["A"].regions["s"] = input.providers["A"].regions["r"];
  StrategyInput& strategy = input.strategies[0].second;
  strategy.workloads["load"].placement = {{"A.r", 0.2}, {"A.s", 0.4}, {"B.r", 0.4}};
  strategy.workloads["load"].failover.headroom = Fraction(0.25);
  strategy.contracts["A"].volume_tiers = {{0.0, 0.5}};
  GivenPath path(input);
  path.fails(path.entity("region:A.r"), 100, 110);
  check_money(credit(path), 262'800.0 / 2 / 3);
  GivenPath both(input);
  both.fails(both.entity("provider:A"), 100, 110);
  check_money(credit(both), 262'800.0 / 2);
}

TEST_CASE("no bill, no credit: after the cut-off, and where a contract was never signed") {
  GivenPath path(g7());
  path.severed(0, 1.0);  // cut off at month 18
  const std::size_t region = path.entity("region:A.r");
  path.fails(region, 17 * 730 + 100, 17 * 730 + 110);
  path.fails(region, 18 * 730 + 100, 18 * 730 + 110);
  const double capped = std::min(262'800.0, 0.05 * 6 * bill);  // the second contract year has six bills
  check_money(credit(path), capped);
  ScenarioInput late = g7();
  late.strategies[0].second.contracts["A"].start_month = 14;
  GivenPath unsigned_path(late);
  unsigned_path.severed(0, 1.0);
  unsigned_path.fails(region, 15 * 730 + 100, 15 * 730 + 110);
  CHECK(credit(unsigned_path) == 0.0);
}

TEST_CASE("credits are owed whether or not the buyer failed over") {
  std::vector<double> credits, losses;
  for (const FailoverPolicy policy : {FailoverPolicy::none, FailoverPolicy::active_active}) {
    ScenarioInput input = g7(2.0);
    input.strategies[0].second.workloads["load"].failover.policy = policy;
    GivenPath path(input);
    path.fails(path.entity("region:A.r"), 100, 110);
    path.serve();
    credits.push_back(credit(path));
    losses.push_back(path.nominal(Component::outage));
  }
  check_money(credits[0], 262'800.0);
  CHECK(credits[1] == credits[0]);
  CHECK(losses[0] > 0.0);
  CHECK(losses[1] == 0.0);
}

}  // namespace service_level_test
