#include "models/assess/tail_replay.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace hedgerow::models {
namespace {

constexpr std::uint64_t most_mean_paths = 4096;
constexpr std::uint64_t replay_block = 256;  ///< part of what fixes the bits of a result

/// One path of one strategy, split.
class Row {
 public:
  explicit Row(const Scenario& scenario)
      : scenario_(scenario), layout_(scenario), values_(layout_.columns()) {}

  void set(const Ledger& ledger, const Journal& journal) {
    const CauseLedger by_cause = causes(scenario_, ledger, journal);
    std::fill(values_.begin(), values_.end(), 0.0);
    for (std::size_t p = 0; p < layout_.providers; ++p) {
      for (std::size_t c = 0; c < component_count; ++c) {
        const double amount = ledger.sum(all_components[c], ProviderId(p)).present;
        values_[layout_.cell(c, p)] = amount;
        values_[layout_.provider(p)] += amount;
      }
      for (std::size_t c = 0; c < cause_count; ++c) {
        const double amount = by_cause.at(all_causes[c], ProviderId(p));
        values_[layout_.cause(c, p)] = amount;
        values_[layout_.cause_sum(c)] += amount;
      }
    }
    for (const Cause cause : {Cause::shared_outage, Cause::industry_frailty, Cause::contagion})
      values_[layout_.shared()] += values_[layout_.cause_sum(static_cast<std::size_t>(cause))];
    for (std::size_t e = 0; e < layout_.entities; ++e) values_[layout_.entity(e)] = by_cause.at(EntityId(e));
  }

  void subtract(const std::vector<double>& plan) {
    for (std::size_t j = 0; j < values_.size(); ++j) values_[j] -= plan[j];
  }

  const std::vector<double>& values() const { return values_; }

 private:
  const Scenario& scenario_;
  SplitLayout layout_;
  std::vector<double> values_;
};

struct ReplayedBlock : run::BlockResult {
  std::vector<SplitSums> strategies;
};

void require_same(double replayed, double first, std::uint64_t path) {
  if (replayed != first)
    throw std::logic_error(
        fmt::format("path {} cost {} when replayed and {} at first", path, replayed, first));
}

}  // namespace

bool Tail::wants(double total_cost, bool nominal) const {
  return std::any_of(levels.begin(), levels.end(),
                     [&](const Level& level) { return (nominal || level.mixed) && level.wants(total_cost); });
}

void SplitSums::merge(const SplitSums& other) {
  for (std::size_t j = 0; j < mean.size(); ++j) mean[j].merge(other.mean[j]);
  for (std::size_t i = 0; i < tail.size(); ++i) tail[i].merge(other.tail[i]);
  paths += other.paths;
}

TailReplay::TailReplay(const Simulation& simulation, const PlayedPaths& played, const DrawnPaths& drawn,
                       const std::vector<double>& levels, bool with_causes)
    : simulation_(simulation),
      scenario_(simulation.scenario()),
      layout_(scenario_),
      played_(played),
      drawn_(drawn),
      levels_(levels),
      paths_(played.paths()),
      mean_paths_(with_causes ? std::min(played.paths(), most_mean_paths) : 0) {
  World plan;
  Outcome outcome;
  Row row(scenario_);
  simulation.plan(plan);
  for (const StrategyId s : scenario_.strategies.keys()) {
    Tail& tail = tails_.emplace_back();
    simulation.evaluate(plan, s, outcome);
    row.set(outcome.ledger, {});
    tail.plan = row.values();
    const ColumnReading totals(played.columns()[s.value].total_cost, drawn, s, 0);
    for (const double level : levels_) {
      const bool mixed = totals.uses_mixture(MeasureStatistic::Kind::expected_shortfall, level);
      const measure::SortedSample& sample = mixed ? totals.mixture() : totals.sample();
      tail.levels.push_back(
          {mixed, measure::shortfall(sample, level), measure::near_quantile(sample, level)});
      if (mixed) paths_ = played.paths() + drawn.tilted->paths();
    }
  }
}

std::vector<SplitSums> TailReplay::run(unsigned threads) const {
  const std::vector<std::uint64_t> paths = paths_to_replay();
  std::vector<SplitSums> total = empty_sums();
  run::RunOptions options;
  options.paths = paths.size();
  options.block_size = replay_block;
  options.threads = threads;
  run::run_blocks(
      options, [&](run::Block block) { return replay(paths, block); },
      [&](run::BlockResult& block) {
        for (std::size_t s = 0; s < total.size(); ++s)
          total[s].merge(static_cast<const ReplayedBlock&>(block).strategies[s]);
      });
  return total;
}

std::vector<SplitSums> TailReplay::empty_sums() const {
  return std::vector<SplitSums>(tails_.size(), SplitSums(layout_, levels_.size()));
}

std::vector<std::uint64_t> TailReplay::paths_to_replay() const {
  std::vector<std::uint64_t> paths;
  for (std::uint64_t path = 0; path < paths_; ++path) {
    bool wanted = path < mean_paths_;
    for (std::size_t s = 0; s < tails_.size() && !wanted; ++s)
      wanted = tails_[s].wants(total_cost(StrategyId(s), path), is_nominal(path));
    if (wanted) paths.push_back(path);
  }
  return paths;
}

std::unique_ptr<run::BlockResult> TailReplay::replay(const std::vector<std::uint64_t>& paths,
                                                     run::Block block) const {
  auto result = std::make_unique<ReplayedBlock>();
  result->strategies = empty_sums();
  World world;
  Outcome outcome;
  Journal journal;
  Row row(scenario_);
  for (std::uint64_t i = block.first; i < block.last; ++i) {
    simulation_.sample(number_of(paths[i]), world);
    for (std::size_t s = 0; s < tails_.size(); ++s) {
      const StrategyId strategy(s);
      const double total = total_cost(strategy, paths[i]);
      if (paths[i] >= mean_paths_ && !tails_[s].wants(total, is_nominal(paths[i]))) continue;
      simulation_.evaluate(world, strategy, outcome, &journal);
      require_same(outcome.ledger.total().present, total, paths[i]);
      row.set(outcome.ledger, journal);
      row.subtract(tails_[s].plan);
      add(row.values(), paths[i], total, tails_[s], result->strategies[s]);
    }
  }
  return result;
}

void TailReplay::add(const std::vector<double>& row, std::uint64_t path, double total, const Tail& tail,
                     SplitSums& sums) const {
  ++sums.paths;
  if (path < mean_paths_)
    for (std::size_t j = 0; j < row.size(); ++j) sums.mean[j].add(row[j]);
  for (std::size_t i = 0; i < levels_.size(); ++i) {
    const Tail::Level& level = tail.levels[i];
    if (!level.mixed && !is_nominal(path)) continue;
    const double weight = level.mixed ? weight_of(path) : 1.0;
    const double phi = level.shortfall.euler_weight(total);
    if (phi > 0.0) sums.tail[i].add_tail(phi * weight, row);
    if (level.near.holds(total)) sums.tail[i].add_near(row, weight);
  }
}

}  // namespace hedgerow::models
