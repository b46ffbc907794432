// Every key of the format reaches its member: tests/config/good/everything.yaml has each of them
// once, none at its default.

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <variant>

#include "apps/config/load.hpp"

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
  const auto& [scenario, simulation, outputs] = study();
  CHECK(scenario.title == "Everything: ünïcode, 大型模型 and </script>");
  CHECK(scenario.currency == "EUR");
  CHECK(scenario.horizon.start_year == 2027);
  CHECK(scenario.horizon.start_month == 4);
  CHECK(scenario.horizon.months == 30);
  CHECK(scenario.horizon.discount_rate == PerYear(0.05));
  CHECK(simulation.paths == 2'500'000);
  CHECK(simulation.seed == std::numeric_limits<std::uint64_t>::max());
  CHECK(scenario.frailty.at("industry").variance == 0.25);
  CHECK(scenario.frailty.at("power, north").variance == 2);
  CHECK(scenario.market.scarcity->to_scarce == PerYear(0.05 * 12));
  CHECK(scenario.market.scarcity->to_normal == PerYear(1));
  CHECK(scenario.market.correlation.at("alpha").at("b.c") == -0.5);
  CHECK(outputs.percentiles == std::vector{0.01, 0.5, 0.9995});
  CHECK(outputs.expected_shortfall == std::vector{0.9});
  CHECK(outputs.return_periods == std::vector{10.0, 1000.0});
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
  const auto& other = study().scenario.providers.at("b.c");
  CHECK(!other.list_price.jumps);
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
  CHECK(*east.frailty ==
        std::map<std::string, double>{{"own", 0.5}, {"industry", 0.2}, {"power, north", 0.3}});
  const auto& west = *alpha.regions.at("west").outages;
  const auto& spliced = std::get<SplicedDuration>(west.duration);
  CHECK(west.rate == PerYear(0));
  CHECK(!west.frailty);
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
  CHECK(d.contagion == 1.6);
  CHECK(d.withhold == Fraction(0.17));
  CHECK(d.rival_cost == 20e6);
  CHECK(d.severed_cost == 1.5e9);
}

TEST_CASE("everything: workloads and strategies") {
  const auto& scenario = study().scenario;
  CHECK(scenario.workloads.at("training").demand == 1200);
  CHECK(scenario.workloads.at("training").revenue_at_risk == 10'000);
  CHECK(scenario.workloads.at("in: ference").revenue_at_risk == 0);
  REQUIRE(scenario.strategies.size() == 2);
  CHECK(scenario.strategies[0].first == "zulu");
  CHECK(scenario.strategies[1].first == "alpha");
  const auto& zulu = scenario.strategies[0].second;
  CHECK(zulu.workloads.at("training").placement ==
        std::map<std::string, double>{{"alpha.east", 0.6}, {"alpha.west", 0.3}, {"b.c.</script>", 0.1}});
  CHECK(zulu.workloads.at("in: ference").placement.at("alpha.west") == 1);
  const auto& cap = zulu.contracts.at("alpha");
  CHECK(cap.mode == PriceMode::cap);
  CHECK(cap.term_months == 24);
  CHECK(cap.discount == 0.125);
  CHECK(cap.notice == Years(0.25));
  const auto& fixed = zulu.contracts.at("b.c");
  CHECK(fixed.mode == PriceMode::fixed);
  CHECK(fixed.term_months == 18);
  CHECK(fixed.notice == Years(0.2));
}
