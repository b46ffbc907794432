// What the tail is made of: parts add up, and agree with the paths played one by one.

#include "models/assess/attribution.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/moments.hpp"
#include "models/assess/assess.hpp"
#include "models/simulate.hpp"
#include "tests/support/worlds.hpp"

namespace attribution_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

constexpr std::uint64_t paths = 500;

Study study_of(const ScenarioInput& input) {
  Study study = worlds::study(input, paths, 5);
  study.outputs.expected_shortfall = {0.5, 0.9, 0.95};
  return study;
}

/// By provider, and in all: present value of every path, and of the plan.
struct ByProvider {
  std::vector<std::vector<double>> provider;
  std::vector<double> total, plan;
  std::vector<std::vector<bool>> severed;
};

ByProvider play(const Study& study, StrategyId strategy) {
  const Scenario scenario(study.scenario);
  const Simulation simulation(scenario, study.simulation.seed);
  const std::size_t providers = scenario.providers.size();
  ByProvider out{
      std::vector<std::vector<double>>(providers), {}, {}, std::vector<std::vector<bool>>(providers)};
  World world;
  Outcome outcome;
  const auto cost = [&](std::size_t p) {
    double all = 0.0;
    for (const Component c : all_components) all += outcome.ledger.sum(c, ProviderId(p)).present;
    return all;
  };
  simulation.plan(world);
  simulation.evaluate(world, strategy, outcome);
  for (std::size_t p = 0; p < providers; ++p) out.plan.push_back(cost(p));
  for (std::uint64_t path = 0; path < study.simulation.paths; ++path) {
    simulation.sample(path, world);
    simulation.evaluate(world, strategy, outcome);
    out.total.push_back(outcome.ledger.total().present);
    for (std::size_t p = 0; p < providers; ++p) {
      out.provider[p].push_back(cost(p));
      bool severed = false;
      for (const Sojourn& sojourn : outcome.regimes[ProviderId(p)])
        severed = severed || sojourn.regime == Regime::severed;
      out.severed[p].push_back(severed);
    }
  }
  return out;
}

double shortfall(const std::vector<double>& values, double level) {
  return measure::expected_shortfall(measure::SortedSample(values), level).value;
}

template <class Parts>
double sum_at(const Parts& parts, std::size_t level) {
  double sum = 0.0;
  for (const auto& part : parts) sum += part.tail[level].value.value;
  return sum;
}

}  // namespace

TEST_CASE("M13: every split of the tail adds up to the expected shortfall of the loss") {
  for (const ScenarioInput& input : {worlds::rich(), worlds::w2(), worlds::w3()}) {
    const Assessment run = assess(study_of(input), {});
    for (const StrategySummary& strategy : run.strategies) {
      const Attribution& of = strategy.attribution;
      CHECK(of.replayed > 0);
      for (std::size_t i = 0; i < 3; ++i) {
        const TailMean& loss = strategy.measure("loss").expected_shortfall[i];
        const double scale = std::max(std::abs(loss.estimate.value), strategy.plan_total_cost);
        CHECK(std::abs(sum_at(of.contributions, i) - loss.estimate.value) <= 1e-12 * scale);
        CHECK(std::abs(sum_at(of.providers, i) - loss.estimate.value) <= 1e-12 * scale);
        CHECK(std::abs(sum_at(of.causes, i) - loss.estimate.value) <= 1e-12 * scale);
        CHECK(std::abs(sum_at(of.by_cause, i) - loss.estimate.value) <= 1e-12 * scale);
        double outages = 0.0;
        for (const Contribution& cell : of.contributions)
          if (cell.component == Component::outage || cell.component == Component::reputation ||
              cell.component == Component::sla_credit)
            outages += cell.tail[i].value.value;
        CHECK(std::abs(sum_at(of.entities, i) - outages) <= 1e-12 * scale);
      }
    }
  }
}

