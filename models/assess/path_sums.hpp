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
#include "models/assess/column_id.hpp"
#include "models/assess/frequency.hpp"

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

  void add(double cost_b, double cost_a);
  void add(const PlayedPaths& paths);
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.b, self.a, self.difference, self.counts, self.tails);
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
  void add(double cost_b, double cost_a) {
    influence.add(influence_of(tail.influence_of(cost_b, cost_a), cost_b - cost_a, 1.0, true));
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

  void add(double cost_b, double cost_a);
  void add(const PlayedPaths& paths);
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.b, self.a, self.levels);
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

using PathSums = std::variant<ColumnMoments, ColumnExceedances, RenewalDifference, CostDifference,
                              HedgeEfficiencies, PathsBetween>;

}  // namespace hedgerow::models
