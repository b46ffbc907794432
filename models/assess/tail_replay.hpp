#pragma once
// The paths that make up the tail of a strategy's total cost, played again with a journal, and what their
// splits add up to (model.md E.2). The first pass keeps one number by path; everything finer comes from here.

#include <cstdint>
#include <vector>

#include "engine/measure/euler.hpp"
#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/moments.hpp"
#include "models/assess/played_paths.hpp"
#include "models/assess/reading.hpp"
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
    bool mixed;  ///< all paths of a mixture are looked at, by their weight; else the nominal ones, evenly
    measure::Shortfall shortfall;
    measure::NearQuantile near;

    bool wants(double total_cost) const {
      return shortfall.euler_weight(total_cost) > 0.0 || near.holds(total_cost);
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

  std::vector<measure::Moments> mean;    ///< by column, over the first TailReplay::mean_paths() paths
  std::vector<measure::EulerSums> tail;  ///< by level
  std::uint64_t paths = 0;               ///< that were replayed
};

/// Paths are counted through: the nominal ones first, then the tilted ones of a mixture.
class TailReplay {
 public:
  /// `levels` are those of expected shortfall; all arguments outlive this object. Without causes no path is
  /// replayed for means.
  TailReplay(const Simulation& simulation, const PlayedPaths& played, const DrawnPaths& drawn,
             const std::vector<double>& levels, bool with_causes);

  /// Plays the paths again that are in a tail, near a quantile, or among the first mean_paths(); the same
  /// bits for any number of threads. One SplitSums by strategy. Throws std::logic_error if a path does not
  /// cost what it cost at first, to the last bit.
  std::vector<SplitSums> run(unsigned threads) const;

  const SplitLayout& layout() const { return layout_; }
  const Tail& tail(StrategyId strategy) const { return tails_[strategy.value]; }
  /// Means by cause need journals, which the first pass does not keep: so many paths are replayed for them.
  std::uint64_t mean_paths() const { return mean_paths_; }

 private:
  std::vector<SplitSums> empty_sums() const;
  std::vector<std::uint64_t> paths_to_replay() const;
  std::unique_ptr<run::BlockResult> replay(const std::vector<std::uint64_t>& paths, run::Block block) const;
  bool is_nominal(std::uint64_t path) const { return path < played_.paths(); }
  /// What the simulation calls it.
  std::uint64_t number_of(std::uint64_t path) const {
    return is_nominal(path) ? path : TiltedPaths::number(path - played_.paths());
  }
  double total_cost(StrategyId strategy, std::uint64_t path) const {
    if (is_nominal(path)) return played_.columns()[strategy.value].total_cost[path];
    return drawn_.tilted->columns()[strategy.value].total_cost[path - played_.paths()];
  }
  double weight_of(std::uint64_t path) const {
    return is_nominal(path) ? drawn_.nominal_weights[path] : drawn_.tilted->weights()[path - played_.paths()];
  }
  void add(const std::vector<double>& row, std::uint64_t path, double total, const Tail& tail,
           SplitSums& sums) const;

  const Simulation& simulation_;
  const Scenario& scenario_;
  SplitLayout layout_;
  const PlayedPaths& played_;
  const DrawnPaths& drawn_;
  const std::vector<double>& levels_;
  std::uint64_t paths_;  ///< that a tail may lie in
  std::uint64_t mean_paths_;
  std::vector<Tail> tails_;
};

}  // namespace hedgerow::models
