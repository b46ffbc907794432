#pragma once
// Every strategy played on the same paths, and what is kept of them. More paths can be played later, or taken
// from where they were played; the bits are those of one run over all of them.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/run/blocks.hpp"
#include "models/assess/paths/tail_tally.hpp"
#include "models/assess/paths/tally.hpp"
#include "models/simulate.hpp"

namespace hedgerow::models {

/// Plan years of a horizon: all of them, and those that are whole.
struct Calendar {
  explicit Calendar(const Horizon& horizon)
      : years(static_cast<std::size_t>(horizon.years())),
        whole_years(static_cast<std::size_t>(horizon.months / months_per_year)) {}
  std::size_t years, whole_years;
};

/// What a number of paths adds up to.
struct Tally : run::BlockResult {
  Tally(const Scenario& scenario, const Calendar& calendar, const std::vector<TailTally>& none);
  void merge(const Tally& other);
  void merge_tails(const Tally& other);
  /// Visits the sums; the tails are no sums.
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.market, self.strategies);
  }

  MarketTally market;
  std::vector<StrategyTally> strategies;
  std::vector<TailTally> tails;  ///< one by strategy
};

/// How paths are played; changes no number.
struct PlayOptions {
  unsigned threads = 0;  ///< 0: as many as the machine has
  const run::Cancellation* cancellation = nullptr;
  std::function<void(std::uint64_t paths_done)> progress;  ///< of all paths, those played before included
};

/// Plays a path again that was played elsewhere. Throws InvalidInput unless it costs the same here under each
/// strategy, to the last bit.
void require_same_costs(const Simulation& simulation, std::uint64_t path,
                        const std::vector<double>& total_costs);

/// What stands in a row of each strategy's columns.
std::vector<double> total_costs_of(const std::vector<Columns>& columns, std::size_t row);

/// Of paths done .. paths-1; `done`, which outlives the run, follows it.
run::RunOptions run_options(std::uint64_t& done, std::uint64_t paths, const PlayOptions& options);

class PlayedPaths {
 public:
  /// At most `most_paths` will be played in the whole run, and `outputs` be asked for; here those from
  /// `first` on, a multiple of the block size. `simulation` outlives this object.
  PlayedPaths(const Simulation& simulation, std::uint64_t most_paths, const OutputSettings& outputs,
              std::uint64_t first = 0);

  /// Plays on up to path number `paths` - 1, and says whether all are played: a cancellation may leave fewer,
  /// a whole number of blocks. May be called again, with more, as long as the paths played so far fill whole
  /// blocks.
  bool play_up_to(std::uint64_t paths, const PlayOptions& options);

  /// Writes paths first() .. paths()-1. May be called from PlayOptions::progress.
  void write(NumberWriter& to) const;
  /// Takes paths paths() .. last-1 as they were written. Throws InvalidInput where the first of them does not
  /// cost here what it cost there, to the last bit.
  void read(NumberReader& from, std::uint64_t last);
  /// Makes room for paths first() .. paths-1, before several are read.
  void reserve(std::uint64_t paths) { resize(paths); }

  /// Without tails: sums over all paths before these, to which these are added. Those here begin at 0 or have
  /// paths before them.
  void add_to(Tally& sums) const;
  /// Takes sums over paths 0 .. last-1, those here among them; the rows of the others stay where they are.
  void take_sums(const Tally& sums, std::uint64_t last);
  /// What nothing adds up to.
  Tally no_sums() const { return Tally(simulation_.scenario(), calendar_, {}); }

  std::uint64_t first() const { return first_; }
  /// Of how many paths, from first() on, the rows are here.
  std::uint64_t rows() const { return columns_.front().total_cost.size(); }
  /// The number after the last path: how many are played, unless they begin elsewhere than at 0.
  std::uint64_t paths() const { return paths_; }
  const Calendar& calendar() const { return calendar_; }
  /// Of paths that begin at 0.
  const Tally& tally() const { return tally_; }
  const std::vector<Columns>& columns() const { return columns_; }  ///< one by strategy
  /// Likelihood ratios of the paths in the mixture that they are the nominal part of; empty: there is none.
  std::span<const double> weights() const { return weights_; }

 private:
  std::unique_ptr<run::BlockResult> play(run::Block block);
  void add(Tally& block);
  void resize(std::uint64_t paths);
  template <class Self, class Visit>
  static void visit_rows(Self& self, std::uint64_t first, std::uint64_t last, Visit& visit);

  const Simulation& simulation_;
  Calendar calendar_;
  std::uint64_t first_, paths_;
  std::vector<TailTally> no_tails_;
  Tally tally_;  ///< of paths that begin elsewhere than at 0, their tails only
  /// The sums of such paths by block: sums of doubles are made in order, from path 0 on.
  std::vector<Tally> blocks_;
  std::vector<Columns> columns_;
  Rows<double> weights_;
};

}  // namespace hedgerow::models
