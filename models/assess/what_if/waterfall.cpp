#include "models/assess/what_if/waterfall.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "engine/measure/cross_moments.hpp"
#include "models/assess/assess.hpp"
#include "models/assess/paths/joint_blocks.hpp"
#include "models/assess/summary.hpp"
#include "models/assess/what_if/variants.hpp"
#include "models/simulate.hpp"

namespace hedgerow::models {
namespace {

/// Features that are on, a bit by Feature.
using Features = unsigned;
constexpr Features all_features = (1u << feature_count) - 1;
constexpr Features bit(Feature feature) { return 1u << static_cast<unsigned>(feature); }
constexpr bool on(Features features, Feature feature) { return (features & bit(feature)) != 0; }

/// A world with some of outages, severances and price moves switched off, and by which of them it is
/// numbered.
constexpr std::array world_features{Feature::outage, Feature::severance, Feature::price};
constexpr std::size_t world_count = 1u << world_features.size();

std::size_t world_number(Features features) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < world_features.size(); ++i)
    number |= static_cast<std::size_t>(on(features, world_features[i])) << i;
  return number;
}

/// The path's world with what is not in `features` as in the plan.
void switch_world(const World& path, const World& plan, Features features, World& out) {
  const World& prices = on(features, Feature::price) ? path : plan;
  out.path = path.path;
  out.all_stay_aligned = !on(features, Feature::severance);
  out.outages = (on(features, Feature::outage) ? path : plan).outages;
  out.scarcity = prices.scarcity;
  out.list_prices = prices.list_prices;
  out.demand = path.demand;
}

/// What the strategy's money earns off list on average, as it is placed at first and at today's list prices.
double mean_discount(const Scenario& scenario, const Strategy& strategy) {
  double list = 0.0, off = 0.0;
  for (const ProviderId p : scenario.providers.keys()) {
    const double spend = strategy.share[p] * scenario.providers[p].list_price.initial;
    list += spend;
    off += spend * strategy.contracts[p].discount;
  }
  return list > 0.0 ? off / list : 0.0;
}

/// Whether that changes anything.
bool take_discounts_of(const Scenario& scenario, const Strategy& reference, Strategy& strategy) {
  Contract elsewhere;
  elsewhere.discount = mean_discount(scenario, reference);
  bool changed = false;
  for (const ProviderId p : scenario.providers.keys()) {
    if (!uses(scenario, strategy, p)) continue;
    const Contract& terms = uses(scenario, reference, p) ? reference.contracts[p] : elsewhere;
    Contract& ours = strategy.contracts[p];
    changed = changed || ours.discount != terms.discount || ours.volume_tiers != terms.volume_tiers;
    ours.discount = terms.discount;
    ours.volume_tiers = terms.volume_tiers;
  }
  return changed;
}

/// Whether that changes anything.
bool renew_at_list(const Horizon& horizon, Strategy& strategy) {
  bool changed = false;
  for (Contract& contract : strategy.contracts) {
    changed = changed || !bargaining_months(contract, horizon).empty();
    contract.renewal = Renewal::list;
  }
  return changed;
}

/// A strategy as it is and with its contract features switched off.
struct Variants {
  std::array<std::array<StrategyId, 2>, 2> of;  ///< [discount on][leverage on]

  StrategyId at(Features features) const {
    return of[on(features, Feature::discount)][on(features, Feature::leverage)];
  }
};

/// Adds to the scenario what the strategy becomes, where it becomes another. The reference keeps its
/// discounts.
Variants add_variants(Scenario& scenario, StrategyId id) {
  const auto without_leverage = [&](StrategyId full) {
    Strategy variant = scenario.strategies[full];
    return renew_at_list(scenario.horizon, variant) ? scenario.strategies.push_back(std::move(variant))
                                                    : full;
  };
  const auto without_discount = [&](StrategyId full) {
    Strategy variant = scenario.strategies[full];
    return take_discounts_of(scenario, scenario.strategies[StrategyId(0)], variant)
               ? scenario.strategies.push_back(std::move(variant))
               : full;
  };
  Variants variants;
  const StrategyId list_price = id == StrategyId(0) ? id : without_discount(id);
  variants.of[1] = {without_leverage(id), id};
  variants.of[0] = list_price == id ? variants.of[1] : std::array{without_leverage(list_price), list_price};
  return variants;
}

