// Expected downtime of random outage worlds against the closed forms of tests/support/availability.hpp.

#include "tests/support/availability.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/standard_errors.hpp"
#include "tests/support/worlds.hpp"

namespace availability_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

const Survival lognormal_2_12 = lognormal_survival(2.0, 1.2);

/// One location, 1 money/h at risk, no discounting: the outage loss is the downtime in hours.
ScenarioInput one_location(OutageProcess process, int months, double rate = 0.0) {
  ScenarioInput input = worlds::plain({{"A", 1.0}}, 1.0, 1.0);
  input.horizon.months = months;
  input.horizon.discount_rate = PerYear(rate);
  input.providers["A"].regions["r"].outages = std::move(process);
  return input;
}

measure::Estimate mean_downtime(const ScenarioInput& input, std::uint64_t paths, std::uint64_t seed) {
  return assess(worlds::study(input, paths, seed), test::whole_only())
      .strategies.front()
      .measure("outage")
      .mean;
}

}  // namespace

TEST_CASE("the closed forms of this test reproduce the printed oracles") {
  const Entity o8{6.0, lognormal_2_12};
  CHECK(agrees_to_decimals(all_up({&o8}, {}, 0.999), 0.9971896643, 10));
  const Entity o8_frail{6.0, lognormal_2_12, 0.0, {{"f", 1.0}}};
  CHECK(agrees_to_decimals(all_up({&o8_frail}, {{"f", 0.5}}, 0.999), 0.9971916370, 10));
  CHECK(agrees_to_decimals(hours_a_year * expected_downtime({o8}, {}, 1.0, 0.0), 24.5941945, 6));
  const Entity o9{200.0, weibull_survival(1.0, 24.0)};
  CHECK(agrees_to_decimals(hours_a_year * expected_downtime({o9}, {}, 1.0, 0.0), 3686.738421, 5));

  const Entity a{6.0, lognormal_2_12, 0.4, {{"f", 0.6}}}, b{4.0, lognormal_2_12, 0.4, {{"f", 0.6}}};
  const Entity d{0.5, lognormal_survival(4.0, 1.2)};
  const double per_year = 100'000.0 * hours_a_year;
  CHECK(agrees_to_decimals(0.6 * per_year * expected_downtime({a, d}, {{"f", 0.5}}, 7.0, 0.08), 9'230'572.35,
                           2));
  CHECK(agrees_to_decimals(0.4 * per_year * expected_downtime({b, d}, {{"f", 0.5}}, 7.0, 0.08), 4'397'884.34,
                           2));
}

