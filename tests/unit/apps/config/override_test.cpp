#include "apps/config/override.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "apps/config/load.hpp"
#include "engine/base/check.hpp"

namespace override_test {

using namespace hedgerow::config;

namespace {

const std::string config_text = R"(hedgerow: 1
providers:
  azure:
    list_price: {value: {value: 2 USD/unit-hour, source: list}, drift: -20%}
    equity_stake: {value: 27%, source: press}
    regions: {east: {}, west.2: {}}
    divergence: none
  aws: {list_price: 3 USD/unit-hour, regions: {east: {}}}
workloads: {training: {demand: 1 units, revenue_at_risk: 1 USD/h}}
strategies: {one: {training: {placement: {azure.east: 100%}}}}
)";

LoadedConfig with(const std::vector<std::string>& changes) {
  std::vector<Override> overrides;
  for (const auto& change : changes) overrides.push_back(parse_override(change));
  return load_config(Source{"x.yaml", config_text}, overrides);
}

std::string message_with(const std::string& change) {
  try {
    with({change});
    return "good";
  } catch (const ConfigError& error) {
    return error.what();
  }
}

std::string source_of(const LoadedConfig& loaded, const std::string& path) {
  for (const auto& value : loaded.resolved)
    if (value.path == path) return value.source;
  return "absent";
}

}  // namespace

TEST_CASE("KEY=VALUE is split at the first equals sign") {
  CHECK(parse_override("a.b=c=d").key == "a.b");
  CHECK(parse_override("a.b=c=d").value == "c=d");
  CHECK_THROWS_AS(parse_override("a.b"), hedgerow::InvalidInput);
  CHECK_THROWS_AS(parse_override("=1"), hedgerow::InvalidInput);
}

TEST_CASE("a value is replaced, its source with it") {
  const auto loaded = with({"providers.azure.equity_stake=10%"});
  CHECK(loaded.study.scenario.providers.at("azure").equity_stake == 0.10);
  CHECK(source_of(loaded, "providers.azure.equity_stake").empty());
  CHECK(source_of(with({}), "providers.azure.equity_stake") == "press");
}

TEST_CASE("a rate is replaced, what was known of it with it") {
  const std::string outages = "providers.azure.regions.east.outages";
  const std::string fitted = outages +
                             "={rate: {value: 2/yr, posterior: {events: 6, exposure: 3yr}, source: log}, "
                             "duration: {fixed: 2h}}";
  const auto east = [](const LoadedConfig& loaded) {
    return loaded.study.scenario.providers.at("azure").regions.at("east").outages.value();
  };
  CHECK(east(with({fitted})).rate_posterior);
  const auto changed = with({fitted, outages + ".rate=5/yr"});
  CHECK(east(changed).rate.value == 5);
  CHECK(!east(changed).rate_posterior);
}

TEST_CASE("a single value for a block with a value leaves its other keys alone") {
  const auto price =
      with({"providers.azure.list_price=5 USD/unit-hour"}).study.scenario.providers.at("azure").list_price;
  CHECK(price.initial == 5);
  CHECK(price.drift == -0.2);
}

TEST_CASE("a key beside a shorthand makes it a block") {
  const auto price =
      with({"providers.aws.list_price.drift=1%"}).study.scenario.providers.at("aws").list_price;
  CHECK(price.initial == 3);
  CHECK(price.drift == 0.01);
}

TEST_CASE("a failover may be a word or a block, before and after") {
  const std::string failover = "strategies.one.training.failover";
  const auto changed = [](const std::vector<std::string>& changes) {
    return with(changes).study.scenario.strategies[0].second.workloads.at("training").failover;
  };
  CHECK(changed({failover + "=cold"}).policy == hedgerow::models::FailoverPolicy::cold);
  const auto longer = changed({failover + "=cold", failover + ".recovery_time=2h"});
  CHECK(longer.policy == hedgerow::models::FailoverPolicy::cold);
  CHECK(longer.recovery_time->value == 2);
  const auto warm = changed({failover + "={policy: cold, recovery_time: 2h}", failover + "=warm"});
  CHECK(warm.policy == hedgerow::models::FailoverPolicy::warm);
  CHECK(warm.recovery_time->value == 2);
  CHECK(!changed({failover + "={policy: cold, recovery_time: 2h}", failover + "=none"}).recovery_time);
  const auto reserved = changed({failover + ".headroom.azure.east=20%"}).headroom;
  CHECK(std::get<std::map<std::string, double>>(reserved).at("azure.east") == 0.2);
}

