#include "models/assess/sampling/importance_pilot.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/measure/quantile.hpp"
#include "engine/run/blocks.hpp"
#include "models/assess/summary.hpp"
#include "models/outage/duration.hpp"

namespace hedgerow::models {
namespace {

constexpr std::uint64_t pilot_number = std::uint64_t{1} << 61;  ///< paths that no run takes
constexpr int rounds = 5;                                       ///< that tilts are learnt from
constexpr std::size_t fewest_elite = 30;                        ///< paths that stand for a tail
constexpr std::uint32_t fewest_visits = 5;  ///< a band that fewer paths have seen follows the one below it
constexpr double most_expected = 1.0;       ///< outages of a tilted band on a path
constexpr double least_tilt = 2.0;          ///< a law without a larger factor is not worth its paths
constexpr std::size_t fewest_in_tail = 10;  ///< to judge a gain by
constexpr double least_gain = 1.2 * nominal_share;

using Factors = IdVector<EntityId, std::array<double, band_count>>;

/// Whose tail a tilt is made for.
struct Aim {
  StrategyId strategy;
  MeasureIndex measure;
};

double value_of(const Outcome& outcome, MeasureIndex measure) {
  if (measure == 0) return outcome.ledger.total().present;
  return outcome.ledger.sum(all_components[measure - 1]).present;
}

/// Paths under a mixture, or under one after the other: the mean of their estimates weighs each path alike.
struct Round {
  std::vector<OutageEvidence> evidence;
  std::vector<double> weights;
  std::vector<std::vector<double>> values;  ///< by strategy * measures + measure

  void append(const Round& other) {
    evidence.insert(evidence.end(), other.evidence.begin(), other.evidence.end());
    weights.insert(weights.end(), other.weights.begin(), other.weights.end());
    values.resize(other.values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i].insert(values[i].end(), other.values[i].begin(), other.values[i].end());
  }
};

constexpr std::size_t measures = 1 + component_count;

Round play(const Scenario& scenario, std::uint64_t seed, std::shared_ptr<const OutageMixture> mixture,
           int number, std::uint64_t paths, unsigned threads) {
  const Simulation simulation(scenario, seed, {std::move(mixture), 0});
  const std::size_t strategies = scenario.strategies.size();
  Round round{std::vector<OutageEvidence>(paths), std::vector<double>(paths),
              std::vector<std::vector<double>>(strategies * measures, std::vector<double>(paths))};
  const std::uint64_t base = pilot_number + (static_cast<std::uint64_t>(number) << 40);
  const auto nominal = static_cast<std::uint64_t>(nominal_share * static_cast<double>(paths));
  run::RunOptions run;
  run.paths = paths;
  run.block_size = 64;
  run.threads = threads;
  run::run_blocks(
      run,
      [&](run::Block block) {
        World world;
        Outcome outcome;
        for (std::uint64_t i = block.first; i < block.last; ++i) {
          simulation.sample(base + i + (i < nominal ? 0 : OutageMixture::first_tilted), world);
          round.evidence[i] = world.outages.evidence;
          round.weights[i] = world.outages.weight;
          for (std::size_t s = 0; s < strategies; ++s) {
            simulation.evaluate(world, StrategyId(s), outcome);
            for (std::size_t m = 0; m < measures; ++m)
              round.values[s * measures + m][i] = value_of(outcome, m);
          }
        }
        return std::make_unique<run::BlockResult>();
      },
      [](run::BlockResult&) {});
  return round;
}

/// Laws that see every band of every entity: law b has on each path about one outage of band b, of any entity
/// alike. Without them a tail that some entity is behind too rarely for the pilot would go unnoticed.
std::vector<OutageTilt> exploring(const Scenario& scenario) {
  std::vector<OutageTilt> tilts;
  for (std::size_t b = 1; b < band_count; ++b) {
    Factors factors;
    for (const OutageEntity& entity : scenario.entities) {
      std::array<double, band_count> of{};
      of.fill(1.0);
      const double expected = entity.rate.value * scenario.horizon.length() * band_probability(b);
      const double wanted = most_expected / static_cast<double>(scenario.entities.size());
      if (expected > 0.0) of[b] = std::max(1.0, wanted / expected);
      factors.push_back(of);
    }
    tilts.push_back(outage_tilt(factors));
  }
  return tilts;
}

/// Makes the factors rise with the band: of two that fall, both become their mean by visits (isotonic
/// regression by pooling adjacent violators; Barlow, Bartholomew, Bremner & Brunk 1972). A longer outage does
/// not make a tail less likely.
void make_rising(std::array<double, band_count>& factors,
                 const std::array<std::uint32_t, band_count>& visits) {
  struct Pool {
    double value, weight;
    std::size_t bands;
  };
  std::vector<Pool> pools;
  for (std::size_t b = 0; b < band_count; ++b) {
    pools.push_back({factors[b], static_cast<double>(visits[b]) + 1.0, 1});
    while (pools.size() > 1 && pools.back().value < pools[pools.size() - 2].value) {
      const Pool last = pools.back();
      pools.pop_back();
      Pool& into = pools.back();
      into.value = (into.value * into.weight + last.value * last.weight) / (into.weight + last.weight);
      into.weight += last.weight;
      into.bands += last.bands;
    }
  }
  std::size_t b = 0;
  for (const Pool& pool : pools)
    for (std::size_t i = 0; i < pool.bands; ++i) factors[b++] = pool.value;
}

/// What paths say about the law that a tail comes from.
class CrossEntropy {
 public:
  CrossEntropy(const Scenario& scenario, const Round& seen, double level)
      : scenario_(scenario), seen_(seen), level_(level) {}

