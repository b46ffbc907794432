#pragma once
// Sums over the paths in their order. They say themselves what of a path they need, and go on wherever the
// next paths are: with several ranks they go from rank to rank.

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "engine/measure/exceedance.hpp"
#include "engine/measure/moments.hpp"
#include "engine/measure/paired.hpp"
#include "engine/measure/replicated.hpp"
#include "models/assess/columns/column_id.hpp"
#include "models/assess/paths/frequency.hpp"

namespace hedgerow::models {

struct ColumnMoments {
  ColumnId column;
  measure::Moments moments = {};

  void add(const PlayedPaths& paths);
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.column, self.moments);
  }
};

/// For the errors of a column's numbers where the paths are Sobol points.
struct ColumnReplicates {
  ColumnId column;
  measure::ReplicatedErrors errors = {};

  void add(const PlayedPaths& paths);
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.column);
    measure::ReplicatedErrors::fields(self.errors, visit);
  }
};

struct ColumnExceedances {
  ColumnId column;  ///< one of the two of all years
  measure::ExceedanceFrequency frequency = {};

  void add(const PlayedPaths& paths);
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.column, self.frequency);
  }
};

/// What two strategies agreed on one date, over the paths on which both did.
struct RenewalDifference {
  StrategyId ours, theirs;
  std::size_t our_date = 0, their_date = 0;  ///< places in Columns::renewals
  Frequency both = {};
  measure::Moments price = {}, leverage = {};

  void add(const PlayedPaths& paths);
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.ours, self.theirs, self.our_date, self.their_date, self.both, self.price, self.leverage);
  }
};

/// The total costs of one strategy (b) against those of another (a).
struct CostDifference {
  StrategyId b, a;
  measure::PairedDifference difference = {};
  std::vector<measure::JointCounts> counts = {};         ///< at quantiles: of b first
  std::vector<measure::ShortfallDifference> tails = {};  ///< the same
  measure::ReplicateMeans replicates = {};               ///< room(); none where the paths are independent

  /// Where each mean over the replicates stands.
  static constexpr std::size_t mean = 0, below = 1;
  std::size_t beyond_b(std::size_t quantile) const { return 2 + quantile; }
  std::size_t beyond_a(std::size_t quantile) const { return beyond_b(counts.size()) + quantile; }
  std::size_t tail(std::size_t level) const { return beyond_a(counts.size()) + level; }
  std::size_t room() const { return tail(tails.size()); }

  void add(double cost_b, double cost_a);
  void add(const PlayedPaths& paths);
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.b, self.a, self.difference, self.counts, self.tails);
    measure::ReplicateMeans::fields(self.replicates, visit);
  }
};

/// How hard the ratio of a tail's difference to the mean's is to tell: -D / M by the delta method.
struct HedgeEfficiency {
  measure::ShortfallDifference tail;  ///< of b less a
  double mean = 0.0;                  ///< of b less a
  double ratio = 0.0;
  measure::Moments influence = {};

  /// `share`: how much of all paths those are that the mean is taken from; `in_mean`: whether this one is.
  double influence_of(double tail_influence, double difference, double share, bool in_mean) const {
    return (-tail_influence - ratio * (in_mean ? (difference - mean) / share : 0.0)) / mean;
  }
  double influence_of(double cost_b, double cost_a) const {
    return influence_of(tail.influence_of(cost_b, cost_a), cost_b - cost_a, 1.0, true);
  }
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.tail, self.mean, self.ratio, self.influence);
  }
};

/// At several levels.
struct HedgeEfficiencies {
  StrategyId b, a;
  std::vector<HedgeEfficiency> levels = {};
  measure::ReplicateMeans replicates = {};  ///< by level; none where the paths are independent

  void add(double cost_b, double cost_a);
  void add(const PlayedPaths& paths);
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.b, self.a, self.levels);
    measure::ReplicateMeans::fields(self.replicates, visit);
  }
};

/// Gives sums the total costs of two strategies, path by path.
template <class Sums>
void add_costs(std::span<const double> b, std::span<const double> a, Sums& sums) {
  for (std::size_t i = 0; i < b.size(); ++i) sums.add(b[i], a[i]);
}

struct PathCost {
  std::uint64_t path = 0;
  double total_cost = 0.0;
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.path, self.total_cost);
  }
};

/// The paths of some consecutive ranks in the order of cost and, where that is equal, of their number; few,
/// however many cost the same.
struct PathsBetween {
  StrategyId strategy;
  double least = 0.0, most = 0.0;  ///< what the first and the last of them cost
  std::uint64_t skipped = 0;       ///< that cost `least` and rank before the first
  std::uint64_t count = 0;         ///< of ranks
  std::uint64_t at_most = 0;       ///< paths that are here and cost `most`
  std::vector<PathCost> paths =
      {};  ///< in the order of their number; some that cost `most` rank behind the last

  void add(std::uint64_t path, double total_cost);
  void add(const PlayedPaths& played);
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.strategy, self.least, self.most, self.skipped, self.count, self.at_most, self.paths);
  }
};

using PathSums = std::variant<ColumnMoments, ColumnReplicates, ColumnExceedances, RenewalDifference,
                              CostDifference, HedgeEfficiencies, PathsBetween>;

}  // namespace hedgerow::models
