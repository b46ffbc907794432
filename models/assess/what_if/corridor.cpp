#include "models/assess/what_if/corridor.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "engine/run/blocks.hpp"
#include "models/assess/what_if/severance.hpp"
#include "models/assess/what_if/variants.hpp"
#include "models/contract/contract_prices.hpp"

namespace hedgerow::models {
namespace {

/// Shares that are tried first, and how near to their ends intervals are found.
constexpr int grid_steps = 40;
constexpr double resolution = 0.001;
/// Futures of the market over which unserved hours are expected.
constexpr std::uint64_t market_futures = 1024;
/// What a contract without a term is bargained for.
constexpr int default_term_months = months_per_year;

/// The market's futures of a study's first paths, sorted.
std::vector<ScarcityPath> sample_futures(const Scenario& scenario, std::uint64_t seed) {
  const ScarcitySampler sampler(scenario.scarcity, scenario.horizon, seed);
  std::vector<ScarcityPath> futures(scenario.scarcity ? market_futures : 1);
  for (std::size_t path = 0; path < futures.size(); ++path) sampler.sample(path, futures[path]);
  std::sort(futures.begin(), futures.end());
  return futures;
}

/// Today's bargain: list prices of month 0, a normal market, everybody aligned.
class TodaysBargain {
 public:
  explicit TodaysBargain(const Scenario& scenario)
      : scenario_(scenario), scarcity_(static_cast<std::size_t>(scenario.horizon.months) + 1, false) {
    const int months = scenario.horizon.months;
    list_prices_.resize(scenario.providers.size(), static_cast<std::size_t>(months));
    demand_.resize(scenario.workloads.size(), static_cast<std::size_t>(months));
    regimes_.resize(scenario.providers.size());
    deliveries_ = Deliveries(scenario.providers.size(), Delivery{{}, months, months});
    for (const ProviderId p : scenario.providers.keys()) {
      list_prices_.at(p, 0) = scenario.providers[p].list_price.initial;
      regimes_[p] = {{Regime::aligned, 0.0, scenario.horizon.length()}};
    }
    for (const WorkloadId w : scenario.workloads.keys()) demand_.at(w, 0) = 1.0;
  }

  /// Of a strategy whose contract with the provider has a term.
  Agreement with(const Strategy& strategy, ProviderId provider) const {
    const Stage stage = initial_stage(scenario_, strategy);
    Occupancy occupancy;
    occupancy.start(stage);
    const Circumstances now{list_prices_, scarcity_, demand_, regimes_, deliveries_, occupancy};
    return bargain(ContractPricing(scenario_, strategy).position(provider, 0, now));
  }

 private:
  const Scenario& scenario_;
  ScarcityPath scarcity_;
  PricePath list_prices_;
  DemandPath demand_;
  RegimeHistory regimes_;
  Deliveries deliveries_;
};

/// What all corridors of a study share.
struct Setting {
  Setting(const Study& study, const Scenario& all)
      : scenario(all),
        terms(study.outputs.corridor),
        futures(sample_futures(all, study.simulation.seed)),
        severance(all),
        bargain(all) {}

  const Scenario& scenario;
  CorridorSettings terms;
  std::vector<ScarcityPath> futures;
  SeveranceShock severance;
  TodaysBargain bargain;
};

std::size_t index(CorridorTest test) { return static_cast<std::size_t>(test); }

/// Looks for the corridor of one strategy and provider.
class Surveyor {
 public:
  Surveyor(const Setting& setting, StrategyId strategy, ProviderId provider)
      : setting_(setting), strategy_(setting.scenario.strategies[strategy]), provider_(provider) {
    Contract& contract = strategy_.contracts[provider];
    if (contract.term_months == 0) contract.term_months = default_term_months;
  }

  Corridor survey() {
    Corridor corridor{strategy_.name,
                      setting_.scenario.providers[provider_].name,
                      notice_months(strategy_.contracts[provider_].notice),
                      *measure(strategy_.share[provider_], true),
                      {},
                      {},
                      {},
                      {}};
    walk_grid();
    find_intervals(corridor);
    if (corridor.intervals.empty())
      explain(corridor);
    else
      corridor.corridor = *std::min_element(
          corridor.intervals.begin(), corridor.intervals.end(),
          [&](const ShareInterval& a, const ShareInterval& b) { return distance(a) < distance(b); });
    return corridor;
  }