  /// theta_b = E_w[n_b | tail] / E_w[Lambda_b | tail].
  OutageTilt tilt(const std::vector<double>& values) const {
    const std::vector<std::size_t> tail = tail_of(values);
    Factors factors;
    for (const EntityId entity : scenario_.entities.keys()) factors.push_back(factors_of(tail, entity));
    return outage_tilt(factors);
  }

 private:
  /// The paths beyond the level.
  std::vector<std::size_t> tail_of(const std::vector<double>& values) const {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
    const double wanted = (1.0 - level_) * static_cast<double>(values.size());
    double weight = 0.0;
    std::size_t count = 0;
    while (count < order.size() && (count < fewest_elite || weight < wanted))
      weight += seen_.weights[order[count++]];
    order.resize(count);
    return order;
  }

  std::array<double, band_count> factors_of(const std::vector<std::size_t>& tail, EntityId entity) const {
    double expected = 0.0;
    std::array<double, band_count> outages{}, factors{};
    for (const std::size_t i : tail) {
      const EntityEvidence& here = seen_.evidence[i][entity];
      expected += seen_.weights[i] * here.expected;
      for (std::size_t b = 0; b < band_count; ++b) outages[b] += seen_.weights[i] * here.outages[b];
    }
    factors.fill(1.0);
    const std::array<std::uint32_t, band_count> visits = visits_of(entity);
    for (std::size_t b = 1; b < band_count && expected > 0.0; ++b)
      factors[b] = visits[b] < fewest_visits ? factors[b - 1] : outages[b] / (expected * band_probability(b));
    make_rising(factors, visits);
    const double a_path = scenario_.entities[entity].rate.value * scenario_.horizon.length();
    for (std::size_t b = 0; b < band_count; ++b) {
      if (a_path > 0.0) factors[b] = std::min(factors[b], most_expected / (a_path * band_probability(b)));
      factors[b] = b == 0 ? 1.0 : std::max(factors[b], 1.0);
    }
    return factors;
  }

  /// How many paths had an outage of each band.
  std::array<std::uint32_t, band_count> visits_of(EntityId entity) const {
    std::array<std::uint32_t, band_count> visits{};
    for (const OutageEvidence& of : seen_.evidence)
      for (std::size_t b = 0; b < band_count; ++b) visits[b] += of[entity].outages[b] > 0;
    return visits;
  }

  const Scenario& scenario_;
  const Round& seen_;
  double level_;
};

/// Variance of plain sampling over that of the mixture, at as many paths, for the probability or the mean
/// excess beyond a quantile; nothing where too few paths are in the tail.
std::optional<double> gain(const std::vector<double>& values, const std::vector<double>& weights,
                           MeasureStatistic::Kind kind, double level) {
  const double q = measure::quantile(measure::SortedSample(values, weights), level);
  double mean = 0.0, plain = 0.0, mixed = 0.0;
  std::size_t hits = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] <= q) continue;
    ++hits;
    const double x = kind == MeasureStatistic::Kind::percentile ? 1.0 : values[i] - q;
    mean += weights[i] * x;
    plain += weights[i] * x * x;
    mixed += weights[i] * weights[i] * x * x;
  }
  const double n = static_cast<double>(values.size());
  mean /= n;
  if (hits < fewest_in_tail) return std::nullopt;
  return (plain / n - mean * mean) / std::max(mixed / n - mean * mean, 1e-300);
}

class Planner {
 public:
  Planner(const Scenario& scenario, const Study& study, unsigned threads)
      : scenario_(scenario),
        study_(study),
        threads_(threads),
        paths_(std::clamp<std::uint64_t>(study.simulation.paths / 32, 512, 4096)) {
    for (const auto& levels : {study.outputs.percentiles, study.outputs.expected_shortfall})
      for (const double level : levels) level_ = std::max(level_, level);
  }

  std::optional<ImportancePlan> plan() {
    find_aims();
    if (aims_.empty() || level_ == 0.0) return std::nullopt;
    const std::vector<OutageTilt> explorers = exploring(scenario_);
    std::vector<OutageTilt> aimed;
    for (int round = 0; round < rounds; ++round) {
      std::vector<OutageTilt> laws = explorers;
      laws.insert(laws.end(), aimed.begin(), aimed.end());
      plan_.mixture = mixture_of(std::move(laws));
      seen_.append(next_round(paths_));
      aimed = aim();
    }
    std::vector<OutageTilt> tilts;
    for (std::size_t a = 0; a < aims_.size(); ++a)
      if (largest_factor(aimed[a]) >= least_tilt) {
        tilts.push_back(aimed[a]);
        report(aims_[a], aimed[a]);
      }
    if (tilts.empty()) return std::nullopt;
    plan_.mixture = mixture_of(std::move(tilts));
    find_uses();
    if (plan_.uses.empty()) return std::nullopt;
    return std::move(plan_);
  }

