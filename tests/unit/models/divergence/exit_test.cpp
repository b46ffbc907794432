// Leaving a provider, month by month (docs/model/exit.md).

#include "models/divergence/exit.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/given_path.hpp"

namespace exit_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

/// 1000 units: A .6, B .3, C .1; B takes 100 units a month, C 200, half of it in scarcity; 1 money/h.
ScenarioInput three() {
  ScenarioInput input = worlds::plain({{"A", 0.6}, {"B", 0.3}, {"C", 0.1}}, 1000.0, 1.0);
  input.horizon.months = 48;
  for (auto& [name, provider] : input.providers) provider.divergence = Divergence{};
  input.providers["B"].provisioning = Provisioning{UnitsPerYear(1200), {}};
  input.providers["C"].provisioning = Provisioning{UnitsPerYear(2400), {}};
  return input;
}

WorkloadChoice& load(ScenarioInput& input) { return input.strategies[0].second.workloads["load"]; }
Contract& contract(ScenarioInput& input, const char* provider = "A") {
  return input.strategies[0].second.contracts[provider];
}

/// A gives notice in month 12 and is cut off in month 18.
struct Leaving : GivenPath {
  explicit Leaving(const ScenarioInput& input, double rate = 0.0) : GivenPath(input, rate) {
    severed(0, 1.0);
  }
  /// A month's shares at A, B and C.
  void check_placed(int month, double a, double b, double c, std::size_t workload = 0) const {
    CAPTURE(month);
    CHECK(placed(month, 0, workload) == doctest::Approx(a).epsilon(1e-12));
    CHECK(placed(month, 1, workload) == doctest::Approx(b).epsilon(1e-12));
    CHECK(placed(month, 2, workload) == doctest::Approx(c).epsilon(1e-12));
  }
  const Holding& holding(int month, std::size_t location) const {
    return occupancy.at(month).at(WorkloadId(0), LocationId(location));
  }
};

void check_close(double found, double expected) { CHECK(found == doctest::Approx(expected).epsilon(1e-12)); }

}  // namespace

TEST_CASE("an exit plan with two destinations: at the mean of their rates, from the month after the notice") {
  ScenarioInput input = three();
  load(input).exit_plan["A"] = {{"B.r", 0.5}, {"C.r", 0.5}};
  Leaving path(input);
  path.migrate();
  path.check_placed(12, 0.6, 0.3, 0.1);
  path.check_placed(13, 0.45, 0.375, 0.175);  // 150 a month, half to each
  path.check_placed(14, 0.3, 0.45, 0.25);
  path.check_placed(15, 0.15, 0.525, 0.325);
  path.check_placed(16, 0.0, 0.6, 0.4);
  CHECK(path.occupancy.stages() == 5);
  CHECK_FALSE(path.migration.stranded);
}

TEST_CASE("without a plan, to the surviving locations by their shares; half as fast in scarcity") {
  ScenarioInput input = three();
  Leaving path(input);
  path.scarcity[14] = true;
  path.migrate();
  path.check_placed(13, 0.475, 0.39375, 0.13125);     // 3/4 of 100 and 1/4 of 200: 125 a month
  path.check_placed(14, 0.4125, 0.440625, 0.146875);  // 62.5
  path.check_placed(15, 0.2875, 0.534375, 0.178125);
  path.check_placed(17, 0.0375, 0.721875, 0.240625);
  path.check_placed(18, 0.0, 0.75, 0.25);  // the last 37.5
}

TEST_CASE("the lead delays the move") {
  ScenarioInput input = three();
  load(input).exit_lead_months = 2;
  Leaving path(input);
  path.migrate();
  path.check_placed(14, 0.6, 0.3, 0.1);
  path.check_placed(15, 0.475, 0.39375, 0.13125);
}

