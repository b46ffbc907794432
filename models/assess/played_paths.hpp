#pragma once
// Every strategy played on the same paths, 0 .. paths-1, and what is kept of them. More paths can be
// played later; the bits are those of one run over all of them.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/run/blocks.hpp"
#include "models/assess/tail_tally.hpp"
#include "models/assess/tally.hpp"
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

/// Of paths first .. paths-1.
run::RunOptions run_options(std::uint64_t first, std::uint64_t paths, const PlayOptions& options);

class PlayedPaths {
 public:
  /// At most `most_paths` will be played, and `outputs` be asked for. `simulation` outlives this object.
  PlayedPaths(const Simulation& simulation, std::uint64_t most_paths, const OutputSettings& outputs);

  /// Plays on until `paths` paths are played, and says whether they are: a cancellation may leave fewer, a
  /// whole number of blocks. May be called again, with more, as long as the paths played so far fill whole
  /// blocks.
  bool play_up_to(std::uint64_t paths, const PlayOptions& options);

  std::uint64_t paths() const { return paths_; }
  const Calendar& calendar() const { return calendar_; }
  const Tally& tally() const { return tally_; }
  const std::vector<Columns>& columns() const { return columns_; }  ///< one by strategy
  /// Likelihood ratios of the paths in the mixture that they are the nominal part of; empty: there is none.
  std::span<const double> weights() const { return weights_; }

 private:
  std::unique_ptr<run::BlockResult> play(run::Block block);
  void resize(std::uint64_t paths);

  const Simulation& simulation_;
  Calendar calendar_;
  std::uint64_t paths_ = 0;
  std::vector<TailTally> no_tails_;
  Tally tally_;
  std::vector<Columns> columns_;
  std::vector<double> weights_;
};

}  // namespace hedgerow::models