 private:
  static std::shared_ptr<const OutageMixture> mixture_of(std::vector<OutageTilt> tilts) {
    return std::make_shared<const OutageMixture>(nominal_share, std::move(tilts));
  }

  static double largest_factor(const OutageTilt& tilt) {
    double largest = 0.0;
    for (const random::BandedTilt& bands : tilt)
      for (std::size_t b = 0; b < bands.bands(); ++b) largest = std::max(largest, bands.factor(b));
    return largest;
  }

  void find_aims() {
    const bool fails = std::any_of(scenario_.entities.begin(), scenario_.entities.end(),
                                   [](const OutageEntity& entity) { return entity.rate.value > 0.0; });
    if (!fails) return;
    for (const StrategyId s : scenario_.strategies.keys()) {
      aims_.push_back({s, 0});
      if (study_.outputs.tell(Detail::components))
        aims_.push_back({s, 1 + static_cast<std::size_t>(Component::outage)});
    }
  }

  Round next_round(std::uint64_t paths) {
    plan_.pilot_paths += paths;
    return play(scenario_, study_.simulation.seed, plan_.mixture, rounds_++, paths, threads_);
  }

  /// A tilt for the tail of each aim, from all paths seen so far.
  std::vector<OutageTilt> aim() const {
    const CrossEntropy cross_entropy(scenario_, seen_, level_);
    std::vector<OutageTilt> tilts;
    for (const Aim& of : aims_)
      tilts.push_back(cross_entropy.tilt(seen_.values[of.strategy.value * measures + of.measure]));
    return tilts;
  }

  void report(const Aim& aim, const OutageTilt& tilt) {
    TiltReport report{scenario_.strategies[aim.strategy].name,
                      aim.measure == 0 ? std::string(MeasureName::total_cost)
                                       : std::string(component_names[aim.measure - 1]),
                      {}};
    for (const EntityId id : scenario_.entities.keys()) {
      EntityTilt entity{scenario_.entities[id].name, {}, {}};
      const Duration duration(scenario_.entities[id].duration);
      for (std::size_t b = 0; b < band_count; ++b) {
        entity.from_hours[b] = b == 0 ? 0.0 : duration.quantile(duration_bands[b - 1]);
        entity.factors[b] = tilt[id].factor(b);
      }
      report.entities.push_back(std::move(entity));
    }
    plan_.tilts.push_back(std::move(report));
  }

  void find_uses() {
    const Round round = next_round(2 * paths_);
    const std::size_t told = study_.outputs.tell(Detail::components) ? measures : 1;
    for (MeasureIndex m = 0; m < told; ++m) {
      find_uses(round, m, NumberKind::percentile, study_.outputs.percentiles);
      find_uses(round, m, NumberKind::expected_shortfall, study_.outputs.expected_shortfall);
    }
  }

  /// The mixture tells the deepest levels for which it is better; one that it tells has none below it.
  void find_uses(const Round& round, MeasureIndex measure, MeasureStatistic::Kind kind,
                 const std::vector<double>& levels) {
    for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
      const std::optional<double> least = least_gain_of(round, measure, kind, *level);
      if (!least || *least <= least_gain) return;
      plan_.uses.push_back({measure, kind, *level, *least});
    }
  }

  /// Of the strategies whose measure is not a constant; nothing where it cannot be told.
  std::optional<double> least_gain_of(const Round& round, MeasureIndex measure, MeasureStatistic::Kind kind,
                                      double level) const {
    if (level < 0.5) return std::nullopt;
    std::optional<double> least;
    for (const StrategyId s : scenario_.strategies.keys()) {
      const std::vector<double>& values = round.values[s.value * measures + measure];
      if (std::all_of(values.begin(), values.end(), [&](double x) { return x == values[0]; })) continue;
      const std::optional<double> here = gain(values, round.weights, kind, level);
      if (!here) return std::nullopt;
      least = std::min(*here, least.value_or(*here));
    }
    return least;
  }

  const Scenario& scenario_;
  const Study& study_;
  unsigned threads_;
  std::uint64_t paths_;
  double level_ = 0.0;
  int rounds_ = 0;
  std::vector<Aim> aims_;
  Round seen_;
  ImportancePlan plan_;
};

}  // namespace

bool ImportancePlan::uses_mixture(MeasureIndex measure, MeasureStatistic::Kind kind, double level) const {
  return std::any_of(uses.begin(), uses.end(), [&](const MixtureUse& use) {
    return use.measure == measure && use.kind == kind && use.level <= level;
  });
}

std::optional<ImportancePlan> plan_importance(const Scenario& scenario, const Study& study,
                                              unsigned threads) {
  return Planner(scenario, study, threads).plan();
}

}  // namespace hedgerow::models
