// Failover in whole worlds: k of n, W-1 (docs/model/failover.md; O10).

#include <cmath>

#include "tests/support/answers.hpp"
#include "tests/support/availability.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/standard_errors.hpp"
#include "tests/support/worlds.hpp"

namespace failover_worlds_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

/// P(exactly k of n are up), each with probability `up`.
double exactly(int k, int n, double up) {
  double ways = 1.0;
  for (int i = 0; i < k; ++i) ways = ways * (n - i) / (i + 1);
  return ways * std::pow(up, k) * std::pow(1.0 - up, n - k);
}
double at_least(int k, int n, double up) {
  double sum = 0.0;
  for (int j = k; j <= n; ++j) sum += exactly(j, n, up);
  return sum;
}

/// n locations with equal shares, any k of which can carry everything; each is down for two hours at a
/// time, and all are while a dependency is down for three.
ScenarioInput k_of_n(int k, int n, double rate, double shared_rate) {
  std::map<std::string, double> shares;
  for (int i = 0; i < n; ++i) shares[std::string(1, static_cast<char>('A' + i))] = 1.0 / n;
  ScenarioInput input = worlds::plain(shares, 1.0, 1.0);
  input.horizon.months = 12;
  input.horizon.discount_rate = PerYear(0.0);
  SharedDependency shared{worlds::outages(shared_rate, FixedDuration{Hours(3)}), {}};
  for (auto& [name, provider] : input.providers) {
    provider.regions["r"].outages = worlds::outages(rate, FixedDuration{Hours(2)});
    shared.impact[name + ".r"] = 1.0;
  }
  if (shared_rate > 0.0) input.shared_dependencies["D"] = shared;
  Failover& failover = input.strategies[0].second.workloads["load"].failover;
  failover.policy = FailoverPolicy::active_active;
  failover.headroom = Fraction(static_cast<double>(n) / k - 1.0);
  return input;
}

/// Expected unserved hours: with j < k up, j / k is served. All are up at 0; fixed durations fill up
/// linearly.
double expected_unserved(int k, int n, double rate, double shared_rate) {
  const auto unserved_at = [&](double hours) {
    const double up = std::exp(-rate * std::min(hours, 2.0) / 8760.0);
    const double shared = std::exp(-shared_rate * std::min(hours, 3.0) / 8760.0);
    double served = at_least(k, n, up);
    for (int j = 0; j < k; ++j) served += exactly(j, n, up) * j / k;
    return 1.0 - shared * served;
  };
  double start = 0.0;
  constexpr int steps = 3000;
  for (int i = 0; i < steps; ++i) start += unserved_at(3.0 * (i + 0.5) / steps) * 3.0 / steps;
  return start + (8760.0 - 3.0) * unserved_at(3.0);
}

}  // namespace

TEST_CASE("O10: the printed numbers by formula") {
  CHECK(agrees_to_decimals(exactly(0, 2, 0.999), 1e-6, 12));
  CHECK(agrees_to_decimals(0.9995 * at_least(1, 2, 0.999), 0.9994990005, 10));
  CHECK(agrees_to_decimals(at_least(2, 3, 0.999), 0.999997002, 9));
}

TEST_CASE("O10: k of n locations, with and without a dependency of all") {
  constexpr double rate = 500.0;  // up with probability .892, so that the joint cases are common
  for (const auto& [k, n, shared] :
       {std::tuple{1, 2, 0.0}, {2, 3, 0.0}, {1, 2, 100.0}, {2, 3, 100.0}, {3, 5, 0.0}}) {
    CAPTURE(k);
    CAPTURE(n);
    const double exact = expected_unserved(k, n, rate, shared);
    const Assessment run = assess(worlds::study(k_of_n(k, n, rate, shared), 1'500, 101), test::whole_only());
    check_within_4_se(run.strategies[0].measure("outage").mean, exact, 0.012 * exact);
  }
}

// The program is held against these in tests/cli/validation_test.py, and against W-2.
TEST_CASE("W-1: what both lose, in closed form") {
  const Entity a{6.0, lognormal_survival(2.0, 1.2), 0.4, {{"f", 0.6}}},
      b{4.0, lognormal_survival(2.0, 1.2), 0.4, {{"f", 0.6}}}, d{0.5, lognormal_survival(4.0, 1.2)};
  const Variances variances{{"f", 0.5}};
  const auto both_down = [&](double t) {
    return 1.0 - all_up({&a, &d}, variances, t) - all_up({&b, &d}, variances, t) +
           all_up({&a, &b, &d}, variances, t);
  };
  const double per_year = 100'000.0 * hours_a_year;
  CHECK(agrees_to_decimals(per_year * discounted_integral(both_down, 7.0, 0.08), 2'230'107.68, 2));
  CHECK(agrees_to_decimals(per_year * discounted_integral(both_down, 7.0, 0.0), 2'912'766.68, 2));
}

}  // namespace failover_worlds_test