TEST_CASE("workloads and leavers share what a destination provisions, in proportion to what they want") {
  ScenarioInput input = three();
  input.workloads["load"].demand = 750.0;
  input.workloads["more"] = {250.0, 1.0};
  load(input).placement = {{"A.r", 1.0}};
  input.strategies[0].second.workloads["more"] = load(input);
  for (auto& [name, choice] : input.strategies[0].second.workloads) choice.exit_plan["A"] = {{"B.r", 1.0}};
  Leaving path(input);
  path.migrate();
  for (const std::size_t workload : {0u, 1u}) path.check_placed(14, 0.8, 0.2, 0.0, workload);

  ScenarioInput both = three();
  load(both).placement = {{"A.r", 0.45}, {"B.r", 0.15}, {"C.r", 0.4}};
  Leaving two(both);
  two.severed(1, 0.99);  // notice in month 12 as well
  two.migrate();
  two.check_placed(13, 0.45 - 0.8 / 7, 0.15 - 0.6 / 7, 0.6);  // ramps of 200 and 150 (all), 200 fit
  two.check_placed(15, 0.0, 0.0, 1.0);
}

TEST_CASE("moving is in units of the day's demand, so that a grown workload takes longer") {
  ScenarioInput input = three();
  load(input).exit_plan["A"] = {{"C.r", 1.0}};
  Leaving path(input);
  path.demand.at(WorkloadId(0), 14) = 2.0;
  path.migrate();
  path.check_placed(13, 0.4, 0.3, 0.3);
  path.check_placed(14, 0.3, 0.3, 0.4);
}

TEST_CASE("bills while two providers run: until the cut-off, or only for what is left") {
  for (const bool dual_run : {true, false}) {
    CAPTURE(dual_run);
    ScenarioInput input = three();
    load(input).failover.headroom = std::map<std::string, double>{{"A.r", 0.5}};
    contract(input).dual_run = dual_run;
    load(input).exit_plan["A"] = {{"C.r", 1.0}};
    Leaving path(input);
    path.migrate();
    path.bill();
    const auto billed = [&](std::size_t p, std::size_t k) {
      return path.bills[ProviderId(p)].gross[k] / 730.0;
    };
    check_close(billed(0, 12), 900.0);
    check_close(billed(0, 13), dual_run ? 900.0 : 600.0);
    check_close(billed(0, 14), dual_run ? 900.0 : 300.0);
    check_close(billed(0, 15), dual_run ? 900.0 : 0.0);
    CHECK(billed(0, 18) == 0.0);
    check_close(billed(2, 13), 300.0);
    check_close(billed(2, 20), 700.0);
    const double headroom = dual_run ? 18.0 * 300 : 13.0 * 300 + 200 + 100;
    check_close(path.hedge_premium.nominal, 730.0 * headroom);
  }
}

TEST_CASE("a move costs by unit and, once in all, the egress of the data, in the months of arrival") {
  ScenarioInput input = three();
  load(input).exit_plan["A"] = {{"C.r", 1.0}};
  contract(input).migration_cost = 10.0;
  contract(input).egress = {90.0, 50.0};
  Leaving path(input, 0.08);
  path.migrate();
  check_close(path.nominal(Component::migration, 0), 600 * 10.0 + 4500.0);
  CHECK(path.nominal(Component::migration, 0, 0) == 0.0);
  double present = 0.0;
  for (const double month : {13.0, 14.0, 15.0}) present += 3500.0 * std::exp(-0.08 * month / 12.0);
  check_close(path.present(Component::migration), present);
  CHECK(path.nominal(Component::migration, 2) == 0.0);

  Leaving grown(input);  // half of the move when demand is twice what it was
  grown.demand.at(WorkloadId(0), 13) = 2.0;
  grown.migrate();
  check_close(grown.nominal(Component::migration, 0), (200 + 200 + 200 + 100) * 10.0 + 4500.0);
}

TEST_CASE("egress counts all workloads together") {
  ScenarioInput input = three();
  input.workloads["more"] = {400.0, 1.0};
  input.strategies[0].second.workloads["more"].placement = {{"A.r", 0.5}, {"C.r", 0.5}};
  for (auto& [name, choice] : input.strategies[0].second.workloads) choice.exit_plan["A"] = {{"C.r", 1.0}};
  contract(input).egress = {1.0, 800.0};  // 600 + 200 units: 1 a unit
  Leaving path(input);
  path.migrate();
  check_close(path.nominal(Component::migration, 0, 1), 800.0);
}

