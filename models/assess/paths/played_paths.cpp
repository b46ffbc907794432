#include "models/assess/paths/played_paths.hpp"

#include <fmt/format.h>

namespace hedgerow::models {

Tally::Tally(const Scenario& scenario, const Calendar& calendar, const std::vector<TailTally>& none)
    : market(scenario.providers.size(), calendar.whole_years), tails(none) {
  for (const Strategy& strategy : scenario.strategies)
    strategies.emplace_back(scenario, strategy, calendar.years, calendar.whole_years);
}

void Tally::merge(const Tally& other) {
  market.merge(other.market);
  for (std::size_t s = 0; s < strategies.size(); ++s) strategies[s].merge(other.strategies[s]);
  merge_tails(other);
}

void Tally::merge_tails(const Tally& other) {
  for (std::size_t s = 0; s < tails.size(); ++s) tails[s].merge(other.tails[s]);
}

run::RunOptions run_options(std::uint64_t& done, std::uint64_t paths, const PlayOptions& options) {
  run::RunOptions run;
  run.first = done;
  run.paths = paths;
  run.threads = options.threads;
  run.cancellation = options.cancellation;
  run.progress = [&done, progress = options.progress](std::uint64_t now) {
    done = now;
    if (progress) progress(now);
  };
  return run;
}

void require_same_costs(const Simulation& simulation, std::uint64_t path,
                        const std::vector<double>& total_costs) {
  World world;
  Outcome outcome;
  simulation.sample(path, world);
  for (std::size_t s = 0; s < total_costs.size(); ++s) {
    simulation.evaluate(world, StrategyId(s), outcome);
    const double there = total_costs[s], here = outcome.ledger.total().present;
    if (there == here) continue;
    throw InvalidInput(
        fmt::format("path {} cost {} where it was played and costs {} here (play and merge on "
                    "machines whose arithmetic agrees)",
                    path, there, here));
  }
}

std::vector<double> total_costs_of(const std::vector<Columns>& columns, std::size_t row) {
  std::vector<double> all;
  for (const Columns& of : columns) all.push_back(of.total_cost[row]);
  return all;
}

PlayedPaths::PlayedPaths(const Simulation& simulation, std::uint64_t most_paths,
                         const OutputSettings& outputs, std::uint64_t first)
    : simulation_(simulation),
      calendar_(simulation.scenario().horizon),
      first_(first),
      paths_(first),
      no_tails_(simulation.scenario().strategies.size(),
                TailTally(simulation.scenario().providers.size(), most_paths, outputs)),
      tally_(simulation.scenario(), calendar_, no_tails_) {
  for (const Strategy& strategy : simulation.scenario().strategies)
    columns_.emplace_back(simulation.scenario(), strategy, outputs);
}

bool PlayedPaths::play_up_to(std::uint64_t paths, const PlayOptions& options) {
  if (paths_ == paths) return true;  // the last block need not be whole
  resize(paths);
  run::run_blocks(
      run_options(paths_, paths, options), [&](run::Block block) { return play(block); },
      [&](run::BlockResult& block) { add(static_cast<Tally&>(block)); });
  if (paths_ == paths) return true;
  resize(paths_);
  return false;
}

/// Takes the next block.
void PlayedPaths::add(Tally& block) {
  if (first_ == 0) return tally_.merge(block);
  tally_.merge_tails(block);
  block.tails.clear();
  blocks_.push_back(std::move(block));
}

/// Plays all strategies on the paths of one block.
std::unique_ptr<run::BlockResult> PlayedPaths::play(run::Block block) {
  auto tally = std::make_unique<Tally>(simulation_.scenario(), calendar_, no_tails_);
  World world;
  Outcome outcome;
  LedgerSums sums;
  for (std::uint64_t path = block.first; path < block.last; ++path) {
    const std::size_t row = path - first_;
    simulation_.sample(path, world);
    tally->market.add(world);
    if (!weights_.empty()) weights_[row] = world.outages.weight;
    for (std::size_t s = 0; s < columns_.size(); ++s) {
      simulation_.evaluate(world, StrategyId(s), outcome);
      sums.add_up(outcome.ledger);
      columns_[s].write(row, outcome, sums, calendar_.whole_years);
      tally->strategies[s].add(world, outcome, sums);
      tally->tails[s].add(sums);
    }
  }
  return tally;
}

/// Visits the columns of paths first .. last-1.
template <class Self, class Visit>
void PlayedPaths::visit_rows(Self& self, std::uint64_t first, std::uint64_t last, Visit& visit) {
  for (auto& of : self.columns_)
    Columns::rows(of, first - self.first_, last - self.first_, self.calendar_.years,
                  self.calendar_.whole_years, visit);
}

void PlayedPaths::write(NumberWriter& to) const {
  Passage<NumberWriter> passage(to);
  visit_rows(*this, first_, paths_, passage);
  if (simulation_.weighs_paths()) write_numbers(to, std::span(weights_).first(paths_ - first_));
  if (first_ == 0) write_numbers(to, tally_);
  write_numbers(to, blocks_);
  for (const TailTally& tail : tally_.tails) tail.write(to);
}

void PlayedPaths::read(NumberReader& from, std::uint64_t last) {
  const std::uint64_t first = paths_;
  if (rows() < last - first_) resize(last);
  Passage<NumberReader> passage(from);
  visit_rows(*this, first, last, passage);
  if (simulation_.weighs_paths()) {
    auto weights = std::span(weights_).subspan(first - first_, last - first);
    read_numbers(from, weights);
  }
  const std::uint64_t blocks = (last - first + run::block_paths - 1) / run::block_paths;
  const std::uint64_t sums = first == 0 ? 1 : blocks;
  for (std::uint64_t i = 0; i < sums; ++i) {
    Tally tally(simulation_.scenario(), calendar_, no_tails_);
    read_numbers(from, tally);
    if (i + 1 == sums)
      for (TailTally& tail : tally.tails) tail.read(from);
    add(tally);
  }
  paths_ = last;
  require_same_costs(simulation_, first, total_costs_of(columns_, first - first_));
}

void PlayedPaths::add_to(Tally& sums) const {
  if (first_ == 0 && paths_ > 0) {
    sums.market = tally_.market;
    sums.strategies = tally_.strategies;
  }
  for (const Tally& block : blocks_) sums.merge(block);
}

void PlayedPaths::take_sums(const Tally& sums, std::uint64_t last) {
  tally_.market = sums.market;
  tally_.strategies = sums.strategies;
  paths_ = last;
}

void PlayedPaths::resize(std::uint64_t paths) {
  for (Columns& of : columns_) of.resize(paths - first_, calendar_.years, calendar_.whole_years);
  if (simulation_.weighs_paths()) weights_.resize(paths - first_);
}

}  // namespace hedgerow::models