TEST_CASE("providers in the tail, alone, and left out, against the paths played one by one") {
  const Study study = study_of(worlds::rich());
  const Assessment run = assess(study, {});
  for (std::size_t s = 0; s < run.strategies.size(); ++s) {
    const Attribution& of = run.strategies[s].attribution;
    const ByProvider played = play(study, StrategyId(s));
    const measure::SortedSample totals(played.total);
    for (std::size_t p = 0; p < of.providers.size(); ++p) {
      const ProviderRisk& risk = of.providers[p];
      measure::Moments mean;
      for (const double cost : played.provider[p]) mean.add(cost);
      CHECK(risk.mean.value == doctest::Approx(mean.mean - played.plan[p]));
      for (std::size_t i = 0; i < 3; ++i) {
        const measure::Shortfall tail = measure::shortfall(totals, study.outputs.expected_shortfall[i]);
        double part = 0.0;
        for (std::size_t n = 0; n < paths; ++n)
          part += tail.euler_weight(played.total[n]) * played.provider[p][n];
        CHECK(risk.tail[i].value.value ==
              doctest::Approx(part * tail.scale() / static_cast<double>(paths) - played.plan[p]));
      }
      // The two levels that are kept.
      REQUIRE(risk.stand_alone.size() == 2);
      CHECK(risk.stand_alone[0].level == 0.9);
      std::vector<double> without;
      for (std::size_t n = 0; n < paths; ++n) without.push_back(played.total[n] - played.provider[p][n]);
      for (const TailPart& alone : risk.stand_alone)
        CHECK(alone.value.value ==
              doctest::Approx(shortfall(played.provider[p], alone.level) - played.plan[p]));
      for (const TailPart& marginal : risk.marginal)
        CHECK(marginal.value.value == doctest::Approx(shortfall(played.total, marginal.level) -
                                                      shortfall(without, marginal.level) - played.plan[p]));
    }
  }
}

TEST_CASE("M8: one provider is all the risk there is") {
  ScenarioInput input = worlds::plain({{"A", 1.0}}, 10.0, 1e6);
  input.providers.at("A").divergence = worlds::base_regimes();
  const Assessment run = assess(study_of(input), {});
  const StrategySummary& strategy = run.strategies[0];
  const Attribution& of = strategy.attribution;
  for (std::size_t i = 0; i < 3; ++i) {
    const double whole = strategy.measure("loss").expected_shortfall[i].estimate.value;
    CHECK(of.providers[0].tail[i].value.value == doctest::Approx(whole).epsilon(1e-12));
    REQUIRE(of.risk[i].risk.herfindahl);
    CHECK(of.risk[i].risk.herfindahl->value == 1.0);
    CHECK(of.risk[i].risk.effective_vendors->value == 1.0);
    if (i > 0) CHECK(*of.risk[i].diversification_index == doctest::Approx(1.0).epsilon(1e-12));
    const auto own = strategy.measure("loss").expected_shortfall[i].estimate.standard_error;
    CHECK(*of.providers[0].tail[i].value.standard_error == doctest::Approx(*own).epsilon(0.35));
  }
  CHECK(of.spend.herfindahl->value == 1.0);
}

TEST_CASE("what the buyer loses where a provider severs, and where it does not") {
  const Study study = study_of(worlds::w3());
  const Assessment run = assess(study, {});
  const ByProvider played = play(study, StrategyId(0));
  double plan = 0.0;
  for (const double part : played.plan) plan += part;
  for (std::size_t p = 0; p < played.severed.size(); ++p) {
    measure::Moments severed, kept;
    for (std::size_t n = 0; n < paths; ++n)
      (played.severed[p][n] ? severed : kept).add(played.total[n] - plan);
    const ProviderSummary& provider = run.strategies[0].providers[p];
    if (severed.count > 1) {
      REQUIRE(provider.loss_given_severance);
      CHECK(provider.loss_given_severance->value == doctest::Approx(severed.mean));
      CHECK(*provider.loss_given_severance->standard_error == doctest::Approx(*severed.standard_error()));
    }
    CHECK(provider.loss_otherwise->value == doctest::Approx(kept.mean));
  }
}

TEST_CASE("without replay the means stay and the tails are left out") {
  AssessOptions options;
  options.replay_tails = false;
  const Study study = study_of(worlds::w3());
  const Assessment whole = assess(study, {}), short_run = assess(study, options);
  const Attribution &of = short_run.strategies[0].attribution, &all = whole.strategies[0].attribution;
  CHECK(of.replayed == 0);
  CHECK(of.causes.empty());
  REQUIRE(of.contributions.size() == all.contributions.size());
  for (std::size_t i = 0; i < of.contributions.size(); ++i) {
    CHECK(of.contributions[i].mean.value == all.contributions[i].mean.value);
    CHECK(of.contributions[i].tail.empty());
  }
  CHECK(of.spend.herfindahl->value == all.spend.herfindahl->value);
}

}  // namespace attribution_test
