#include "models/scenario/problem.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>

#include "models/scenario/scenario.hpp"
#include "tests/support/worlds.hpp"

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
  input.strategies[0].second.contracts["A"] = {PriceMode::fixed, 36, 0.1, Years(0.5)};
  return input;
}

StrategyInput& strategy(ScenarioInput& input) { return input.strategies[0].second; }
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