TEST_CASE("the locations of an exit plan are reached") {
  const auto loaded = with({"providers.aws.provisioning={normal: 5 units/yr}",
                            "strategies.one.training.exit_plan.azure.aws.east=100%"});
  CHECK(loaded.study.scenario.strategies[0]
            .second.workloads.at("training")
            .exit_plan.at("azure")
            .at("aws.east") == 1.0);
}

TEST_CASE("blocks that are absent or none are made") {
  const auto loaded = with({"market.scarcity.to_scarce=1/yr", "providers.azure.divergence.contagion=0",
                            "simulation.paths=7", "horizon={start: 2030-02, years: 2}"});
  CHECK(loaded.study.scenario.market.scarcity->to_scarce.value == 1);
  CHECK(loaded.study.scenario.providers.at("azure").divergence->contagion == 0);
  CHECK(loaded.study.simulation.paths == 7);
  CHECK(loaded.study.scenario.horizon.start_year == 2030);
  CHECK(loaded.study.scenario.horizon.months == 24);
}

TEST_CASE("names with dots are reached") {
  const std::string placement = "strategies.one.training.placement.";
  const auto moved =
      with({placement + "azure.east=40%", placement + "aws.east=35%", placement + "\"azure.west.2\"=25%"});
  const auto& shares = moved.study.scenario.strategies.at(0).second.workloads.at("training").placement;
  CHECK(shares.at("azure.east") == 0.40);
  CHECK(shares.at("aws.east") == 0.35);
  CHECK(shares.at("azure.west.2") == 0.25);
  const auto west = with({"providers.azure.regions.west.2.outages={rate: 1/yr, duration: 1h}"});
  CHECK(west.study.scenario.providers.at("azure").regions.at("west.2").outages.has_value());
  CHECK(west.study.scenario.providers.at("azure").regions.size() == 2);
}

TEST_CASE("the last of several changes counts") {
  CHECK(with({"simulation.seed=5", "simulation.seed=6"}).study.simulation.seed == 6);
}

TEST_CASE("errors name the override") {
  CHECK(message_with("providers.azure.equity_stake=110%") ==
        "--set providers.azure.equity_stake: error: providers.azure.equity_stake is \"110%\" (must be at "
        "least 0% and "
        "below 100%)\n");
  CHECK(message_with("providers.azure.equity_steak=1%") ==
        "--set providers.azure.equity_steak: error: providers.azure.equity_steak is not a known key\n"
        "      = did you mean equity_stake?\n");
  CHECK(message_with("simulation.paths=*x").starts_with("--set simulation.paths: error: aliases"));
  CHECK(message_with("simulation.paths=").starts_with("--set simulation.paths: error: "));
  CHECK(message_with("simulation..paths=1").starts_with("--set simulation..paths: error: is not a path"));
  CHECK(message_with("simulation.paths.=1").starts_with("--set simulation.paths.: error: is not a path"));
  CHECK(
      message_with("strategies.one.training.placement.azure.east=90%")
          .starts_with(
              "--set strategies.one.training.placement.azure.east: error: strategies.one.training.placement "
              "sums to 90 %") == false);  // the sum is said where the map stands
  CHECK(message_with("strategies.one.training.placement.azure.east=90%").starts_with("x.yaml:10:"));
}

TEST_CASE("an entry that is made next to one of almost its name is told of, whether or not it can be read") {
  const std::string place = "--set providers.azur.equity_stake: ";
  CHECK(message_with("providers.azur.equity_stake=10%") ==
        place + "warning: providers.azur is new, the config has no such name\n      = did you mean azure?\n" +
            place + "error: providers.azur.list_price is missing\n" +
            "      = price of capacity, as in 2.0 USD/unit-hour or {value: …, drift: …}\n");
  const auto warnings = [](const std::vector<std::string>& changes) {
    std::string text;
    for (const Diagnostic& warning : with(changes).warnings) text += warning.message + "|" + warning.hint;
    return text;
  };
  CHECK(warnings({"providers.azure.regions.esat={}"}) ==
        "providers.azure.regions.esat is new, the config has no such name|did you mean east?");
  CHECK(warnings({"providers.azure.regions.north={}"}).empty());  // like none
  CHECK(warnings({"providers.azure.regions.east={}"}).empty());   // of the file
  CHECK(warnings({"providers.azure.regions.a-1={}", "providers.azure.regions.a-2={}"}).empty());
}

TEST_CASE("a label of the caller's stands in place of --set KEY") {
  try {
    load_config(Source{"x.yaml", config_text}, {{"simulation.paths", "0", "--paths"}});
    FAIL("accepted");
  } catch (const ConfigError& error) {
    CHECK(std::string(error.what()).starts_with("--paths: error: simulation.paths is \"0\""));
  }
}

}  // namespace override_test
