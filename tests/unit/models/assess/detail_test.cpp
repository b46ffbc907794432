// What is not asked for is left out and costs no memory; what is asked for does not change by it.

#include <doctest/doctest.h>

#include "models/assess/assess.hpp"
#include "models/assess/paths/played_paths.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/worlds.hpp"

namespace detail_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

constexpr std::uint64_t paths = test::paths_or(2'100, 150);
constexpr std::uint64_t some_paths = test::paths_or(300, 60);  ///< where only what is told counts

Study study_of(const std::vector<Detail>& details, std::uint64_t played = paths) {
  Study study = worlds::study(worlds::rich(), played);
  study.outputs.percentiles_of = details;
  return study;
}

Assessment assessed(const std::vector<Detail>& details, std::uint64_t played = paths) {
  AssessOptions options;
  options.threads = 2;
  return assess(study_of(details, played), options);
}

const std::vector<Detail> everything{all_details.begin(), all_details.end()};

/// How many numbers a detail adds to a strategy, by detail.
std::array<std::size_t, all_details.size()> told(const StrategySummary& of) {
  std::array<std::size_t, all_details.size()> count{};
  const auto at = [&](Detail detail) -> std::size_t& { return count[static_cast<std::size_t>(detail)]; };
  for (std::size_t m = 0; m < of.measures.size(); ++m) {
    const bool is_component = m >= 2;  // after the total cost and the loss
    at(is_component ? Detail::components : Detail::total_cost) +=
        of.measures[m].percentiles.size() + of.measures[m].expected_shortfall.size();
    for (const YearSummary& year : of.measures[m].years) at(Detail::years) += year.percentiles.size();
  }
  at(Detail::curves) = of.pooled.aggregate.size() + of.pooled.occurrence.size() + of.by_year.size();
  for (const ProviderSummary& provider : of.providers)
    for (const RenewalSummary& renewal : provider.renewals)
      at(Detail::renewals) += renewal.price_percentiles.size() + renewal.leverage_percentiles.size();
  for (const Contribution& part : of.attribution.contributions)
    at(Detail::stand_alone) += part.stand_alone.size();
  for (const ProviderRisk& provider : of.attribution.providers)
    at(Detail::stand_alone) += provider.stand_alone.size() + provider.marginal.size();
  return count;
}

}  // namespace

TEST_CASE("each detail is told where it is asked for, and the total cost always") {
  const Assessment whole = assessed(everything, some_paths);
  std::vector<std::vector<Detail>> choices{{Detail::total_cost}};
  for (const Detail detail : everything) choices.push_back({detail});
  for (const auto& choice : choices) {
    const Assessment some = assessed(choice, some_paths);
    for (std::size_t s = 0; s < some.strategies.size(); ++s) {
      const auto all = told(whole.strategies[s]), here = told(some.strategies[s]);
      for (std::size_t d = 0; d < everything.size(); ++d) {
        CAPTURE(d);  // of all_details
        const bool is_asked = everything[d] == Detail::total_cost || everything[d] == choice.front();
        CHECK(here[d] == (is_asked ? all[d] : 0));
        if (everything[d] != Detail::renewals) CHECK(all[d] > 0);
      }
    }
  }
}

TEST_CASE("what is told does not change by what is left out, to the last bit") {
  const Assessment whole = assessed(everything), least = assessed({Detail::total_cost});
  for (std::size_t s = 0; s < whole.strategies.size(); ++s) {
    const StrategySummary &all = whole.strategies[s], &few = least.strategies[s];
    REQUIRE(all.measures.size() == few.measures.size());
    for (std::size_t m = 0; m < all.measures.size(); ++m) {
      CAPTURE(all.measures[m].name);
      CHECK(all.measures[m].mean.value == few.measures[m].mean.value);
      CHECK(all.measures[m].sd == few.measures[m].sd);
      for (std::size_t y = 0; y < all.measures[m].years.size(); ++y)
        CHECK(all.measures[m].years[y].mean.value == few.measures[m].years[y].mean.value);
    }
    for (std::size_t i = 0; i < all.measures[0].percentiles.size(); ++i)
      CHECK(all.measures[0].percentiles[i].value == few.measures[0].percentiles[i].value);
    for (std::size_t c = 0; c < all.attribution.contributions.size(); ++c)
      CHECK(all.attribution.contributions[c].tail[0].value.value ==
            few.attribution.contributions[c].tail[0].value.value);
  }
  for (std::size_t c = 0; c < whole.comparisons.size(); ++c) {
    CHECK(whole.comparisons[c].mean.value == least.comparisons[c].mean.value);
    CHECK(whole.comparisons[c].second_order.holds == least.comparisons[c].second_order.holds);
    CHECK(least.comparisons[c].renewals.empty());
  }
}

TEST_CASE("the mean of a component is that of its column") {
  const Scenario scenario(worlds::rich());
  const Simulation simulation(scenario, 7);
  PlayedPaths played(simulation, paths, OutputSettings{});
  REQUIRE(played.play_up_to(paths, {2, nullptr, {}}));
  for (std::size_t s = 0; s < played.columns().size(); ++s)
    for (std::size_t c = 0; c < component_count; ++c) {
      measure::Moments column;
      for (const double value : played.columns()[s].components[c]) column.add(value);
      const measure::Moments& tally = played.tally().strategies[s].components[c];
      CHECK(tally.count == column.count);
      CHECK(tally.mean == doctest::Approx(column.mean).epsilon(1e-12));
      CHECK(tally.m2 == doctest::Approx(column.m2).epsilon(1e-9));
    }
}

TEST_CASE("memory is foretold by what is asked for") {
  Study study = study_of({Detail::total_cost});
  study.simulation.paths = 100'000'000;
  const auto strategies = static_cast<double>(study.scenario.strategies.size());
  const double least = memory_needed(study), compared = 48.0;  // two sorted columns and an order of pairs
  CHECK(least == doctest::Approx(1e8 * (8.0 * strategies + compared)));
  study.outputs.parameter_uncertainty = true;
  CHECK(memory_needed(study) == least);  // nothing has a posterior
  study.outputs.percentiles_of = everything;
  CHECK(memory_needed(study) > 4.0 * least);
}

}  // namespace detail_test