TEST_CASE("O8: downtime of one entity") {
  const auto process = worlds::outages(6.0, worlds::lognormal(2.0, 1.2));
  check_within_4_se(mean_downtime(one_location(process, 12), 300'000, 21), 24.5941945, 0.04);
}

TEST_CASE("O9: overlapping outages merge or are ignored") {
  auto process = worlds::outages(200.0, WeibullDuration{1.0, Hours(24.0)});
  check_within_4_se(mean_downtime(one_location(process, 12), 20'000, 22), 3686.738421, 4.0);
  process.overlap = Overlap::ignore;
  check_within_4_se(mean_downtime(one_location(process, 12), 20'000, 22), 3095.396664, 4.0);
}

TEST_CASE("ignored overlaps with discounting: alternating renewal with exponential repair") {
  Dice dice(23);
  for (int round = 0; round < 4; ++round) {
    const double rate = dice.between(20.0, 400.0), mean = dice.between(5.0, 60.0) / hours_a_year;
    const double r = dice.between(0.01, 0.4), years = dice.among(1, 2);
    auto process = worlds::outages(rate, WeibullDuration{1.0, Hours(mean * hours_a_year)});
    process.overlap = Overlap::ignore;
    const double speed = rate + 1.0 / mean, stationary = rate * mean / (1.0 + rate * mean);
    const double exact =
        hours_a_year * stationary *
        ((1.0 - std::exp(-r * years)) / r - (1.0 - std::exp(-(r + speed) * years)) / (r + speed));
    const ScenarioInput input = one_location(process, static_cast<int>(12 * years), r);
    check_within_4_se(mean_downtime(input, 8'000, 30 + round), exact, 0.005 * exact);
  }
}

TEST_CASE("a shared yearly frailty keeps the count but thins the union") {
  // v = 3 on a heavily loaded entity: 30 % less downtime than without frailty.
  const Entity frail{200.0, lognormal_survival(12.0, 1.0), 0.2, {{"f", 0.8}}};
  auto input =
      one_location(worlds::outages(200.0, worlds::lognormal(12.0, 1.0), {{"own", 0.2}, {"f", 0.8}}), 24, 0.1);
  input.frailty["f"] = {3.0};
  const double exact = hours_a_year * expected_downtime({frail}, {{"f", 3.0}}, 2.0, 0.1);
  check_within_4_se(mean_downtime(input, 30'000, 24), exact, 0.006 * exact);
}

TEST_CASE("the severest of overlapping partial outages counts") {
  const Entity entity{150.0, lognormal_survival(20.0, 0.8)};
  auto process = worlds::outages(150.0, worlds::lognormal(20.0, 0.8));
  process.severity = {Fraction(0.3), Fraction(0.4), 3.0};
  const double exact =
      hours_a_year *
      discounted_integral([&](double t) { return expected_severity(entity, 0.3, 0.4, 3.0, t); }, 1.0, 0.2);
  check_within_4_se(mean_downtime(one_location(process, 12, 0.2), 10'000, 25), exact, 0.003 * exact);
}

TEST_CASE("spliced durations") {
  const double threshold = 14.3963043733;  // O6, the 95 % quantile
  SplicedDuration law{worlds::lognormal(2.0, 1.2), Fraction(0.95), 0.3, Hours(6.0)};
  const Survival survival = spliced_survival(lognormal_2_12, threshold, 0.05, 0.3, 6.0);
  CHECK(agrees_to_decimals(limited_mean(survival, 1e7, threshold), 3.9086706453, 4));  // O7, cut far out
  const Entity entity{300.0, survival, 1.0, {}, 1.0, threshold};
  const double exact = hours_a_year * expected_downtime({entity}, {}, 1.0, 0.0);
  check_within_4_se(mean_downtime(one_location(worlds::outages(300.0, law), 12), 10'000, 26), exact,
                    0.003 * exact);
}

namespace {

/// Two locations of one provider: each has its region's outages, both have the provider's and those of a
/// shared dependency that reaches them in part; two gamma factors run through all of them.
struct RandomWorld {
  ScenarioInput input;
  double exact;  ///< expected present value of the outage loss

  explicit RandomWorld(Dice& dice) {
    const double years = dice.among(1, 3), r = dice.between(0.0, 0.2), share = dice.between(0.2, 0.8);
    const Variances variances{{"f", dice.between(0.2, 2.0)}, {"g", dice.between(0.2, 2.0)}};
    input = worlds::plain({{"A", 1.0}}, 1.0, 1.0);
    input.horizon.months = static_cast<int>(12 * years);
    input.horizon.discount_rate = PerYear(r);
    for (const auto& [name, variance] : variances) input.frailty[name] = {variance};
    input.providers["A"].regions["s"] = {};
    input.strategies.front().second.workloads["load"].placement = {{"A.r", share}, {"A.s", 1.0 - share}};

    const auto region = [&](const char* name) {
      const double median = dice.between(5.0, 40.0), sigma = dice.between(0.5, 1.2);
      input.providers["A"].regions[name].outages = process(dice, worlds::lognormal(median, sigma));
      return entity(*input.providers["A"].regions[name].outages, lognormal_survival(median, sigma));
    };
    Entity at_r = region("r"), at_s = region("s");
    const double shape = dice.between(0.7, 1.5), scale = dice.between(5.0, 40.0);
    input.providers["A"].outages = process(dice, WeibullDuration{shape, Hours(scale)});
    const Entity provider = entity(*input.providers["A"].outages, weibull_survival(shape, scale));
    const double hours = dice.between(5.0, 40.0);
    SharedDependency shared{process(dice, FixedDuration{Hours(hours)}),
                            {{"A.r", dice.between(0.3, 1.0)}, {"A.s", dice.between(0.3, 1.0)}}};
    Entity on_r = entity(shared.outages, fixed_survival(hours)), on_s = on_r;
    on_r.kink = on_s.kink = hours;
    on_r.impact = shared.impact.at("A.r");
    on_s.impact = shared.impact.at("A.s");
    input.shared_dependencies["D"] = shared;
    exact = hours_a_year * (share * expected_downtime({at_r, provider, on_r}, variances, years, r) +
                            (1.0 - share) * expected_downtime({at_s, provider, on_s}, variances, years, r));
  }

 private:
  static OutageProcess process(Dice& dice, DurationLaw law) {
    const double own = dice.between(0.1, 0.5), f = dice.between(0.1, 0.5);
    return worlds::outages(dice.between(20.0, 80.0), std::move(law),
                           {{"own", own}, {"f", f}, {"g", 1.0 - own - f}});
  }
  static Entity entity(const OutageProcess& process, Survival survival) {
    std::map<std::string, double> weights = *process.frailty;
    const double own = weights.at("own");
    weights.erase("own");
    return {process.rate.value, std::move(survival), own, weights};
  }
};

}  // namespace

TEST_CASE("random worlds: entities that share factors and a location, partial impacts, discounting") {
  Dice dice(27);
  for (int round = 0; round < 6; ++round) {
    CAPTURE(round);
    const RandomWorld world(dice);
    check_within_4_se(mean_downtime(world.input, 10'000, 40 + round), world.exact, 0.006 * world.exact);
  }
}

}  // namespace availability_test