/// Moments of one strategy's parts over the paths.
struct Parts {
  measure::Moments difference, rest;
  std::array<measure::Moments, feature_count> increments, shapley;
  measure::CrossMoments kinds{deal_kind_count};

  /// `value[features]`: strategy less reference on one path with these features on.
  void add(const std::array<double, all_features + 1>& value) {
    difference.add(value[all_features]);
    rest.add(value[0]);
    Features left = all_features;
    for (std::size_t f = 0; f < feature_count; ++f) {
      const Features without = left & ~(1u << f);
      increments[f].add(value[left] - value[without]);
      left = without;
    }
    std::array<double, deal_kind_count> kind{};
    for (std::size_t f = 0; f < feature_count; ++f) {
      const double part = shapley_value(value, 1u << f);
      shapley[f].add(part);
      kind[static_cast<std::size_t>(kind_of(static_cast<Feature>(f)))] += part;
    }
    kinds.add(kind);
  }

  void merge(const Parts& other) {
    difference.merge(other.difference);
    rest.merge(other.rest);
    for (std::size_t f = 0; f < feature_count; ++f) {
      increments[f].merge(other.increments[f]);
      shapley[f].merge(other.shapley[f]);
    }
    kinds.merge(other.kinds);
  }

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.difference, self.rest, self.increments, self.shapley, self.kinds);
  }

 private:
  /// sum over S without f of |S|! (n - 1 - |S|)! / n! (v(S + f) - v(S)): the mean over all n! orders.
  static double shapley_value(const std::array<double, all_features + 1>& value, Features feature) {
    constexpr std::array<double, feature_count> orders{24.0, 6.0, 4.0, 6.0, 24.0};
    double sum = 0.0;
    for (Features others = 0; others <= all_features; ++others)
      if ((others & feature) == 0)
        sum += orders[static_cast<std::size_t>(std::popcount(others))] *
               (value[others | feature] - value[others]);
    return sum / 120.0;
  }
};

/// Plays one block of paths: 8 worlds each, and in each of them every variant of every strategy.
class Player {
 public:
  Player(const Scenario& scenario, std::uint64_t seed)
      : scenario_(scenario), base_(scenario.strategies.size()) {
    for (std::size_t s = 0; s < base_; ++s) variants_.push_back(add_variants(scenario_, StrategyId(s)));
    simulation_.emplace(scenario_, seed);
    simulation_->plan(plan_);
  }
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  /// One by strategy but the first.
  std::vector<Parts> play(run::Block block) const {
    std::vector<Parts> parts(base_ - 1);
    Room room;
    std::array<double, all_features + 1> difference;
    for (std::uint64_t n = block.first; n < block.last; ++n) {
      simulation_->sample(n, room.path);
      play_all(room);
      for (std::size_t s = 1; s < base_; ++s) {
        for (Features features = 0; features <= all_features; ++features)
          difference[features] = cost(room, variants_[s], features) - cost(room, variants_[0], features);
        parts[s - 1].add(difference);
      }
    }
    return parts;
  }

 private:
  /// Room to work in, reused from path to path.
  struct Room {
    World path;
    std::array<World, world_count> worlds;
    std::vector<double> costs;  ///< world x strategy, variants included: total cost, present value
    Outcome outcome;
  };

  double cost(const Room& room, const Variants& variants, Features features) const {
    return room.costs[world_number(features) * scenario_.strategies.size() + variants.at(features).value];
  }

  void play_all(Room& room) const {
    room.costs.resize(world_count * scenario_.strategies.size());
    for (Features features = 0; features <= all_features; ++features) {
      if (on(features, Feature::discount) || on(features, Feature::leverage)) continue;  // not of the world
      const std::size_t number = world_number(features);
      World& world = room.worlds[number];
      switch_world(room.path, plan_, features, world);
      for (std::size_t s = 0; s < scenario_.strategies.size(); ++s) {
        simulation_->evaluate(world, StrategyId(s), room.outcome);
        room.costs[number * scenario_.strategies.size() + s] = room.outcome.ledger.total().present;
      }
    }
  }

  Scenario scenario_;  ///< with the variants as further strategies
  std::size_t base_;
  std::vector<Variants> variants_;
  std::optional<Simulation> simulation_;
  World plan_;
};

