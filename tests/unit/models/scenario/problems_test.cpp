#include "models/scenario/problem.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>

#include "models/scenario/scenario.hpp"
#include "tests/support/worlds.hpp"

namespace problems_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

using Path = std::vector<std::string>;

/// A sound scenario with something of everything.
ScenarioInput sound() {
  ScenarioInput input = worlds::w0();
  input.providers["A"].outages =
      worlds::outages(0.5, worlds::lognormal(3, 1.1), {{"own", 0.5}, {"industry", 0.3}, {"B", 0.2}});
  input.market.correlation["A"]["B"] = 0.3;
  input.providers["B"].provisioning = Provisioning{UnitsPerYear(100), std::nullopt};
  input.strategies[0].second.contracts["A"] = {PriceMode::fixed, 36, 0.1, Years(0.5)};
  return input;
}

StrategyInput& strategy(ScenarioInput& input) { return input.strategies[0].second; }
WorkloadChoice& choice(ScenarioInput& input) { return strategy(input).workloads["load"]; }
Contract& contract(ScenarioInput& input) { return strategy(input).contracts["A"]; }

/// A and B get one price path with jumps; the price of B.
ListPrice& one_price(ScenarioInput& input) {
  input.market.correlation.clear();
  for (auto& [name, provider] : input.providers) {
    provider.price_group = "both";
    provider.list_price.jumps.emplace();
    provider.list_price.loading = 0.5;
  }
  return input.providers["B"].list_price;
}

/// A and B get one regime chain; the terms of B.
ProviderInput& one_regime(ScenarioInput& input) {
  for (auto& [name, provider] : input.providers) {
    provider.regime_group = "both";
    provider.divergence.emplace();
    provider.product_overlap = 0.3;
    provider.equity_stake = 0.0;
  }
  return input.providers["B"];
}

OutageProcess& region(ScenarioInput& input) { return *input.providers["A"].regions["r"].outages; }

struct Contradiction {
  std::string name;
  Path path;
  std::function<void(ScenarioInput&)> make;
};

