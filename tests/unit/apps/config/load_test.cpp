#include "apps/config/load.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"

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

TEST_CASE("a Scenario can be built from whatever is loaded") {
  const auto loaded = load_config(std::string(HEDGEROW_SOURCE_DIR "/configs/minimal.yaml"));
  const hedgerow::models::Scenario scenario(loaded.study.scenario);
  CHECK(scenario.providers.size() == 2);
  CHECK(scenario.strategies.size() == 2);
}