/// No standard error can be read off a sample where outages count and their cost has infinite variance; the
/// increments from severance on are taken with outages off.
void drop_infinite(Waterfall& waterfall) {
  waterfall.difference.standard_error.reset();
  for (WaterfallStep& step : waterfall.steps) {
    step.shapley.standard_error.reset();
    if (step.feature <= Feature::outage) step.increment.standard_error.reset();
  }
  for (KindPart& kind : waterfall.kinds) {
    kind.shapley.standard_error.reset();
    kind.behind.standard_error.reset();
  }
}

/// The kinds' places, the one that saves most first.
std::array<std::size_t, deal_kind_count> by_saving(const measure::CrossMoments& kinds) {
  std::array<std::size_t, deal_kind_count> order{};
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return kinds.mean()[a] < kinds.mean()[b]; });
  return order;
}

std::array<KindPart, deal_kind_count> kind_parts(const measure::CrossMoments& kinds) {
  const std::size_t most = by_saving(kinds).front();
  std::array<KindPart, deal_kind_count> parts;
  for (std::size_t k = 0; k < deal_kind_count; ++k) {
    std::array<double, deal_kind_count> less{};
    less[k] += 1.0;
    less[most] -= 1.0;
    parts[k] = {kinds.at(k), {kinds.mean()[k] - kinds.mean()[most], kinds.error_along(less)}};
  }
  return parts;
}

/// Of a waterfall that has its kinds.
std::vector<DealKind> largest_savings(const Waterfall& waterfall, const measure::CrossMoments& kinds) {
  constexpr double rounding = 1e-9;  // of the largest part: what adding up leaves of a feature without effect
  double largest = std::abs(waterfall.rest.value);
  for (const double part : kinds.mean()) largest = std::max(largest, std::abs(part));
  const auto saves = [&](std::size_t k) { return kinds.mean()[k] < -rounding * largest; };
  const auto order = by_saving(kinds);
  std::vector<DealKind> all;
  if (!saves(order.front()) || measure::told_sign(waterfall.kinds[order.front()].shapley) == 0) return all;
  for (const std::size_t k : order)
    if (saves(k) && measure::told_sign(waterfall.kinds[k].behind) == 0)
      all.push_back(static_cast<DealKind>(k));
  return all;
}

Waterfall summarise(const Scenario& scenario, StrategyId strategy, const Parts& parts) {
  Waterfall waterfall{scenario.strategies[strategy].name,
                      scenario.strategies[StrategyId(0)].name,
                      parts.difference.count,
                      parts.difference.estimate(),
                      {},
                      parts.rest.estimate()};
  for (std::size_t f = 0; f < feature_count; ++f)
    waterfall.steps[f] = {static_cast<Feature>(f), parts.increments[f].estimate(),
                          parts.shapley[f].estimate()};
  waterfall.kinds = kind_parts(parts.kinds);
  if (infinite_variance(scenario, StrategyId(0)) || infinite_variance(scenario, strategy))
    drop_infinite(waterfall);
  waterfall.above_all = largest_savings(waterfall, parts.kinds);
  return waterfall;
}

}  // namespace

std::uint64_t what_if_paths(const SimulationSettings& simulation) {
  constexpr std::uint64_t part = 64, fewest = 256;
  const std::uint64_t wanted = std::max(simulation.paths / part, fewest);
  return std::min(simulation.paths, (wanted + what_if_block - 1) / what_if_block * what_if_block);
}

std::vector<Waterfall> waterfalls(const Study& study, std::uint64_t paths, unsigned threads,
                                  const run::Cancellation* cancellation, ranks::Communicator* others) {
  validate(paths > 0, "no path is asked for (at least one is needed)");
  const Scenario scenario(study.scenario);
  const Player player(scenario, study.simulation.seed);
  std::vector<Parts> total(scenario.strategies.size() - 1);
  if (total.empty()) return {};

  run::RunOptions options;
  const run::Block ours = dealt(paths, what_if_block, others);
  options.first = ours.first;
  options.paths = ours.last;
  options.threads = threads;
  options.cancellation = cancellation;
  options.block_size = what_if_block;
  add_blocks(options, others, total, [&](run::Block block) { return player.play(block); });
  if (total.front().difference.count == 0) throw Stopped();

  std::vector<Waterfall> all;
  for (std::size_t s = 0; s < total.size(); ++s)
    all.push_back(summarise(scenario, StrategyId(s + 1), total[s]));
  return all;
}

}  // namespace hedgerow::models
