#include "models/assess/tail_replay.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "engine/ranks/numbers.hpp"
#include "models/assess/paths/joint_blocks.hpp"

namespace hedgerow::models {
namespace {

constexpr std::uint64_t most_mean_paths = 4096;
constexpr std::uint64_t replay_block = TailReplay::block_paths;

/// One path of one strategy, split.
class Row {
 public:
  explicit Row(const Scenario& scenario)
      : scenario_(scenario), layout_(scenario), values_(layout_.columns()) {}

  void set(const Ledger& ledger, const Journal& journal) {
    const CauseLedger by_cause = causes(scenario_, ledger, journal);
    sums_.add_up(ledger);
    std::fill(values_.begin(), values_.end(), 0.0);
    for (std::size_t p = 0; p < layout_.providers; ++p) {
      for (std::size_t c = 0; c < component_count; ++c) {
        const double amount = sums_.present(all_components[c], ProviderId(p));
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
  double total_cost() const { return sums_.present(); }  ///< of the ledger

 private:
  const Scenario& scenario_;
  SplitLayout layout_;
  LedgerSums sums_;
  std::vector<double> values_;
};

std::uint64_t rounded_up(std::uint64_t paths) {
  return (paths + replay_block - 1) / replay_block * replay_block;
}

/// Which of the paths that all ranks replay are each one's, counted through from 0.
std::vector<run::Block> shares(std::uint64_t ours, ranks::Communicator& others) {
  std::vector<run::Block> all;
  std::uint64_t first = 0;
  for (const std::string& count : others.all_gather(std::to_string(ours))) {
    all.push_back({first, first + std::stoull(count)});
    first = all.back().last;
  }
  return all;
}

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

TailReplay::TailReplay(const Simulation& simulation, const PlayedPaths& played, const DrawnPaths& drawn)
    : simulation_(simulation),
      scenario_(simulation.scenario()),
      layout_(scenario_),
      played_(played),
      drawn_(drawn),
      nominal_paths_(drawn.tilted != nullptr ? played.paths() : std::numeric_limits<std::uint64_t>::max()) {
  World plan;
  Outcome outcome;
  Row row(scenario_);
  simulation.plan(plan);
  for (const StrategyId s : scenario_.strategies.keys()) {
    simulation.evaluate(plan, s, outcome);
    row.set(outcome.ledger, {});
    tails_.push_back({{}, row.values()});
  }
}

void TailReplay::look_at(const ColumnStore& store, const std::vector<double>& levels, bool with_causes) {
  mean_paths_ = with_causes ? std::min(played_.paths(), most_mean_paths) : 0;
  for (const StrategyId s : scenario_.strategies.keys()) {
    const ColumnReading totals(store, played_, {ColumnKind::total_cost, s}, drawn_);
    for (const double level : levels) {
      const bool mixed = totals.uses_mixture(MeasureStatistic::Kind::expected_shortfall, level);
      const measure::SortedSample& sample = mixed ? totals.mixture() : totals.sample();
      tails_[s.value].levels.push_back(
          {mixed, measure::shortfall(sample, level), measure::near_quantile(sample, level)});
    }
  }
}

std::vector<SplitSums> TailReplay::run(unsigned threads, ranks::Communicator* others) {
  if (others != nullptr) hear_what_to_look_at(*others);
  std::vector<std::uint64_t> paths = paths_to_replay();
  run::Block ours{0, paths.size()};
  if (others != nullptr) ours = share_out(paths, *others);
  run::RunOptions options;
  options.first = ours.first;
  options.paths = ours.last;
  options.block_size = replay_block;
  options.threads = threads;
  std::vector<SplitSums> total = empty_sums();
  add_blocks(options, others, total, [&](run::Block block) {
    return replay(std::span(paths).subspan(block.first - ours.first, block.last - block.first));
  });
  return total;
}

void TailReplay::hear_what_to_look_at(ranks::Communicator& others) {
  if (others.rank() == 0) {
    const std::uint64_t levels = tails_.front().levels.size();
    for (unsigned rank = 1; rank < others.size(); ++rank) {
      ranks::MessageWriter to(others, rank);
      write_numbers(to, mean_paths_, levels);
      for (const Tail& tail : tails_) write_numbers(to, tail.levels);
      to.finish();
    }
    return;
  }
  ranks::MessageReader from(others, 0);
  std::uint64_t levels = 0;
  read_numbers(from, mean_paths_, levels);
  for (Tail& tail : tails_) {
    tail.levels.resize(levels);
    read_numbers(from, tail.levels);
  }
}

/// Makes of the paths of this rank those that it plays: blocks belong to the rank that has their first path.
/// Says where they are among those of all ranks.
run::Block TailReplay::share_out(std::vector<std::uint64_t>& paths, ranks::Communicator& others) {
  const std::vector<run::Block> share = shares(paths.size(), others);
  const auto [first, last] = share[others.rank()];
  const std::uint64_t begin = rounded_up(first);
  if (const std::uint64_t given = std::min(begin, last) - first; given > 0) {
    unsigned to = others.rank();
    while (share[to].first > begin - replay_block || share[to].first == share[to].last) --to;
    give_away(std::span(paths).first(given), others, to);
    paths.erase(paths.begin(), paths.begin() + static_cast<std::ptrdiff_t>(given));
  }
  if (begin >= last) return {0, 0};
  const std::uint64_t end = std::min(rounded_up(last), share.back().last);
  for (unsigned from = others.rank() + 1; from < others.size() && share[from].first < end; ++from)
    borrow(std::min(share[from].last, end) - share[from].first, others, from, paths);
  return {begin, end};
}

void TailReplay::give_away(std::span<const std::uint64_t> paths, ranks::Communicator& others,
                           unsigned to) const {
  ranks::MessageWriter message(others, to);
  for (const std::uint64_t path : paths) {
    Borrowed lent{path, {}};
    for (const StrategyId s : scenario_.strategies.keys()) lent.total_costs.push_back(total_cost(s, path));
    write_numbers(message, lent);
  }
  message.finish();
}

void TailReplay::borrow(std::uint64_t count, ranks::Communicator& others, unsigned from,
                        std::vector<std::uint64_t>& paths) {
  if (count == 0) return;
  ranks::MessageReader message(others, from);
  for (std::uint64_t i = 0; i < count; ++i) {
    Borrowed& lent = borrowed_.emplace_back();
    lent.total_costs.resize(tails_.size());
    read_numbers(message, lent);
    paths.push_back(lent.path);
  }
}

std::vector<SplitSums> TailReplay::empty_sums() const {
  return std::vector<SplitSums>(tails_.size(), SplitSums(layout_, tails_.front().levels.size()));
}

double TailReplay::total_cost(StrategyId strategy, std::uint64_t path) const {
  if (!is_nominal(path)) return drawn_.tilted->columns()[strategy.value].total_cost[path - nominal_paths_];
  const std::uint64_t row = path - played_.first();
  if (row < played_.rows()) return played_.columns()[strategy.value].total_cost[row];
  const auto lent =
      std::find_if(borrowed_.begin(), borrowed_.end(), [&](const Borrowed& one) { return one.path == path; });
  return lent->total_costs[strategy.value];
}

/// Of those that are here.
std::vector<std::uint64_t> TailReplay::paths_to_replay() const {
  const bool any_mixed = std::any_of(tails_.begin(), tails_.end(), [](const Tail& tail) {
    return std::any_of(tail.levels.begin(), tail.levels.end(),
                       [](const Tail::Level& level) { return level.mixed; });
  });
  const std::uint64_t last = played_.first() + played_.rows() + (any_mixed ? drawn_.tilted->paths() : 0);
  std::vector<std::uint64_t> paths;
  for (std::uint64_t path = played_.first(); path < last; ++path) {
    bool wanted = path < mean_paths_;
    for (std::size_t s = 0; s < tails_.size() && !wanted; ++s)
      wanted = tails_[s].wants(total_cost(StrategyId(s), path), is_nominal(path));
    if (wanted) paths.push_back(path);
  }
  return paths;
}

std::vector<SplitSums> TailReplay::replay(std::span<const std::uint64_t> paths) const {
  std::vector<SplitSums> sums = empty_sums();
  World world;
  Outcome outcome;
  Journal journal;
  Row row(scenario_);
  for (const std::uint64_t path : paths) {
    simulation_.sample(number_of(path), world);
    for (std::size_t s = 0; s < tails_.size(); ++s) {
      const StrategyId strategy(s);
      const double total = total_cost(strategy, path);
      if (path >= mean_paths_ && !tails_[s].wants(total, is_nominal(path))) continue;
      simulation_.evaluate(world, strategy, outcome, &journal);
      row.set(outcome.ledger, journal);
      require_same(row.total_cost(), total, path);
      row.subtract(tails_[s].plan);
      add(row.values(), path, total, tails_[s], sums[s]);
    }
  }
  return sums;
}

void TailReplay::add(const std::vector<double>& row, std::uint64_t path, double total, const Tail& tail,
                     SplitSums& sums) const {
  ++sums.paths;
  if (path < mean_paths_)
    for (std::size_t j = 0; j < row.size(); ++j) sums.mean[j].add(row[j]);
  for (std::size_t i = 0; i < tail.levels.size(); ++i) {
    const Tail::Level& level = tail.levels[i];
    if (!level.mixed && !is_nominal(path)) continue;
    const double weight = level.mixed ? weight_of(path) : 1.0;
    const double phi = level.shortfall.euler_weight(total);
    if (phi > 0.0) sums.tail[i].add_tail(phi * weight, row);
    if (level.near.holds(total)) sums.tail[i].add_near(row, weight);
  }
}

}  // namespace hedgerow::models