const std::vector<Contradiction> contradictions{
    {"no workload",
     {"workloads"},
     [](ScenarioInput& i) { i.workloads.clear(), strategy(i).workloads.clear(); }},
    {"no strategy", {"strategies"}, [](ScenarioInput& i) { i.strategies.clear(); }},
    {"one strategy twice",
     {"strategies", "only"},
     [](ScenarioInput& i) { i.strategies.push_back(i.strategies.front()); }},
    {"no month", {"horizon"}, [](ScenarioInput& i) { i.horizon.months = 0; }},
    {"a workload called contracts",
     {"workloads", "contracts"},
     [](ScenarioInput& i) {
       i.workloads["contracts"] = {1, 1};
       strategy(i).workloads["contracts"] = strategy(i).workloads["load"];
     }},
    {"one location by two names",
     {"providers", "A.r", "regions", "s"},
     [](ScenarioInput& i) {
       i.providers["A"].regions["r.s"] = {};
       i.providers["A.r"].list_price = worlds::constant_price();
       i.providers["A.r"].regions["s"] = {};
       i.market.correlation.clear();
     }},
    {"tiny frailty",
     {"frailty", "common", "variance"},
     [](ScenarioInput& i) { i.frailty["common"].variance = 1e-7; }},
    {"factor called own", {"frailty", "own"}, [](ScenarioInput& i) { i.frailty["own"] = {}; }},
    {"provider called own",
     {"providers", "own"},
     [](ScenarioInput& i) {
       i.providers["own"].list_price = worlds::constant_price();
       i.market.correlation.clear();
     }},
    {"provider called industry",
     {"providers", "industry"},
     [](ScenarioInput& i) {
       i.providers["industry"].list_price = worlds::constant_price();
       i.market.correlation.clear();
     }},
    {"too many outages",
     {"providers", "A", "outages", "rate"},
     [](ScenarioInput& i) { i.providers["A"].outages->rate = PerYear(10'001); }},
    {"too many outages of a region",
     {"providers", "A", "regions", "r", "outages", "rate"},
     [](ScenarioInput& i) { region(i).rate = PerYear(1e9); }},
    {"unknown factor",
     {"providers", "A", "regions", "r", "outages", "frailty", "comon"},
     [](ScenarioInput& i) {
       region(i).frailty = {{"own", 0.4}, {"comon", 0.6}};
     }},
    {"weights that do not sum to 1",
     {"shared_dependencies", "D", "outages", "frailty"},
     [](ScenarioInput& i) {
       i.shared_dependencies["D"].outages.frailty = {{"own", 0.4}, {"common", 0.5}};
     }},
    {"no weights at all",
     {"providers", "A", "outages", "frailty"},
     [](ScenarioInput& i) { i.providers["A"].outages->frailty.emplace(); }},
    {"a weight that is no number",
     {"providers", "A", "outages", "frailty"},
     [](ScenarioInput& i) {
       i.providers["A"].outages->frailty = {{"own", NAN}};
     }},
    {"impact on an unknown location",
     {"shared_dependencies", "D", "impact", "A.x"},
     [](ScenarioInput& i) { i.shared_dependencies["D"].impact["A.x"] = 1.0; }},
    {"impact on nothing",
     {"shared_dependencies", "D", "impact"},
     [](ScenarioInput& i) { i.shared_dependencies["D"].impact.clear(); }},
    {"correlation missing",
     {"market", "correlation"},
     [](ScenarioInput& i) {
       i.providers["C"].list_price = worlds::constant_price();
       i.market.correlation["C"]["A"] = 0.1;
     }},
    {"correlation twice",
     {"market", "correlation", "B", "A"},
     [](ScenarioInput& i) { i.market.correlation["B"]["A"] = 0.3; }},
    {"correlation with itself",
     {"market", "correlation", "A", "A"},
     [](ScenarioInput& i) { i.market.correlation["A"]["A"] = 1.0; }},
    {"correlation with nobody",
     {"market", "correlation", "A", "Z"},
     [](ScenarioInput& i) { i.market.correlation["A"]["Z"] = 0.1; }},
    {"correlation of 1",
     {"market", "correlation"},
     [](ScenarioInput& i) { i.market.correlation["A"]["B"] = 1.0; }},
    {"correlation beyond 1",
     {"market", "correlation"},
     [](ScenarioInput& i) { i.market.correlation["A"]["B"] = -1.5; }},
    {"correlation no number",
     {"market", "correlation"},
     [](ScenarioInput& i) { i.market.correlation["A"]["B"] = NAN; }},
    {"indefinite correlation",
     {"market", "correlation"},
     [](ScenarioInput& i) {
       i.providers["C"].list_price = worlds::constant_price();
       i.market.correlation = {{"A", {{"B", 0.9}, {"C", 0.9}}}, {"B", {{"C", -0.9}}}};
     }},
    {"a workload left out",
     {"strategies", "only"},
     [](ScenarioInput& i) {
       i.workloads["other"] = {1, 1};
     }},
    {"an unknown workload",
     {"strategies", "only", "other"},
     [](ScenarioInput& i) { strategy(i).workloads["other"] = strategy(i).workloads["load"]; }},
    {"placed too little",
     {"strategies", "only", "load", "placement"},
     [](ScenarioInput& i) { strategy(i).workloads["load"].placement["A.r"] = 0.6 - 2e-9; }},
    {"placed twice",
     {"strategies", "only", "load", "placement"},
     [](ScenarioInput& i) { strategy(i).workloads["load"].placement["A.r"] = 0.6 + 2e-9; }},
    {"placed nowhere",
     {"strategies", "only", "load", "placement"},
     [](ScenarioInput& i) { strategy(i).workloads["load"].placement.clear(); }},
    {"placed at an unknown location",
     {"strategies", "only", "load", "placement", "C.r"},
     [](ScenarioInput& i) { strategy(i).workloads["load"].placement["C.r"] = 0.0; }},
    {"contract with nobody",
     {"strategies", "only", "contracts", "C"},
     [](ScenarioInput& i) { strategy(i).contracts["C"]; }},
    {"fixed price without a term",
     {"strategies", "only", "contracts", "A"},
     [](ScenarioInput& i) { strategy(i).contracts["A"].term_months = 0; }},
    {"cap without a term",
     {"strategies", "only", "contracts", "A"},
     [](ScenarioInput& i) {
       strategy(i).contracts["A"] = {PriceMode::cap, 0, 0.0, Years(1)};
     }},
    {"a workload called pooled_headroom",
     {"workloads", "pooled_headroom"},
     [](ScenarioInput& i) {
       i.workloads["pooled_headroom"] = {1, 1};
     }},
    {"a frailty group called industry",
     {"providers", "A", "frailty_group"},
     [](ScenarioInput& i) { i.providers["A"].frailty_group = "industry"; }},
    {"a frailty group called own",
     {"providers", "A", "frailty_group"},
     [](ScenarioInput& i) { i.providers["A"].frailty_group = "own"; }},
    {"a factor that its provider gave up",
     {"providers", "A", "outages", "frailty", "B"},
     [](ScenarioInput& i) { i.providers["B"].frailty_group = "grid"; }},
    {"too many outages with those that they set off",
     {"providers", "A", "regions", "r", "outages", "clustering", "branching"},
     [](ScenarioInput& i) {
       region(i).rate = PerYear(5001);
       region(i).clustering = {Fraction(0.5), PerYear(100)};
     }},
    {"more capacity when it is scarce",
     {"providers", "B", "provisioning", "scarce"},
     [](ScenarioInput& i) { i.providers["B"].provisioning->scarce = UnitsPerYear(101); }},
    {"a correlation between members of one price group",
     {"market", "correlation", "A", "B"},
     [](ScenarioInput& i) { i.providers["A"].price_group = "B"; }},
    {"a correlation of price groups that is missing",
     {"market", "correlation"},
     [](ScenarioInput& i) {
       i.providers["C"].list_price = worlds::constant_price();
       i.providers["C"].price_group = "other";
       i.market.correlation["A"]["other"] = 0.1;
     }},
    {"prices of a group that drift apart",
     {"providers", "B", "list_price", "drift"},
     [](ScenarioInput& i) { one_price(i).drift += 0.01; }},
    {"prices of a group that vary apart",
     {"providers", "B", "list_price", "volatility"},
     [](ScenarioInput& i) { one_price(i).volatility += 0.01; }},
    {"prices of a group with other loadings",
     {"providers", "B", "list_price", "price_loading"},
     [](ScenarioInput& i) { one_price(i).loading *= 0.5; }},
    {"prices of a group of which one never jumps",
     {"providers", "B", "list_price", "jumps"},
     [](ScenarioInput& i) { one_price(i).jumps.reset(); }},
    {"prices of a group that jump more often",
     {"providers", "B", "list_price", "jumps", "rate"},
     [](ScenarioInput& i) { one_price(i).jumps->rate.value += 0.1; }},
    {"prices of a group that jump higher",
     {"providers", "B", "list_price", "jumps", "mean"},
     [](ScenarioInput& i) { one_price(i).jumps->mean += 0.1; }},
    {"prices of a group that jump wider",
     {"providers", "B", "list_price", "jumps", "sd"},
     [](ScenarioInput& i) { one_price(i).jumps->sd += 0.1; }},
    {"a regime group of competitors and others",
     {"providers", "B", "product_overlap"},
     [](ScenarioInput& i) { one_regime(i).product_overlap = 0.9; }},
    {"a regime group of owners and others",
     {"providers", "B", "equity_stake"},
     [](ScenarioInput& i) { one_regime(i).equity_stake = 0.9; }},
    {"a regime group of which one stays aligned",
     {"providers", "B", "divergence"},
     [](ScenarioInput& i) { one_regime(i).divergence.reset(); }},
    {"a regime group of which one heals",
     {"providers", "B", "divergence", "repair"},
     [](ScenarioInput& i) { one_regime(i).divergence->severed_to_strained = PerYear(1); }},
    {"a regime group of which one feeds back",
     {"providers", "B", "divergence", "covariates", "feedback"},
     [](ScenarioInput& i) { one_regime(i).divergence->feedback = true; }},
    {"a commitment without a term",
     {"strategies", "only", "contracts", "B", "commitment"},
     [](ScenarioInput& i) { strategy(i).contracts["B"].commitment = {1e6}; }},
    {"a bargain without a term",
     {"strategies", "only", "contracts", "B", "renewal"},
     [](ScenarioInput& i) { strategy(i).contracts["B"].renewal = Renewal::bargain; }},
    {"a notice beyond the horizon",
     {"strategies", "only", "contracts", "A", "notice"},
     [](ScenarioInput& i) { contract(i).notice = Years(i.horizon.length() + 0.1); }},
    {"a contract after the horizon",
     {"strategies", "only", "contracts", "A", "start"},
     [](ScenarioInput& i) { contract(i).start_month = i.horizon.months; }},
    {"volume tiers of one spend",
     {"strategies", "only", "contracts", "A", "volume_tiers"},
     [](ScenarioInput& i) {
       contract(i).volume_tiers = {{1e6, 0.1}, {1e6, 0.2}};
     }},
    {"volume tiers of one discount",
     {"strategies", "only", "contracts", "A", "volume_tiers"},
     [](ScenarioInput& i) {
       contract(i).volume_tiers = {{1e6, 0.1}, {2e6, 0.1}};
     }},
    {"a service level without tiers",
     {"strategies", "only", "contracts", "A", "sla", "tiers"},
     [](ScenarioInput& i) { contract(i).sla.emplace(); }},
    {"a service level of one uptime",
     {"strategies", "only", "contracts", "A", "sla", "tiers"},
     [](ScenarioInput& i) {
       contract(i).sla.emplace().tiers = {{0.99, 0.1}, {0.99, 0.3}};
     }},
    {"a service level of one credit",
     {"strategies", "only", "contracts", "A", "sla", "tiers"},
     [](ScenarioInput& i) {
       contract(i).sla.emplace().tiers = {{0.99, 0.1}, {0.95, 0.1}};
     }},
    {"a recovery time without a policy",
     {"strategies", "only", "load", "failover", "recovery_time"},
     [](ScenarioInput& i) { choice(i).failover.recovery_time = Hours(1); }},
    {"headroom at an unknown location",
     {"strategies", "only", "load", "failover", "headroom", "A.x"},
     [](ScenarioInput& i) {
       choice(i).failover.headroom = std::map<std::string, double>{{"A.x", 0.2}};
     }},
    {"headroom where nothing is placed",
     {"strategies", "only", "load", "failover", "headroom", "B.idle"},
     [](ScenarioInput& i) {
       i.providers["B"].regions["idle"] = {};
       choice(i).failover.headroom = std::map<std::string, double>{{"B.idle", 0.2}};
     }},
    {"headroom where a share of nothing is placed",
     {"strategies", "only", "load", "failover", "headroom", "B.idle"},
     [](ScenarioInput& i) {
       i.providers["B"].regions["idle"] = {};
       choice(i).placement["B.idle"] = 0.0;
       choice(i).failover.headroom = std::map<std::string, double>{{"B.idle", 0.2}};
     }},
    {"on-demand headroom at an unknown location",
     {"strategies", "only", "load", "failover", "on_demand_headroom", "A.x"},
     [](ScenarioInput& i) { choice(i).failover.on_demand_headroom["A.x"]; }},
    {"an exit from nobody",
     {"strategies", "only", "load", "exit_plan", "C"},
     [](ScenarioInput& i) {
       choice(i).exit_plan = {{"C", {{"B.r", 1.0}}}};
     }},
    {"an exit to an unknown location",
     {"strategies", "only", "load", "exit_plan", "A", "B.x"},
     [](ScenarioInput& i) {
       choice(i).exit_plan = {{"A", {{"B.x", 0.5}, {"B.r", 0.5}}}};
     }},
    {"an exit back",
     {"strategies", "only", "load", "exit_plan", "A", "A.r"},
     [](ScenarioInput& i) {
       choice(i).exit_plan = {{"A", {{"A.r", 0.5}, {"B.r", 0.5}}}};
     }},
    {"an exit that goes too short",
     {"strategies", "only", "load", "exit_plan", "A"},
     [](ScenarioInput& i) {
       choice(i).exit_plan = {{"A", {{"B.r", 1.0 - 2e-9}}}};
     }},
    {"an exit to nowhere",
     {"strategies", "only", "load", "exit_plan", "A"},
     [](ScenarioInput& i) {
       choice(i).exit_plan = {{"A", {}}};
     }},
    {"an exit to who takes nothing",
     {"strategies", "only", "load", "exit_plan", "B", "A.r"},
     [](ScenarioInput& i) {
       choice(i).exit_plan = {{"B", {{"A.r", 1.0}}}};
     }},
    {"an exit to who takes nothing a year",
     {"strategies", "only", "load", "exit_plan", "A", "B.r"},
     [](ScenarioInput& i) {
       i.providers["B"].provisioning = Provisioning{};
       choice(i).exit_plan = {{"A", {{"B.r", 1.0}}}};
     }},
    {"an exit that begins too late",
     {"strategies", "only", "load", "exit_lead"},
     [](ScenarioInput& i) { choice(i).exit_lead_months = i.horizon.months; }},
};

}  // namespace

TEST_CASE("a sound scenario has no problems and can be built") {
  CHECK(problems(sound()).empty());
  CHECK_NOTHROW(Scenario{sound()});
  CHECK(problems(worlds::w3()).empty());
  ScenarioInput slack = sound();
  strategy(slack).workloads["load"].placement["A.r"] = 0.6 + 5e-10;
  CHECK(problems(slack).empty());
}

TEST_CASE("what looks odd but is no contradiction") {
  ScenarioInput input = sound();
  one_price(input).initial *= 2.0;
  input.providers["B"].list_price.scarcity_premium = 1.0;
  one_regime(input).divergence->withhold = Fraction(0.9);
  input.providers["B"].divergence->rival_cost = 1.0;
  input.providers["B"].regions["idle"] = {};
  choice(input).failover.headroom = std::map<std::string, double>{{"A.r", 0.2}, {"B.idle", 0.0}};
  choice(input).failover.on_demand_headroom["B.idle"].normal = Fraction(0.2);
  choice(input).exit_lead_months = input.horizon.months - 1;
  contract(input).start_month = -100;
  contract(input).commitment = {2e6, 1e6};
  contract(input).renewal = Renewal::bargain;
  contract(input).notice = Years(input.horizon.length());
  CHECK(problems(input).empty());
  contract(input).start_month = input.horizon.months - 1;
  CHECK(problems(input).empty());

  ScenarioInput leaving = sound();
  leaving.providers["B"].regions["idle"] = {};
  choice(leaving).exit_plan = {{"A", {{"B.r", 1.0 - 5e-10}, {"B.idle", 5e-10}}}};
  CHECK(problems(leaving).empty());
  one_regime(leaving);  // B severs with A
  CHECK(problems(leaving).size() == 2);

  ScenarioInput brief = sound();  // the notice is longer, but nobody asked for it
  brief.horizon.months = 1;
  CHECK(problems(brief).empty());
}

TEST_CASE("a provider may be called industry where its frailty has another name") {
  ScenarioInput input = sound();
  input.market.correlation.clear();
  input.providers["industry"].list_price = worlds::constant_price();
  CHECK(problems(input).size() == 1);
  input.providers["industry"].frailty_group = "grid";
  CHECK(problems(input).empty());
}

TEST_CASE("each key of a chain is compared within a regime group") {
  const std::vector<std::pair<PerYear Divergence::*, std::string>> rates{
      {&Divergence::aligned_to_strained, "aligned_to_strained"},
      {&Divergence::aligned_to_rival, "aligned_to_rival"},
      {&Divergence::strained_to_aligned, "strained_to_aligned"},
      {&Divergence::strained_to_rival, "strained_to_rival"},
      {&Divergence::strained_to_severed, "strained_to_severed"},
      {&Divergence::rival_to_strained, "rival_to_strained"},
      {&Divergence::rival_to_severed, "rival_to_severed"}};
  const std::vector<std::pair<std::function<void(Divergence&)>, Path>> others{
      {[](Divergence& d) { d.overlap_effect = 9; }, {"covariates", "overlap"}},
      {[](Divergence& d) { d.share_effect = 9; }, {"covariates", "share"}},
      {[](Divergence& d) { d.equity_effect = 9; }, {"covariates", "equity"}},
      {[](Divergence& d) { d.reference_overlap.value = 0.9; }, {"covariates", "reference_overlap"}},
      {[](Divergence& d) { d.reference_share.value = 0.9; }, {"covariates", "reference_share"}},
      {[](Divergence& d) { d.contagion = 9; }, {"contagion"}}};
  const auto place_of = [](const std::function<void(Divergence&)>& change) {
    ScenarioInput input = sound();
    change(*one_regime(input).divergence);
    const auto found = problems(input);
    REQUIRE(found.size() == 1);
    CHECK(found[0].others.size() == 1);
    return found[0].path;
  };
  for (const auto& [rate, name] : rates)
    CHECK(place_of([&](Divergence& d) { (d.*rate).value = 9; }) ==
          Path{"providers", "B", "divergence", "rates", name});
  for (const auto& [change, key] : others) {
    Path path{"providers", "B", "divergence"};
    path.insert(path.end(), key.begin(), key.end());
    CHECK(place_of(change) == path);
  }
}

TEST_CASE("each contradiction is one problem, at its place, and no scenario") {
  for (const Contradiction& contradiction : contradictions) {
    CAPTURE(contradiction.name);
    ScenarioInput input = sound();
    contradiction.make(input);
    const std::vector<Problem> found = problems(input);
    REQUIRE(found.size() == 1);
    CHECK(found[0].path == contradiction.path);
    CHECK(found[0].message.size() > 10);
    CHECK_THROWS_AS(Scenario{input}, InvalidInput);
  }
}

TEST_CASE("several contradictions are all reported, and all named when a scenario is refused") {
  ScenarioInput input = sound();
  strategy(input).contracts["A"].term_months = 0;
  strategy(input).workloads["load"].placement["A.r"] = 0.5;
  input.shared_dependencies["D"].impact = {{"X.x", 1.0}, {"Y.y", 1.0}};
  CHECK(problems(input).size() == 4);
  try {
    Scenario{input};
    FAIL("built");
  } catch (const InvalidInput& refused) {
    const std::string message = refused.what();
    for (const Problem& problem : problems(input)) CHECK(message.find(problem.message) != std::string::npos);
    CHECK(message.find("strategies.only.load.placement") != std::string::npos);
  }
}

TEST_CASE("an empty input is refused part by part") {
  const std::vector<Problem> found = problems(ScenarioInput{});
  REQUIRE(found.size() == 3);
  CHECK(found[0].path == Path{"providers"});
}

}  // namespace problems_test
