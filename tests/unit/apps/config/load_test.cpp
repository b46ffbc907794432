#include "apps/config/load.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"

namespace load_test {

using namespace hedgerow::config;

namespace {

const std::string head = "hedgerow: 1\n";
const std::string azure = "  azure: {list_price: 2 USD/unit-hour, regions: {east: {}}, divergence: {}}\n";
const std::string aws = "  aws: {list_price: 3 USD/unit-hour, regions: {east: {}, west: {}}}\n";
const std::string tail =
    "workloads: {training: {demand: 1 units, revenue_at_risk: 1 USD/h}}\n"
    "strategies: {one: {training: {placement: {azure.east: 50%, aws.west: 50%}}}}\n";

LoadedConfig load(const std::string& text) { return load_config(Source{"x.yaml", text}); }

const ResolvedValue& value_at(const LoadedConfig& loaded, const std::string& path) {
  for (const auto& value : loaded.resolved)
    if (value.path == path) return value;
  FAIL("no value at " << path);
  return loaded.resolved.front();
}

}  // namespace

TEST_CASE("the order of providers does not matter") {
  const auto one = load(head + "providers:\n" + azure + aws + tail);
  const auto other = load(head + tail + "providers:\n" + aws + azure);
  CHECK(one.canonical_text == other.canonical_text);
  CHECK(one.study.scenario.providers.size() == 2);
  CHECK(one.sha256 != other.sha256);
}

TEST_CASE("a changed value changes the canonical text") {
  const auto one = load(head + "providers:\n" + azure + aws + tail);
  const auto other = load(head + "simulation: {seed: 2}\nproviders:\n" + azure + aws + tail);
  CHECK(one.canonical_text != other.canonical_text);
}

TEST_CASE("all defaults in force are listed with kind and source") {
  const auto loaded = load(head + "providers:\n" + azure + aws + tail);
  const auto& rate = value_at(loaded, "providers.azure.divergence.rates.aligned_to_strained");
  CHECK(rate.value == "0.2/yr");
  CHECK(rate.origin == Origin::assumed);
  CHECK(!rate.source.empty());
  CHECK(value_at(loaded, "providers.azure.divergence.severed_cost").value == "0 USD/yr");
  CHECK(value_at(loaded, "providers.azure.list_price.jumps.rate").value == "0.3/yr");
  CHECK(value_at(loaded, "providers.aws.divergence").value == "none");
  CHECK(value_at(loaded, "providers.aws.outages").value == "none");
  CHECK(value_at(loaded, "market.scarcity").value == "none");
  CHECK(value_at(loaded, "horizon.discount_rate").value == "8%");
  CHECK(value_at(loaded, "frailty.industry.variance").value == "0.5");
  CHECK(value_at(loaded, "strategies.one.contracts.azure.notice").value == "0.5yr");
  CHECK(value_at(loaded, "strategies.one.contracts.azure.mode").value == "float");
  CHECK(value_at(loaded, "strategies").value == "one");
  CHECK(value_at(loaded, "providers.azure.list_price.value").origin == Origin::configured);
}

TEST_CASE("what a fit or its posterior says is told from what else the config says") {
  const auto loaded = load(
      head +
      "providers:\n  azure: {list_price: 2 USD/unit-hour, regions: {east: {outages: {rate: {value: 2/yr, "
      "posterior: {events: 6, exposure: 3yr}, source: \"hedgerow fit log.csv: 6 events\"}, duration: "
      "{lognormal: {median: {value: 2h, source: \"refit by hand\"}, sigma: 1}}}}}}\n" +
      aws + tail);
  const std::string outages = "providers.azure.regions.east.outages.";
  CHECK(value_at(loaded, outages + "rate.value").origin == Origin::fitted);
  CHECK(value_at(loaded, outages + "rate.posterior.events").origin == Origin::fitted);
  CHECK(value_at(loaded, outages + "duration.lognormal.median").origin == Origin::configured);
  CHECK(value_at(loaded, outages + "duration.lognormal.sigma").origin == Origin::configured);
}

TEST_CASE("what the config says is an assumption where its source says so, in lists too") {
  const auto origin = [](const std::string& source) {
    return value_at(load(head + "providers:\n  azure: {list_price: {value: 2 USD/unit-hour, source: " +
                         source + "}, regions: {east: {}}}\n" + aws + tail),
                    "providers.azure.list_price.value")
        .origin;
  };
  CHECK(origin("assumed") == Origin::own_assumption);
  CHECK(origin("\"assumed: as aws\"") == Origin::own_assumption);
  CHECK(origin("\"assumed by the auditor, contract 7\"") == Origin::configured);
  CHECK(origin("\"contract 7, assumed: none\"") == Origin::configured);
}

TEST_CASE("the article's numbers about the world have a source, and what its strategies choose need none") {
  const auto loaded = load_config(HEDGEROW_SOURCE_DIR "/configs/openai-aws.yaml");
  const std::regex choice(
      "title|currency|horizon\\.(start|years)|simulation\\..*|outputs\\..*|strategies|"
      "strategies\\..*\\.(placement|failover|exit_plan)\\..*|"
      "strategies\\..*\\.(mode|start|renewal)");
  std::size_t assumptions = 0;
  for (const auto& value : loaded.resolved) {
    CAPTURE(value.path);
    if (value.origin == Origin::configured && value.source.empty())
      CHECK(std::regex_match(value.path, choice));
    if (value.origin == Origin::own_assumption) ++assumptions;
  }
  CHECK(assumptions > 100);
  CHECK(value_at(loaded, "strategies.azure-only.contracts.azure.sla.tiers").source ==
        "AWS's public compute tiers");  // of a pair
  CHECK(value_at(loaded, "strategies.azure-only.contracts.azure.commitment").origin ==
        Origin::own_assumption);
}

TEST_CASE("defaults that are no numbers, or hang on other values, are listed with kind and source") {
  const std::string provisioned =
      "  azure: {list_price: 2 USD/unit-hour, regions: {east: {}}, provisioning: {normal: 500 units/yr}}\n";
  const auto loaded = load(head + "horizon: {start: 2027-03}\nproviders:\n" + provisioned + aws + tail);
  const auto check = [&](const std::string& path, const std::string& value, Origin origin) {
    CAPTURE(path);
    CHECK(value_at(loaded, path).value == value);
    CHECK(value_at(loaded, path).origin == origin);
    CHECK(!value_at(loaded, path).source.empty());
  };
  check("market.correlation", "none", Origin::assumed);
  check("bargaining.power", "50%", Origin::assumed);
  check("bargaining.resale.scarce", "70%", Origin::assumed);
  check("bargaining.credible_exit", "yes", Origin::assumed);
  check("bargaining.outside_option", "split", Origin::assumed);
  check("frailty.aws.persistence", "0%", Origin::neutral);
  check("providers.azure.provisioning.scarce", "250 units/yr", Origin::assumed);
  check("providers.aws.provisioning", "none", Origin::neutral);
  check("providers.aws.alternative", "yes", Origin::assumed);
  check("providers.aws.price_group", "aws", Origin::neutral);
  check("providers.aws.regime_group", "aws", Origin::neutral);
  check("providers.aws.frailty_group", "aws", Origin::neutral);
  check("workloads.training.growth", "0%", Origin::neutral);
  check("workloads.training.reputation", "none", Origin::neutral);
  check("strategies.one.pooled_headroom", "no", Origin::neutral);
  check("strategies.one.training.failover.policy", "none", Origin::neutral);
  check("strategies.one.training.failover.recovery_time", "none", Origin::neutral);
  check("strategies.one.training.failover.headroom", "0%", Origin::neutral);
  check("strategies.one.training.failover.on_demand_headroom", "none", Origin::neutral);
  check("strategies.one.training.exit_plan", "none", Origin::assumed);
  check("strategies.one.training.exit_lead", "0mo", Origin::neutral);
  check("strategies.one.training.rehomed_headroom", "no", Origin::neutral);
  check("strategies.one.contracts.aws.mode", "float", Origin::neutral);
  check("strategies.one.contracts.aws.term", "0mo", Origin::neutral);
  check("strategies.one.contracts.aws.start", "2027-03", Origin::neutral);
  check("strategies.one.contracts.aws.renewal", "list", Origin::neutral);
  check("strategies.one.contracts.aws.commitment", "none", Origin::neutral);
  check("strategies.one.contracts.aws.volume_tiers", "none", Origin::neutral);
  check("strategies.one.contracts.aws.release_on_vendor_termination", "yes", Origin::assumed);
  check("strategies.one.contracts.aws.sla", "none", Origin::neutral);
  check("strategies.one.contracts.aws.egress.price", "0 USD/TB", Origin::neutral);
  check("strategies.one.contracts.aws.egress.volume", "0 TB", Origin::neutral);
  check("strategies.one.contracts.aws.dual_run", "yes", Origin::assumed);
  check("strategies.one.contracts.aws.switching_cost", "by bargaining", Origin::assumed);
}

TEST_CASE("no default is without a source") {
  const auto all_sourced = [](const LoadedConfig& loaded) {
    for (const auto& value : loaded.resolved) {
      CAPTURE(value.path);
      CHECK((is_of_config(value.origin) || !value.source.empty()));
    }
  };
  all_sourced(load(head + "providers:\n" + azure + aws + tail));
  for (const std::string name :
       {"configs/minimal.yaml", "configs/openai-aws.yaml", "tests/config/good/everything.yaml"})
    all_sourced(load_config(std::string(HEDGEROW_SOURCE_DIR "/") + name));
}

TEST_CASE("the recovery time in force is that of the policy, unless one is given") {
  const auto recovery = [](const std::string& failover) {
    const std::string text = head + "providers:\n" + azure + aws +
                             "workloads: {w: {demand: 1 units, revenue_at_risk: 0}}\n"
                             "strategies: {one: {w: {placement: {azure.east: 1}, failover: " +
                             failover + "}}}\n";
    return value_at(load(text), "strategies.one.w.failover.recovery_time");
  };
  CHECK(recovery("cold").value == "8h");
  CHECK(recovery("warm").value == "0.5h");
  CHECK(recovery("{policy: active_active}").value == "0h");
  CHECK(recovery("warm").origin == Origin::assumed);
  CHECK(recovery("{policy: warm, recovery_time: 2h}").value == "2h");
  CHECK(recovery("{policy: warm, recovery_time: 2h}").origin == Origin::configured);
}

TEST_CASE("what is shown for an absent value may be written") {
  const std::string contract = "mode: fixed, term: 1yr, start: 2026-01";
  const auto with = [&](const std::string& more, const std::string& choice) {
    return load(
               head + "market: {correlation: none}\nproviders:\n" + azure + aws +
               "workloads: {w: {demand: 1 units, revenue_at_risk: 0, reputation: {factor: 1, cap: none}}}\n" +
               "strategies: {one: {w: {placement: {azure.east: 1}" + choice + "}, contracts: {azure: {" +
               contract + more + "}}}}\n")
        .canonical_text;
  };
  CHECK(with("", "") ==
        with(", commitment: none, volume_tiers: none, switching_cost: by bargaining",
             ", exit_plan: none, failover: {policy: none, recovery_time: none, on_demand_headroom: none}"));
}

TEST_CASE("yes and no have two spellings each") {
  const auto pooled = [](const std::string& word) {
    return load(head + "providers:\n" + azure + aws +
                "workloads: {w: {demand: 1 units, revenue_at_risk: 0}}\n"
                "strategies: {one: {w: {placement: {azure.east: 1}}, pooled_headroom: " +
                word + "}}\n")
        .study.scenario.strategies[0]
        .second.pooled_headroom;
  };
  CHECK(pooled("yes"));
  CHECK(pooled("true"));
  CHECK(!pooled("no"));
  CHECK(!pooled("false"));
}

TEST_CASE("providers of one frailty group share a factor, also by default") {
  const std::string outages = "outages: {rate: 1/yr, duration: 1h}, frailty_group: grid}\n";
  const auto loaded = load(head + "providers:\n  azure: {list_price: 2 USD/unit-hour, regions: {east: {}}, " +
                           outages + aws + tail);
  CHECK(value_at(loaded, "providers.azure.outages.frailty.grid").value == "40%");
  CHECK(value_at(loaded, "frailty.grid.variance").value == "0.5");
  CHECK(value_at(loaded, "frailty.aws.variance").value == "0.5");
  for (const auto& value : loaded.resolved) CHECK(!value.path.starts_with("frailty.azure"));
}

TEST_CASE("the sources of a commitment by year are all kept") {
  const std::string commitments =
      "commitment: [{value: 1 USD/yr, source: order form}, 2 USD/yr, {value: 3 USD/yr, source: letter}]";
  const auto loaded = load(head + "providers:\n" + azure + aws +
                           "workloads: {w: {demand: 1 units, revenue_at_risk: 0}}\nstrategies: {one: {w: "
                           "{placement: {azure.east: 1}}, contracts: {azure: {mode: cap, term: 1yr, " +
                           commitments + "}}}}\n");
  const auto& value = value_at(loaded, "strategies.one.contracts.azure.commitment");
  CHECK(value.value == "[1 USD/yr, 2 USD/yr, 3 USD/yr]");
  CHECK(value.source == "order form; letter");
}

TEST_CASE("no value is listed twice") {
  const auto loaded = load(head + "providers:\n" + azure + aws + tail);
  std::vector<std::string> paths;
  for (const auto& value : loaded.resolved) paths.push_back(value.path);
  std::sort(paths.begin(), paths.end());
  CHECK(std::adjacent_find(paths.begin(), paths.end()) == paths.end());
}

TEST_CASE("the digest is that of the bytes, and of the overrides if there are any") {
  const std::string text = head + "providers:\n" + azure + aws + tail;
  const auto loaded = load(text);
  CHECK(loaded.sha256.size() == 64);
  CHECK(loaded.sha256 == load(text).sha256);
  CHECK(loaded.sha256 != load(text + "# more\n").sha256);
  CHECK(loaded.sha256 != load_config(Source{"x.yaml", text}, {{"simulation.seed", "2", ""}}).sha256);
  CHECK(loaded.file_name == "x.yaml");
}

TEST_CASE("a byte order mark and CRLF are harmless") {
  std::string text = head + "providers:\n" + azure + aws + tail;
  const auto plain = load(text);
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
    text.replace(at, 1, "\r\n");
  CHECK(load("\xEF\xBB\xBF" + text).canonical_text == plain.canonical_text);
}

TEST_CASE("an infinite variance is a warning") {
  const std::string law =
      "outages: {rate: 1/yr, duration: {spliced: {body: {lognormal: {median: 1h, sigma: 1}}, "
      "threshold: 90%, tail_index: 0.5, tail_scale: 1h}}}";
  const auto loaded = load(head + "providers:\n  azure: {list_price: 2 USD/unit-hour, regions: {east: {}}, " +
                           law + "}\n" + aws + tail);
  REQUIRE(loaded.warnings.size() == 1);
  CHECK(loaded.warnings[0].severity == Severity::warning);
  CHECK(loaded.warnings[0].line == 3);
}

TEST_CASE("terms that do nothing are warnings, those that do something are not") {
  const auto warnings = [](const std::string& terms) {
    const std::string text = "hedgerow: 1\nhorizon: {years: 5}\nproviders:\n" + azure + aws + tail;
    std::string messages;
    for (const Diagnostic& warning :
         load_config(Source{"x.yaml", text}, {{"strategies.one.contracts.azure", terms, ""}}).warnings) {
      CHECK(warning.severity == Severity::warning);
      messages += warning.message + "\n";
    }
    return messages;
  };
  const std::string path = "strategies.one.contracts.azure.";
  CHECK(warnings("{rollover: 10%, term: 3yr}") ==
        path + "rollover has no effect: there is no commitment to roll over\n");
  CHECK(warnings("{rollover: 10%, term: 3yr, commitment: 1M USD/yr}").empty());
  CHECK(warnings("{egress: {price: 80 USD/TB}}") == path + "egress.price has no effect: no data is moved\n");
  CHECK(warnings("{egress: {volume: 5 TB}}") ==
        path + "egress.volume has no effect: moving data costs nothing\n");
  CHECK(warnings("{egress: {price: 80 USD/TB, volume: 5 TB}}").empty());
  CHECK(warnings("{switching_cost: 1M USD}") ==
        path + "switching_cost has no effect: nothing is bargained about\n");
  CHECK(warnings("{switching_cost: 1M USD, renewal: bargain, term: 3yr}").empty());
  CHECK(warnings("{renewal: bargain, term: 5yr}") ==
        path + "renewal has no effect: the first renewal lies beyond the horizon\n");
  CHECK(warnings("{renewal: bargain, term: 59mo}").empty());
}

TEST_CASE("a Scenario can be built from whatever is loaded") {
  const auto loaded = load_config(std::string(HEDGEROW_SOURCE_DIR "/configs/minimal.yaml"));
  const hedgerow::models::Scenario scenario(loaded.study.scenario);
  CHECK(scenario.providers.size() == 2);
  CHECK(scenario.strategies.size() == 2);
}

}  // namespace load_test
