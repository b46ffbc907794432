// The deal waterfall (docs/model/answers.md).

#include "models/assess/what_if/waterfall.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "models/assess/assess.hpp"
#include "tests/support/numbers.hpp"
#include "tests/support/worlds.hpp"

namespace waterfall_test {

using namespace hedgerow;
using namespace hedgerow::models;
using namespace hedgerow::test;

namespace {

const WaterfallStep& step(const Waterfall& waterfall, Feature feature) {
  return waterfall.steps[static_cast<std::size_t>(feature)];
}

Waterfall only(const ScenarioInput& input, std::uint64_t paths) {
  const auto all = waterfalls(worlds::study(input, paths), paths, 2);
  REQUIRE(all.size() == 1);
  return all.front();
}

std::vector<double> numbers(const Waterfall& waterfall) {
  std::vector<double> all{waterfall.difference.value, waterfall.difference.standard_error.value_or(-1.0),
                          waterfall.rest.value, waterfall.rest.standard_error.value_or(-1.0)};
  for (const WaterfallStep& part : waterfall.steps)
    for (const measure::Estimate& estimate : {part.increment, part.shapley}) {
      all.push_back(estimate.value);
      all.push_back(estimate.standard_error.value_or(-1.0));
    }
  for (const KindPart& kind : waterfall.kinds)
    for (const measure::Estimate& estimate : {kind.shapley, kind.behind}) {
      all.push_back(estimate.value);
      all.push_back(estimate.standard_error.value_or(-1.0));
    }
  return all;
}

/// What each kind contributes on each of the first paths, from means over ever more of them.
std::vector<std::array<double, deal_kind_count>> kinds_by_path(const ScenarioInput& input,
                                                               std::uint64_t paths) {
  std::vector<std::array<double, deal_kind_count>> all;
  std::array<double, deal_kind_count> before{};
  for (std::uint64_t n = 1; n <= paths; ++n) {
    const Waterfall waterfall = only(input, n);
    const auto of = [&](Feature feature) {
      return static_cast<double>(n) * step(waterfall, feature).shapley.value;
    };
    const std::array<double, deal_kind_count> sum{
        of(Feature::outage) + of(Feature::severance) + of(Feature::price), of(Feature::leverage),
        of(Feature::discount)};
    all.push_back({sum[0] - before[0], sum[1] - before[1], sum[2] - before[2]});
    before = sum;
  }
  return all;
}

measure::Estimate mean_of(const std::vector<double>& values) {
  double sum = 0.0, squares = 0.0;
  for (const double value : values) sum += value;
  const auto n = static_cast<double>(values.size());
  for (const double value : values) squares += std::pow(value - sum / n, 2);
  return {sum / n, std::sqrt(squares / (n - 1.0) / n)};
}

/// The mean difference of the same paths, from a plain run.
Comparison compared(const ScenarioInput& input, std::uint64_t paths) {
  AssessOptions options;
  options.threads = 2;
  return assess(worlds::study(input, paths), options).comparisons.front();
}

/// Features switched off in the input itself: what fails, who turns away and what moves is taken out.
ScenarioInput switched_off(ScenarioInput input, unsigned features) {
  const auto off = [&](Feature feature) { return (features >> static_cast<unsigned>(feature) & 1u) == 0; };
  const StrategyInput& reference = input.strategies[0].second;
  StrategyInput& strategy = input.strategies[1].second;
  if (off(Feature::discount)) {
    // By hand: the share of each provider times its list price, over all workloads, which demand alike or
    // not.
    const auto share = [&](const StrategyInput& of, const std::string& name) {
      double units = 0.0;
      for (const auto& [workload, choice] : of.workloads)
        if (choice.placement.contains(name + ".r"))
          units += input.workloads.at(workload).demand * choice.placement.at(name + ".r");
      return units;
    };
    double list = 0.0, saved = 0.0;
    for (const auto& [name, provider] : input.providers) {
      const double spend = share(reference, name) * provider.list_price.initial;
      list += spend;
      if (reference.contracts.contains(name)) saved += spend * reference.contracts.at(name).discount;
    }
    for (auto& [name, contract] : strategy.contracts) {
      Contract terms;
      terms.discount = saved / list;
      if (share(reference, name) > 0.0) terms = reference.contracts.at(name);
      if (share(strategy, name) == 0.0) continue;
      contract.discount = terms.discount;
      contract.volume_tiers = terms.volume_tiers;
    }
  }
  for (auto& [name, each] : input.strategies)
    for (auto& [provider, contract] : each.contracts)
      if (off(Feature::leverage)) contract.renewal = Renewal::list;
  for (auto& [name, provider] : input.providers) {
    if (off(Feature::outage)) provider.outages = provider.regions["r"].outages = std::nullopt;
    if (off(Feature::severance)) provider.divergence = std::nullopt;
    if (off(Feature::price)) provider.list_price.volatility = 0.0;
    if (off(Feature::price)) provider.list_price.jumps = std::nullopt;
  }
  if (off(Feature::outage)) input.shared_dependencies.clear();
  if (off(Feature::price)) input.market.scarcity = std::nullopt;
  return input;
}

/// Two strategies that differ in everything: placement, discounts, tiers, and who is used at all.
ScenarioInput different() {
  ScenarioInput input = worlds::rich();
  StrategyInput& reference = input.strategies[0].second;
  reference.workloads["load"].placement = {{"A.r", 0.9}, {"B.r", 0.1}, {"C.r", 0.0}};
  reference.workloads["other"].placement = {{"B.r", 1.0}};
  StrategyInput& strategy = input.strategies[1].second;
  strategy.contracts["A"].discount = 0.30;
  strategy.contracts["A"].volume_tiers = {{10e6, 0.2}};
  strategy.contracts["C"].discount = 0.15;
  return input;
}

}  // namespace

TEST_CASE(
    "each feature off is the same as a config without it; Shapley values are means over all 120 orders") {
  constexpr std::uint64_t paths = 24;
  const ScenarioInput input = different();
  std::array<double, 32> value;  // v(S), each from a run of its own
  for (unsigned features = 0; features < 32; ++features)
    value[features] = compared(switched_off(input, features), paths).mean.value;

  const Waterfall waterfall = only(input, paths);
  const double scale = std::abs(*std::max_element(
      value.begin(), value.end(), [](double a, double b) { return std::abs(a) < std::abs(b); }));
  const auto close = [&](double found, double expected) {
    CHECK(std::abs(found - expected) <= 1e-11 * scale);
  };
  close(waterfall.difference.value, value[31]);
  close(waterfall.rest.value, value[0]);
  for (unsigned f = 0; f < feature_count; ++f)
    close(waterfall.steps[f].increment.value, value[(31u >> f) << f] - value[(31u >> (f + 1)) << (f + 1)]);

  std::array<unsigned, feature_count> order{0, 1, 2, 3, 4};
  std::array<double, feature_count> mean{};
  do {
    unsigned on = 0;
    for (const unsigned f : order) {
      mean[f] += (value[on | 1u << f] - value[on]) / 120.0;
      on |= 1u << f;
    }
  } while (std::next_permutation(order.begin(), order.end()));
  for (std::size_t f = 0; f < feature_count; ++f) {
    CAPTURE(feature_names[f]);
    CHECK(std::abs(mean[f]) > 1e-4 * scale);  // everything plays a part here
    close(waterfall.steps[f].shapley.value, mean[f]);
  }
}

TEST_CASE("increments and rest add up, Shapley values and rest too; the difference is that of a plain run") {
  const ScenarioInput input = different();
  const Waterfall waterfall = only(input, 40);
  double increments = waterfall.rest.value, shapley = waterfall.rest.value, size = 0.0;
  for (const WaterfallStep& part : waterfall.steps) {
    increments += part.increment.value;
    shapley += part.shapley.value;
    size = std::max(size, std::abs(part.increment.value));
  }
  CHECK(waterfall.paths == 40);
  CHECK(std::abs(increments - waterfall.difference.value) <= 1e-12 * size);
  CHECK(std::abs(shapley - waterfall.difference.value) <= 1e-12 * size);
  const Comparison plain = compared(input, 40);
  CHECK(relative_error(waterfall.difference.value, plain.mean.value) <= 1e-12);
  CHECK(relative_error(*waterfall.difference.standard_error, *plain.mean.standard_error) <= 1e-9);
  CHECK(waterfall.strategy == plain.strategy);
  CHECK(waterfall.reference == plain.reference);
}

TEST_CASE("what a deal is above all: the largest saving and all that paired paths do not tell from it") {
  std::vector<ScenarioInput> worlds{different(), worlds::rich(), worlds::w3()};
  for (const double discount : {0.25, 0.285, 0.29, 0.5}) {  // about 0.285 it saves what leverage does
    worlds.push_back(worlds::w3());
    worlds.back().strategies[1].second.contracts["A"].discount = discount;
  }
  std::map<std::size_t, int> cases;  // by how many kinds are named
  for (const ScenarioInput& input : worlds)
    for (const std::uint64_t paths : {3u, 9u}) {
      const Waterfall waterfall = only(input, paths);
      const auto by_path = kinds_by_path(input, paths);
      std::array<measure::Estimate, deal_kind_count> parts;
      double size = 0.0;
      const auto column = [&](auto value) {
        std::vector<double> values;
        for (const auto& kinds : by_path) values.push_back(value(kinds));
        return mean_of(values);
      };
      for (std::size_t k = 0; k < deal_kind_count; ++k) {
        parts[k] = column([&](const auto& kinds) { return kinds[k]; });
        size = std::max({size, std::abs(parts[k].value), *parts[k].standard_error});
      }
      const auto most = static_cast<std::size_t>(
          std::min_element(parts.begin(), parts.end(),
                           [](const auto& a, const auto& b) { return a.value < b.value; }) -
          parts.begin());
      const auto close = [&](const measure::Estimate& found, const measure::Estimate& expected) {
        CHECK(std::abs(found.value - expected.value) <= 1e-8 * size);
        CHECK(std::abs(*found.standard_error - *expected.standard_error) <= 1e-8 * size);
      };
      const auto told = [](const measure::Estimate& of) {
        return std::abs(of.value) > 1.959963984540054 * *of.standard_error;
      };
      std::vector<std::pair<double, DealKind>> named;
      for (std::size_t k = 0; k < deal_kind_count; ++k) {
        CAPTURE(deal_kind_names[k]);
        const measure::Estimate behind = column([&](const auto& kinds) { return kinds[k] - kinds[most]; });
        close(waterfall.kinds[k].shapley, parts[k]);
        close(waterfall.kinds[k].behind, behind);
        if (k == most || (parts[k].value < -1e-6 * size && !told(behind)))
          named.emplace_back(parts[k].value, static_cast<DealKind>(k));
      }
      std::sort(named.begin(), named.end());
      std::vector<DealKind> expected;
      if (parts[most].value < -1e-6 * size && told(parts[most]))
        for (const auto& [unused, kind] : named) expected.push_back(kind);
      CHECK(waterfall.above_all == expected);
      ++cases[expected.size()];
    }
  CHECK(cases[0] > 0);
  CHECK(cases[1] > 0);
  CHECK(cases[2] > 0);
}

TEST_CASE("strategies that differ in a discount only: it is all of the difference") {
  ScenarioInput input = worlds::rich();
  input.strategies[1].second = input.strategies[0].second;
  input.strategies[1].second.contracts["A"].discount = 0.35;
  input.strategies[1].second.contracts["A"].volume_tiers.clear();
  const Waterfall waterfall = only(input, 64);
  CHECK(waterfall.difference.value < -1e6);
  CHECK(step(waterfall, Feature::discount).increment.value == waterfall.difference.value);
  for (const Feature other : {Feature::leverage, Feature::outage, Feature::severance, Feature::price})
    CHECK(step(waterfall, other).increment.value == 0.0);
  CHECK(waterfall.rest.value == 0.0);
  CHECK(waterfall.above_all == std::vector{DealKind::discount});
}

TEST_CASE("without interactions a Shapley value is the increment: outages of W-2 and prices apart") {
  ScenarioInput input = worlds::w2();
  for (auto& [name, provider] : input.providers)
    provider.list_price = worlds::list_price(name == "A" ? 500.0 : 700.0, 0.0, 0.2, std::nullopt, 0.0);
  const Waterfall waterfall = only(input, 256);
  for (const Feature none : {Feature::discount, Feature::leverage, Feature::severance}) {
    CHECK(step(waterfall, none).increment.value == 0.0);
    CHECK(std::abs(step(waterfall, none).shapley.value) <= 1e-7);  // rounding of 1e8
  }
  for (const Feature some : {Feature::outage, Feature::price}) {
    const WaterfallStep& part = step(waterfall, some);
    CHECK(std::abs(part.increment.value) > 1e5);
    CHECK(relative_error(part.shapley.value, part.increment.value) <= 1e-10);
    CHECK(relative_error(*part.shapley.standard_error, *part.increment.standard_error) <= 1e-10);
  }
}

TEST_CASE("leverage alone: both sign at list instead; with one renewal it is the discount bargained") {
  // 1000 units at A for a year; list 2 for ever. Reference and strategy renew after six months: the reference
  // keeps 10 %, the strategy bargains.
  ScenarioInput input = worlds::plain({{"A", 1.0}, {"B", 0.0}}, 1000.0);
  input.horizon.months = 12;
  input.horizon.discount_rate = PerYear(0.0);
  input.providers["A"].list_price.initial = 2.0;
  StrategyInput& reference = input.strategies[0].second;
  reference.contracts["A"].mode = PriceMode::fixed;
  reference.contracts["A"].term_months = 6;
  reference.contracts["A"].discount = 0.10;
  input.strategies.emplace_back("bargains", reference);
  input.strategies[1].second.contracts["A"].renewal = Renewal::bargain;
  const Waterfall waterfall = only(input, 4);
  // B costs 1: P_max = .9 * 1 * 1.2 + .25 * 2 / .5 = 2.08, so list, 2; P_min = .8 + .2 * 1.2 = 1.04.
  const double power = 1.0 / (1.0 + std::exp(2.0 * (1.0 - 0.02)));
  const double price = power * 1.04 + (1.0 - power) * 2.0;
  const double saved = 6 * 730.0 * 1000.0 * (price - 1.8);
  CHECK(relative_error(step(waterfall, Feature::leverage).increment.value, saved) <= 1e-12);
  CHECK(relative_error(step(waterfall, Feature::leverage).shapley.value, saved) <= 1e-12);
  CHECK(waterfall.rest.value == 0.0);
}

TEST_CASE("the same bits for any number of threads, and whatever other strategies are compared") {
  constexpr std::uint64_t paths = 1100;  // two blocks
  ScenarioInput input = worlds::w3();
  input.horizon.months = 40;
  input.strategies[1].second.contracts["A"].discount = 0.3;
  const Study study = worlds::study(input, paths);
  const std::vector<double> one = numbers(waterfalls(study, paths, 1).front());
  CHECK(numbers(waterfalls(study, paths, 3).front()) == one);

  ScenarioInput more = input;
  more.strategies.insert(more.strategies.begin() + 1, {"between", more.strategies[0].second});
  more.strategies[1].second.contracts["A"].discount = 0.5;
  const auto both = waterfalls(worlds::study(more, paths), paths, 2);
  REQUIRE(both.size() == 2);
  CHECK(both[1].strategy == "diversified");
  CHECK(numbers(both[1]) == one);
}

TEST_CASE("no error where an outage has infinite variance; none at all without anybody to compare with") {
  ScenarioInput input = worlds::w2();
  input.providers["A"].outages->duration =
      SplicedDuration{worlds::lognormal(2.0, 1.2), Fraction(0.9), 0.6, Hours(5)};
  const Waterfall waterfall = only(input, 64);
  CHECK_FALSE(waterfall.difference.standard_error.has_value());
  CHECK_FALSE(step(waterfall, Feature::outage).increment.standard_error.has_value());
  CHECK_FALSE(step(waterfall, Feature::price).shapley.standard_error.has_value());
  CHECK(step(waterfall, Feature::price).increment.standard_error.has_value());
  CHECK_FALSE(waterfall.kinds[0].shapley.standard_error.has_value());
  CHECK_FALSE(waterfall.kinds[1].behind.standard_error.has_value());
  CHECK(waterfall.above_all.empty());
  input.strategies.pop_back();
  CHECK(waterfalls(worlds::study(input, 64), 64, 1).empty());
  CHECK_THROWS_AS(waterfalls(worlds::study(worlds::w2(), 64), 0, 1), InvalidInput);
}

TEST_CASE("a stopped waterfall answers from the paths that were finished, or not at all") {
  run::Cancellation cancellation;
  cancellation.request();
  CHECK_THROWS_AS(waterfalls(worlds::study(worlds::w2(), 64), 64, 1, &cancellation), Stopped);
}

TEST_CASE("how many paths what-ifs are played on") {
  CHECK(what_if_paths({100'000, 1}) == 1600);  // 1562, in whole blocks
  CHECK(what_if_paths({64'000, 1}) == 1024);   // 1000
  CHECK(what_if_paths({2000, 1}) == 256);
  CHECK(what_if_paths({100, 1}) == 100);
}

}  // namespace waterfall_test
