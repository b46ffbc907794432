#include "apps/config/measure_path.hpp"

#include <doctest/doctest.h>

#include <regex>

#include "models/assess/assessment.hpp"

namespace measure_path_test {

using namespace hedgerow::config;
using namespace hedgerow::models;

namespace {

using Kind = MeasureStatistic::Kind;

MeasureStatistic statistic(const char* text) { return std::get<MeasureStatistic>(read_measure(text)); }

bool is_refused(const char* text) {
  try {
    read_measure(text);
    return false;
  } catch (const BadMeasure&) {
    return true;
  }
}

}  // namespace

TEST_CASE("statistics of every measure") {
  CHECK(statistic("loss.mean").kind == Kind::mean);
  for (const auto name : component_names) {
    const std::string text = std::string(name) + ".p5";
    CHECK(statistic(text.c_str()).measure == name);
    CHECK(statistic(text.c_str()).kind == Kind::percentile);
    CHECK(statistic(text.c_str()).level == 0.05);
  }
  CHECK(statistic("total_cost.es_99").kind == Kind::expected_shortfall);
}

TEST_CASE("levels are the same bits as in outputs, with a point or an underscore") {
  CHECK(statistic("total_cost.p99_5").level == 0.995);
  CHECK(statistic("total_cost.p99.5").level == 0.995);
  CHECK(statistic("total_cost.es_99_9").level == 0.999);
  CHECK(statistic("total_cost.es_97.5").level == 0.975);
  CHECK(statistic("total_cost.p0_1").level == 0.001);
}

TEST_CASE("other numbers; a provider's name may have dots") {
  CHECK(std::holds_alternative<ProbabilityCheaper>(read_measure("probability_cheaper")));
  CHECK(std::get<ConcentrationIndex>(read_measure("concentration.hhi_spend")) == ConcentrationIndex::spend);
  CHECK(std::get<ConcentrationIndex>(read_measure("concentration.hhi_risk")) == ConcentrationIndex::risk);
  CHECK(std::get<SeveredByHorizon>(read_measure("providers.a.b.severed_by_horizon")).provider == "a.b");
  CHECK(unit_of(read_measure("outage.p99")) == Unit::money);
  CHECK(unit_of(read_measure("probability_cheaper")) == Unit::fraction);
}

TEST_CASE("what names nothing is refused, and the schema refuses it as well") {
  const std::regex pattern(measure_pattern());
  for (const char* text : {"",
                           "total_cost",
                           "total_cost.",
                           ".mean",
                           "total_cost.Mean",
                           "total_cost.p",
                           "total_cost.pp",
                           "total_cost.es99",
                           "total_cost.p-5",
                           "total_cost.p9.9.9",
                           "total_cost.p1e1",
                           "probability_cheaper.mean",
                           "concentration",
                           "concentration.hhi",
                           "providers",
                           "providers.",
                           "providers.severed_by_horizon",
                           "providers..severed_by_horizon",
                           "providers.a",
                           "total_cost.es_",
                           "total_cost.p."}) {
    CAPTURE(text);
    CHECK(is_refused(text));
    CHECK_FALSE(std::regex_match(text, pattern));
  }
  for (const char* text : {"total_cost.p0", "total_cost.p100", "total_cost.es_250"}) CHECK(is_refused(text));
  for (const char* text :
       {"total_cost.mean", "loss.p99_5", "outage.p99.5", "regime.es_99", "probability_cheaper",
        "concentration.hhi_risk", "providers.a.b.severed_by_horizon"}) {
    CAPTURE(text);
    CHECK_FALSE(is_refused(text));
    CHECK(std::regex_match(text, pattern));
  }
}

}  // namespace measure_path_test