 private:
  /// Runs the tests at a share; the costly one only if the others pass, or if `all`. Nothing: there is no
  /// place.
  std::optional<CorridorPoint> measure(double share, bool all) const {
    const auto variant = with_share(setting_.scenario, strategy_, provider_, share);
    if (!variant) return std::nullopt;
    const CorridorSettings& terms = setting_.terms;
    const Agreement agreement = setting_.bargain.with(*variant, provider_);
    const double list = setting_.scenario.providers[provider_].list_price.initial;
    CorridorPoint point{share, 1.0 - agreement.price / list, agreement.leverage, {}, {}, {}};
    const bool benefits =
        point.discount >= terms.min_discount.value || point.leverage >= terms.min_leverage.value;
    point.exit_months = setting_.severance.exit_months(*variant, provider_);
    const bool leaves =
        point.exit_months && *point.exit_months <= notice_months(variant->contracts[provider_].notice);
    point.passes = {benefits, false, leaves};
    if (!all && !(benefits && leaves)) return point;
    point.unserved_hours =
        setting_.severance.unserved_hours(*variant, provider_, setting_.futures).estimate();
    point.passes[index(CorridorTest::unserved_hours)] =
        point.unserved_hours.value <= terms.max_unserved_hours.value;
    return point;
  }

  void walk_grid() {
    for (int i = 0; i <= grid_steps; ++i)
      if (const auto point = measure(i == 0 ? resolution : static_cast<double>(i) / grid_steps, false))
        grid_.push_back(*point);
  }

  /// The first test that a point fails, in the order in which they are run.
  static CorridorTest failed(const CorridorPoint& point) {
    for (const CorridorTest test : {CorridorTest::benefit, CorridorTest::exit_time})
      if (!point.passes[index(test)]) return test;
    return CorridorTest::unserved_hours;
  }

  /// Between a share that passes and one that fails: the last that passes, and what the next one fails.
  std::pair<double, CorridorTest> edge(CorridorPoint passing, CorridorPoint failing) const {
    while (std::abs(passing.share - failing.share) > resolution) {
      const auto middle = measure(0.5 * (passing.share + failing.share), false);
      if (!middle) break;
      (middle->passes_all() ? passing : failing) = *middle;
    }
    return {passing.share, failed(failing)};
  }

  void find_intervals(Corridor& corridor) const {
    for (std::size_t i = 0; i < grid_.size(); ++i) {
      if (!grid_[i].passes_all()) continue;
      ShareInterval interval{grid_[i].share, grid_[i].share, {}, {}};
      if (i > 0) std::tie(interval.from, interval.below) = edge(grid_[i], grid_[i - 1]);
      while (i + 1 < grid_.size() && grid_[i + 1].passes_all()) ++i;
      interval.to = grid_[i].share;
      if (i + 1 < grid_.size()) std::tie(interval.to, interval.above) = edge(grid_[i], grid_[i + 1]);
      corridor.intervals.push_back(interval);
    }
  }

  double distance(const ShareInterval& interval) const {
    const double share = strategy_.share[provider_];
    return std::max({interval.from - share, share - interval.to, 0.0});
  }

  /// How near a point comes to passing a test: the larger, the nearer.
  double nearness(const CorridorPoint& point, CorridorTest test) const {
    const CorridorSettings& terms = setting_.terms;
    switch (test) {
      case CorridorTest::benefit:
        return std::max(point.discount - terms.min_discount.value, point.leverage - terms.min_leverage.value);
      case CorridorTest::exit_time:
        return point.exit_months ? -*point.exit_months : -std::numeric_limits<double>::infinity();
      case CorridorTest::unserved_hours:
        break;
    }
    return -point.unserved_hours.value;
  }

  /// Why no share passes: each test is asked of those that pass the tests before it, which are some.
  void explain(Corridor& corridor) const {
    std::vector<CorridorPoint> left = grid_;
    for (const CorridorTest test :
         {CorridorTest::benefit, CorridorTest::exit_time, CorridorTest::unserved_hours}) {
      const auto nearest =
          std::max_element(left.begin(), left.end(), [&](const CorridorPoint& a, const CorridorPoint& b) {
            return nearness(a, test) < nearness(b, test);
          });
      if (!nearest->passes[index(test)]) {
        corridor.binding = test;
        corridor.closest = measure(nearest->share, true);
        return;
      }
      std::erase_if(left, [&](const CorridorPoint& point) { return !point.passes[index(test)]; });
    }
  }

  const Setting& setting_;
  Strategy strategy_;
  const ProviderId provider_;
  std::vector<CorridorPoint> grid_;
};

bool has_location(const Scenario& scenario, ProviderId provider) {
  return std::any_of(scenario.locations.begin(), scenario.locations.end(),
                     [&](const Location& location) { return location.provider == provider; });
}

}  // namespace

std::vector<Corridor> corridors(const Study& study, unsigned threads) {
  const Scenario scenario(study.scenario);
  const Setting setting(study, scenario);
  std::vector<std::pair<StrategyId, ProviderId>> asked;
  for (const StrategyId strategy : scenario.strategies.keys())
    for (const ProviderId provider : scenario.providers.keys())
      if (has_location(scenario, provider)) asked.emplace_back(strategy, provider);
  std::vector<Corridor> all(asked.size());
  run::run_tasks(asked.size(), threads, [&](std::size_t i) {
    all[i] = Surveyor(setting, asked[i].first, asked[i].second).survey();
  });
  return all;
}

}  // namespace hedgerow::models
