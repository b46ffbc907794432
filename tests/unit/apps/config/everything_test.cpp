// Every key of the format reaches its member: tests/config/good/everything.yaml has each of them
// once, none at its default.

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <variant>

#include "apps/config/load.hpp"

namespace everything_test {

using namespace hedgerow;
using namespace hedgerow::config;
using namespace hedgerow::models;

namespace {

const Study& study() {
  static const LoadedConfig loaded =
      load_config(std::string(HEDGEROW_SOURCE_DIR "/tests/config/good/everything.yaml"));
  return loaded.study;
}

}  // namespace

TEST_CASE("everything: settings, market and frailty") {
  const auto& [scenario, simulation, outputs, limits] = study();
  CHECK(scenario.title == "Everything: ünïcode, 大型模型 and </script>");
  CHECK(scenario.currency == "EUR");
  CHECK(scenario.horizon.start_year == 2027);
  CHECK(scenario.horizon.start_month == 4);
  CHECK(scenario.horizon.months == 30);
  CHECK(scenario.horizon.discount_rate == PerYear(0.05));
  CHECK(simulation.paths == 2'500'000);
  CHECK(simulation.seed == std::numeric_limits<std::uint64_t>::max());
  CHECK(*simulation.precision == 0.005);
  CHECK(scenario.frailty.at("industry").variance == 0.25);
  CHECK(scenario.frailty.at("industry").persistence == 0.6);
  CHECK(scenario.frailty.at("power, north").variance == 2);
  CHECK(scenario.market.scarcity->to_scarce == PerYear(0.05 * 12));
  CHECK(scenario.market.scarcity->to_normal == PerYear(1));
  CHECK(scenario.market.correlation.at("list").at("b.c") == -0.5);
  CHECK(outputs.percentiles == std::vector{0.01, 0.5, 0.9995});
  CHECK(outputs.expected_shortfall == std::vector{0.9, 0.975});  // the second for a limit
  CHECK(outputs.return_periods == std::vector{10.0, 1000.0});
  CHECK(outputs.percentiles_of == std::vector{models::Detail::total_cost, models::Detail::curves,
                                              models::Detail::components});  // the last for a limit
  CHECK(outputs.corridor.min_discount.value == 0.15);
  CHECK(outputs.corridor.min_leverage.value == 0.25);
  CHECK(outputs.corridor.max_unserved_hours.value == 72.0);
}

TEST_CASE("everything: a provider") {
  const auto& alpha = study().scenario.providers.at("alpha");
  CHECK(alpha.list_price.initial == 1.5);
  CHECK(alpha.list_price.drift == -0.05);
  CHECK(alpha.list_price.volatility == 0.2);
  CHECK(alpha.list_price.jumps->rate == PerYear(1));
  CHECK(alpha.list_price.jumps->mean == -0.2);
  CHECK(alpha.list_price.jumps->sd == 0.3);
  CHECK(alpha.list_price.scarcity_premium == 0.5);
  CHECK(alpha.list_price.loading == 0.5);
  CHECK(alpha.product_overlap == 0.45);
  CHECK(alpha.equity_stake == 0.1);
  CHECK(alpha.unit_cost_ratio == Fraction(0.35));
  CHECK(alpha.buyer_share_of_vendor == Fraction(0.03));
  CHECK(alpha.provisioning->normal == UnitsPerYear(8000));
  CHECK(*alpha.provisioning->scarce == UnitsPerYear(3000));
  CHECK(!alpha.alternative);
  CHECK(alpha.price_group == "list");
  CHECK(alpha.regime_group == "rivals: all");
  CHECK(alpha.frailty_group == "grid");
  const auto& other = study().scenario.providers.at("b.c");
  CHECK(!other.list_price.jumps);
  CHECK(other.provisioning->normal == UnitsPerYear(9000));
  CHECK(!other.provisioning->scarce);
  CHECK(other.alternative);
  CHECK(other.price_group.empty());
  CHECK(!other.divergence);
  CHECK(!other.regions.at("</script>").outages);
  CHECK(std::get<FixedDuration>(other.outages->duration).value == Hours(4));
}

TEST_CASE("everything: outages") {
  const auto& alpha = study().scenario.providers.at("alpha");
  const auto& east = *alpha.regions.at("east").outages;
  CHECK(east.rate == PerYear(4));
  CHECK(std::get<WeibullDuration>(east.duration).shape == 0.7);
  CHECK(std::get<WeibullDuration>(east.duration).scale == Hours(1.5));
  CHECK(east.severity.total == Fraction(0.3));
  CHECK(east.severity.mean == Fraction(0.25));
  CHECK(east.severity.concentration == 5);
  CHECK(east.overlap == Overlap::ignore);
  CHECK(east.clustering->branching == Fraction(0.2));
  CHECK(east.clustering->decay == PerYear(100));
  CHECK(*east.frailty ==
        std::map<std::string, double>{{"own", 0.5}, {"industry", 0.2}, {"power, north", 0.2}, {"grid", 0.1}});
  const auto& west = *alpha.regions.at("west").outages;
  const auto& spliced = std::get<SplicedDuration>(west.duration);
  CHECK(west.rate == PerYear(0));
  CHECK(!west.frailty);
  CHECK(!west.clustering);
  CHECK(std::get<WeibullDuration>(spliced.body).shape == 2);
  CHECK(std::get<WeibullDuration>(spliced.body).scale == Hours(1));
  CHECK(spliced.threshold == Fraction(0.9));
  CHECK(spliced.tail_index == 0.3);
  CHECK(spliced.tail_scale == Hours(6));
  CHECK(std::get<LognormalDuration>(alpha.outages->duration).median == Hours(24));
  CHECK(std::get<LognormalDuration>(alpha.outages->duration).sigma == 0.5);
  const auto& dns = study().scenario.shared_dependencies.at("dns");
  CHECK(dns.outages.rate == PerYear(2));
  CHECK(std::get<FixedDuration>(dns.outages.duration).value == Hours(0.75));
  CHECK(dns.impact == std::map<std::string, double>{{"alpha.east", 1.0}, {"b.c.</script>", 0.5}});
}

TEST_CASE("everything: divergence") {
  const auto& d = *study().scenario.providers.at("alpha").divergence;
  CHECK(d.aligned_to_strained == PerYear(0.11));
  CHECK(d.aligned_to_rival == PerYear(0.12));
  CHECK(d.strained_to_aligned == PerYear(0.13));
  CHECK(d.strained_to_rival == PerYear(0.14));
  CHECK(d.strained_to_severed == PerYear(0.15));
  CHECK(d.rival_to_strained == PerYear(0.16));
  CHECK(d.rival_to_severed == PerYear(0.17));
  CHECK(d.severed_to_strained == PerYear(0.18));
  CHECK(d.overlap_effect == 1.1);
  CHECK(d.share_effect == 1.2);
  CHECK(d.equity_effect == -1.3);
  CHECK(d.reference_overlap == Fraction(0.14));
  CHECK(d.reference_share == Fraction(0.15));
  CHECK(d.feedback);
  CHECK(d.contagion == 1.6);
  CHECK(d.withhold == Fraction(0.17));
  CHECK(d.rival_cost == 20e6);
  CHECK(d.severed_cost == 1.5e9);
}

TEST_CASE("everything: bargaining") {
  const Bargaining& b = study().scenario.bargaining;
  CHECK(b.power == Fraction(0.4));
  CHECK(b.share_effect == 1.5);
  CHECK(b.resale_normal == Fraction(0.3));
  CHECK(b.resale_scarce == Fraction(0.6));
  CHECK(b.rival_wedge == 0.15);
  CHECK(b.switching_cost == 0.5);
  CHECK(b.porting_cost == 0.12);
  CHECK(b.porting_cost_new == 0.25);
  CHECK(b.alternative_discount == Fraction(0.07));
  CHECK(!b.credible_exit);
  CHECK(b.outside_option == OutsideOption::constraint);
}

TEST_CASE("everything: workloads") {
  const auto& training = study().scenario.workloads.at("training");
  CHECK(training.demand == 1200);
  CHECK(training.revenue_at_risk == 10'000);
  CHECK(training.growth == 0.3);
  CHECK(training.demand_volatility == 0.12);
  CHECK(training.reputation->factor == 0.5);
  CHECK(training.reputation->time == Hours(48));
  CHECK(training.reputation->exponent == 1.8);
  CHECK(*training.reputation->cap == 50e6);
  const auto& inference = study().scenario.workloads.at("in: ference");
  CHECK(inference.revenue_at_risk == 0);
  CHECK(!inference.reputation);
}

TEST_CASE("everything: strategies") {
  const auto& scenario = study().scenario;
  REQUIRE(scenario.strategies.size() == 2);
  CHECK(scenario.strategies[0].first == "zulu");
  CHECK(scenario.strategies[1].first == "alpha");
  const auto& zulu = scenario.strategies[0].second;
  CHECK(zulu.workloads.at("training").placement ==
        std::map<std::string, double>{{"alpha.east", 0.6}, {"alpha.west", 0.3}, {"b.c.</script>", 0.1}});
  CHECK(zulu.workloads.at("in: ference").placement.at("alpha.west") == 1);
  CHECK(zulu.pooled_headroom);
  CHECK(!scenario.strategies[1].second.pooled_headroom);
}

TEST_CASE("everything: failover and exit") {
  using ByLocation = std::map<std::string, double>;
  const auto& zulu = study().scenario.strategies[0].second;
  const auto& training = zulu.workloads.at("training");
  CHECK(training.failover.policy == FailoverPolicy::warm);
  CHECK(*training.failover.recovery_time == Hours(0.75));
  CHECK(std::get<ByLocation>(training.failover.headroom) ==
        ByLocation{{"alpha.east", 0.2}, {"b.c.</script>", 1.5}});
  const auto& on_demand = training.failover.on_demand_headroom;
  CHECK(on_demand.size() == 2);
  CHECK(on_demand.at("alpha.west").normal == Fraction(0.05));
  CHECK(on_demand.at("alpha.west").scarce == Fraction(0.01));
  CHECK(on_demand.at("b.c.</script>").normal == Fraction(0.04));
  CHECK(on_demand.at("b.c.</script>").scarce == Fraction(0));
  CHECK(training.exit_plan == std::map<std::string, ByLocation>{{"alpha", {{"b.c.</script>", 1.0}}}});
  CHECK(training.exit_lead_months == 2);
  CHECK(training.rehomed_headroom);
  const auto& inference = zulu.workloads.at("in: ference");
  CHECK(inference.failover.policy == FailoverPolicy::active_active);
  CHECK(!inference.failover.recovery_time);
  CHECK(std::get<Fraction>(inference.failover.headroom) == Fraction(0));
  CHECK(inference.exit_plan.empty());
  const auto& other = study().scenario.strategies[1].second.workloads.at("training").failover;
  CHECK(other.policy == FailoverPolicy::cold);
  CHECK(std::get<Fraction>(other.headroom) == Fraction(0.2));
}

TEST_CASE("everything: contracts") {
  using Tiers = std::vector<std::pair<double, double>>;
  const auto& zulu = study().scenario.strategies[0].second;
  const auto& cap = zulu.contracts.at("alpha");
  CHECK(cap.mode == PriceMode::cap);
  CHECK(cap.term_months == 24);
  CHECK(cap.start_month == -5);
  CHECK(cap.discount == 0.125);
  CHECK(cap.renewal == Renewal::bargain);
  CHECK(cap.commitment == std::vector{1e6, 1.5e6});
  CHECK(cap.rollover == Fraction(0.25));
  CHECK(!cap.release_on_vendor_termination);
  CHECK(cap.volume_tiers == Tiers{{500e3, 0.05}, {1e6, 0.1}});
  CHECK(cap.sla->tiers == Tiers{{0.9999, 0.1}, {0.99, 0.3}, {0.95, 1.0}});
  CHECK(cap.sla->qualification == Fraction(0.5));
  CHECK(cap.sla->claim == Fraction(0.9));
  CHECK(cap.sla->cap_month == Fraction(0.8));
  CHECK(cap.sla->cap_year == Fraction(0.1));
  CHECK(cap.sla->covers_shared);
  CHECK(cap.notice == Years(0.25));
  CHECK(cap.migration_cost == 800);
  CHECK(cap.egress.price == 80);
  CHECK(cap.egress.volume == 2000);
  CHECK(!cap.dual_run);
  CHECK(*cap.switching_cost == 5e6);
  const auto& fixed = zulu.contracts.at("b.c");
  CHECK(fixed.mode == PriceMode::fixed);
  CHECK(fixed.term_months == 18);
  CHECK(fixed.start_month == 2);
  CHECK(fixed.commitment == std::vector{2e6});
  CHECK(fixed.volume_tiers.empty());
  CHECK(!fixed.sla);
  CHECK(!fixed.switching_cost);
  CHECK(fixed.notice == Years(0.2));
}

TEST_CASE("everything: limits") {
  using Kind = MeasureStatistic::Kind;
  const auto& limits = study().limits;
  REQUIRE(limits.size() == 6);
  CHECK(limits[0].name == "appetite");
  CHECK(limits[0].strategy == "alpha");
  CHECK(limits[0].measure == "total_cost.es_97_5");
  CHECK(*limits[0].at_most == 2.1e9);
  CHECK(!limits[0].at_least);
  const auto statistic = [&](std::size_t i) { return std::get<MeasureStatistic>(limits[i].number); };
  CHECK(statistic(0).measure == "total_cost");
  CHECK(statistic(0).kind == Kind::expected_shortfall);
  CHECK(statistic(0).level == 0.975);
  CHECK(limits[1].name == "no, never");
  CHECK(statistic(1).measure == "outage");
  CHECK(statistic(1).kind == Kind::percentile);
  CHECK(statistic(1).level == 0.5);
  CHECK(!limits[1].at_most);
  CHECK(*limits[1].at_least == -1);
  CHECK(std::holds_alternative<ProbabilityCheaper>(limits[2].number));
  CHECK(*limits[2].at_least == 0.6);
  CHECK(std::get<ConcentrationIndex>(limits[3].number) == ConcentrationIndex::risk);
  CHECK(*limits[3].at_most == 0.6);
  CHECK(std::get<SeveredByHorizon>(limits[4].number).provider == "alpha");
  CHECK(*limits[4].at_most == 0.05);
  CHECK(statistic(5).measure == "loss");
  CHECK(statistic(5).kind == Kind::mean);
}

}  // namespace everything_test
