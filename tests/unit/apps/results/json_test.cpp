#include "apps/results/json.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "models/assess/assess.hpp"
#include "tests/support/worlds.hpp"

namespace json_test {

using namespace hedgerow;
using namespace hedgerow::results;

namespace {

nlohmann::ordered_json w0_json(std::uint64_t paths) {
  const models::Study study = models::worlds::study(models::worlds::w0(), paths);
  Provenance provenance;
  provenance.seed = std::numeric_limits<std::uint64_t>::max();
  provenance.config_name = "</script>";
  return to_json(study, models::assess(study, {}), provenance);
}

/// Calls visit on every value of the tree.
template <class Visit>
void walk(const nlohmann::ordered_json& node, Visit visit) {
  visit(node);
  for (const auto& child : node)
    if (child.is_structured()) {
      walk(child, visit);
    } else {
      visit(child);
    }
}

}  // namespace

TEST_CASE("what is not known is null, and every number is finite") {
  int nulls = 0;
  walk(w0_json(1), [&](const auto& value) {
    nulls += value.is_null();
    if (value.is_number_float()) CHECK(std::isfinite(value.template get<double>()));
  });
  CHECK(nulls > 10);  // one path has no standard errors
}

TEST_CASE("wide integers are strings, and names stay what they are") {
  const auto json = w0_json(1);
  CHECK(json["provenance"]["seed"] == "18446744073709551615");
  CHECK(json["provenance"]["paths"] == "1");
  CHECK(json["provenance"]["config"]["name"] == "</script>");
  CHECK(json["format"] == "hedgerow-results/1");
}

TEST_CASE("values come back bit for bit from the text") {
  const auto json = w0_json(64);
  CHECK(nlohmann::ordered_json::parse(json.dump()) == json);
}

TEST_CASE("a reader finds the mean where the documentation says") {
  const auto json = w0_json(2048);
  const auto& strategy = json["strategies"]["only"];
  CHECK(strategy["measures"]["outage"]["mean"]["value"].get<double>() ==
        doctest::Approx(13.6e6).epsilon(0.05));
  CHECK(strategy["contributions"].size() == 16);
  CHECK(strategy["curves"]["by_year"].size() == 7);
  CHECK(strategy["measures"]["total_cost"]["years"][6]["percentiles"].size() == 6);
}

}  // namespace json_test