TEST_CASE("headroom at the new place is reserved when the move is complete, by what went there") {
  ScenarioInput input = three();
  load(input).failover.headroom = std::map<std::string, double>{{"B.r", 0.2}, {"C.r", 0.5}};
  load(input).exit_plan["A"] = {{"B.r", 0.5}, {"C.r", 0.5}};
  for (const bool rehomed : {true, false}) {
    load(input).rehomed_headroom = rehomed;
    Leaving path(input);
    path.migrate();
    check_close(path.holding(14, 1).capacity, 0.3 * 1.2 + 0.15);
    check_close(path.holding(16, 1).capacity, 0.3 * 1.2 + 0.3 * (rehomed ? 1.2 : 1.0));
    check_close(path.holding(16, 2).billed, 0.1 * 1.5 + 0.3 * (rehomed ? 1.5 : 1.0));
    check_close(path.holding(16, 2).reserved, 0.05 + (rehomed ? 0.15 : 0.0));
  }
}

TEST_CASE("a destination that leaves too passes on what it took, and gets no headroom any more") {
  ScenarioInput input = three();
  load(input).failover.headroom = std::map<std::string, double>{{"B.r", 0.2}};
  load(input).rehomed_headroom = true;
  load(input).exit_plan["A"] = {{"B.r", 1.0}};
  Leaving path(input);
  path.severed(1, 14.0 / 12.0);  // takes one more month
  path.migrate();
  path.check_placed(13, 0.5, 0.4, 0.1);
  path.check_placed(14, 0.3, 0.4, 0.3);  // nothing more to B
  path.check_placed(15, 0.2, 0.3, 0.5);  // both ramps are 200, C takes 200
  path.check_placed(18, 0.0, 0.0, 1.0);
  check_close(path.holding(18, 1).billed, 0.3 * 1.2 + 0.1);
}

TEST_CASE(
    "where some of a plan's destinations are gone the others take all; where all are, the initial shares "
    "decide") {
  ScenarioInput input = three();
  load(input).exit_plan["A"] = {{"B.r", 0.9}, {"C.r", 0.1}};
  Leaving planned(input);
  planned.severed(1, 0.5);
  planned.migrate();
  planned.check_placed(12, 0.6, 0.0, 0.4);  // B has gone to C
  planned.check_placed(13, 0.4, 0.0, 0.6);
  load(input).exit_plan["A"] = {{"B.r", 1.0}};
  load(input).placement = {{"A.r", 0.5}, {"C.r", 0.5}};
  Leaving fallback(input);
  fallback.severed(1, 0.5);
  fallback.migrate();
  fallback.check_placed(13, 0.3, 0.0, 0.7);
}

TEST_CASE("where no share is left, anybody who takes the buyer in and is an alternative") {
  for (const bool alternative : {true, false}) {
    ScenarioInput input = three();
    load(input).placement = {{"A.r", 1.0}, {"B.r", 0.0}, {"C.r", 0.0}};
    input.providers["B"].alternative = alternative;
    Leaving path(input);
    path.migrate();
    if (alternative)
      path.check_placed(13, 0.85, 0.075, 0.075);
    else
      path.check_placed(13, 0.8, 0.0, 0.2);
    CHECK_FALSE(path.migration.stranded);
  }
}

TEST_CASE("everybody leaves, or nobody takes anything: stranded, and unserved from the cut-off") {
  for (const bool provisioned : {true, false}) {
    ScenarioInput input = three();
    if (!provisioned)
      for (auto& [name, provider] : input.providers) provider.provisioning.reset();
    Leaving path(input);
    if (provisioned)
      for (const std::size_t p : {1u, 2u}) path.severed(p, 1.0);
    path.migrate();
    path.serve();
    path.bill();
    CHECK(path.migration.stranded);
    CHECK(path.occupancy.stages() == 1);
    check_close(path.nominal(Component::capacity_shortage, 0), 0.6 * 30 * 730);
    check_close(path.nominal(Component::capacity_shortage), (provisioned ? 1.0 : 0.6) * 30 * 730);
    check_close(path.nominal(Component::spend, 0), 600.0 * 18 * 730);
  }
}

TEST_CASE("what has moved in time is served after the cut-off; what has not is not") {
  ScenarioInput input = three();
  load(input).exit_plan["A"] = {{"B.r", 1.0}};
  contract(input).notice = Years(0.25);  // months 13 and 14 before the cut-off in month 15
  Leaving path(input);
  path.migrate();
  path.serve();
  check_close(path.nominal(Component::capacity_shortage, 0), (0.3 + 0.2 + 0.1) * 730);
}

}  // namespace exit_test
