#pragma once
// The paths that make up the tail of a strategy's total cost, played again with a journal, and what their
// splits add up to (docs/model/answers.md). The first pass keeps one number by path; all else is from here.

#include <cstdint>
#include <vector>

#include "engine/measure/euler.hpp"
#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/moments.hpp"
#include "models/assess/columns/column_store.hpp"
#include "models/assess/columns/reading.hpp"
#include "models/assess/paths/played_paths.hpp"
#include "models/ledger/journal.hpp"

namespace hedgerow::models {

/// Where each number of a replayed path stands in its row. Cells, providers and causes are each a split of
/// the whole; `shared` and the entities are parts of it.
struct SplitLayout {
  explicit SplitLayout(const Scenario& scenario)
      : providers(scenario.providers.size()), entities(scenario.entities.size()) {}
  std::size_t providers, entities;

  std::size_t provider(std::size_t p) const { return p; }
  /// Shared dependencies, bad years of the industry and contagion together.
  std::size_t shared() const { return providers; }
  std::size_t linked() const { return providers + 1; }  ///< columns whose covariances are kept: those above
  std::size_t cell(std::size_t component, std::size_t p) const {
    return linked() + component * providers + p;
  }
  std::size_t cause(std::size_t c, std::size_t p) const {
    return cell(component_count, 0) + c * providers + p;
  }
  std::size_t cause_sum(std::size_t c) const { return cause(cause_count, 0) + c; }
  std::size_t entity(std::size_t e) const { return cause_sum(cause_count) + e; }
  std::size_t columns() const { return entity(entities); }
};

/// What of one strategy's paths is looked at.
struct Tail {
  /// One level of expected shortfall of the total cost.
  struct Level {
    bool mixed =
        false;  ///< all paths of a mixture are looked at, by their weight; else the nominal ones, evenly
    measure::Shortfall shortfall;
    measure::NearQuantile near;

    bool wants(double total_cost) const {
      return shortfall.euler_weight(total_cost) > 0.0 || near.holds(total_cost);
    }
    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
      visit(self.mixed, self.shortfall, self.near);
    }
  };
  std::vector<Level> levels;
  std::vector<double> plan;  ///< a row of amounts; rows below are losses against it

  /// Whether a path is looked at, which is nominal or not.
  bool wants(double total_cost, bool nominal) const;
};

/// Sums over the replayed paths of one strategy; rows are losses against the plan.
struct SplitSums {
  SplitSums(const SplitLayout& layout, std::size_t levels)
      : mean(layout.columns()), tail(levels, measure::EulerSums(layout.columns(), layout.linked())) {}
  void merge(const SplitSums& other);
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.mean, self.tail, self.paths);
  }

  std::vector<measure::Moments> mean;    ///< by column, over the first TailReplay::mean_paths() paths
  std::vector<measure::EulerSums> tail;  ///< by level
  std::uint64_t paths = 0;               ///< that were replayed
};

/// Paths are counted through: the nominal ones first, then the tilted ones of a mixture.
class TailReplay {
 public:
  static constexpr std::uint64_t block_paths = 256;  ///< part of what fixes the bits of a result

  /// All arguments outlive this object.
  TailReplay(const Simulation& simulation, const PlayedPaths& played, const DrawnPaths& drawn);

  /// What to look at: the tails at these levels of expected shortfall, and with causes the first
  /// mean_paths().
  void look_at(const ColumnStore& store, const std::vector<double>& levels, bool with_causes);

  /// Plays the paths again that are in a tail, near a quantile, or among the first mean_paths(); the same
  /// bits for any number of threads. One SplitSums by strategy. Throws std::logic_error if a path does not
  /// cost what it cost at first, to the last bit. Collective where there are others, each of which has paths
  /// of its own: what to look at is what rank 0 says, blocks that two ranks share are played by the first.
  std::vector<SplitSums> run(unsigned threads, ranks::Communicator* others = nullptr);

  const SplitLayout& layout() const { return layout_; }
  const Tail& tail(StrategyId strategy) const { return tails_[strategy.value]; }
  /// Means by cause need journals, which the first pass does not keep: so many paths are replayed for them.
  std::uint64_t mean_paths() const { return mean_paths_; }

 private:
  /// A path of another rank, with what it cost there under each strategy.
  struct Borrowed {
    std::uint64_t path = 0;
    std::vector<double> total_costs;
    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
      visit(self.path, self.total_costs);
    }
  };

  void hear_what_to_look_at(ranks::Communicator& others);
  std::vector<std::uint64_t> paths_to_replay() const;
  run::Block share_out(std::vector<std::uint64_t>& paths, ranks::Communicator& others);
  void give_away(std::span<const std::uint64_t> paths, ranks::Communicator& others, unsigned to) const;
  void borrow(std::uint64_t count, ranks::Communicator& others, unsigned from,
              std::vector<std::uint64_t>& paths);
  std::vector<SplitSums> empty_sums() const;
  std::vector<SplitSums> replay(std::span<const std::uint64_t> paths) const;
  bool is_nominal(std::uint64_t path) const { return path < nominal_paths_; }
  /// What the simulation calls it.
  std::uint64_t number_of(std::uint64_t path) const {
    return is_nominal(path) ? path : TiltedPaths::number(path - nominal_paths_);
  }
  double total_cost(StrategyId strategy, std::uint64_t path) const;
  double weight_of(std::uint64_t path) const {
    return is_nominal(path) ? drawn_.nominal_weights[path] : drawn_.tilted->weights()[path - nominal_paths_];
  }
  void add(const std::vector<double>& row, std::uint64_t path, double total, const Tail& tail,
           SplitSums& sums) const;

  const Simulation& simulation_;
  const Scenario& scenario_;
  SplitLayout layout_;
  const PlayedPaths& played_;
  const DrawnPaths& drawn_;
  std::uint64_t nominal_paths_;  ///< of a mixture; else no number is beyond it
  std::uint64_t mean_paths_ = 0;
  std::vector<Tail> tails_;
  std::vector<Borrowed> borrowed_;  ///< in order
};

}  // namespace hedgerow::models
