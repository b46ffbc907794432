#pragma once
// What is asked of all paths of a study, wherever their rows are: here, or with several ranks.

#include <cstdint>
#include <utility>

#include "engine/measure/dominance.hpp"
#include "engine/measure/sample.hpp"
#include "engine/ranks/communicator.hpp"
#include "models/assess/columns/column_id.hpp"
#include "models/assess/columns/path_sums.hpp"

namespace hedgerow::models {

/// What all ranks do together when rank 0 says so.
enum class Joint : std::uint64_t { replay, what_ifs };

class ColumnStore {
 public:
  virtual ~ColumnStore() = default;
  /// The column in order of value. Throws InvalidInput where it has no values, or one that is not finite.
  virtual measure::SortedSample sample(const ColumnId& id) const = 0;
  /// Whether the total costs of `b` are no larger than those of `a`, at every level at once.
  virtual measure::Dominances dominances(StrategyId b, StrategyId a) const = 0;
  /// How many threads may ask at once, where so many are at hand.
  virtual unsigned threads(unsigned at_hand) const = 0;
  /// Calls the other ranks, where there are any, to what this one is about to do with what it gets back.
  virtual ranks::Communicator* call(Joint what) const = 0;

  /// Adds all paths to sums.
  template <class Sums>
  void add(Sums& to) const {
    PathSums sums = std::move(to);
    add_to(sums);
    to = std::move(std::get<Sums>(sums));
  }

 protected:
  virtual void add_to(PathSums& sums) const = 0;
};

/// All rows are here.
class LocalColumns : public ColumnStore {
 public:
  /// `paths` outlives this object.
  explicit LocalColumns(const PlayedPaths& paths) : paths_(paths) {}
  measure::SortedSample sample(const ColumnId& id) const override;
  measure::Dominances dominances(StrategyId b, StrategyId a) const override;
  unsigned threads(unsigned at_hand) const override { return at_hand; }
  ranks::Communicator* call(Joint) const override { return nullptr; }

 protected:
  void add_to(PathSums& sums) const override;

 private:
  const PlayedPaths& paths_;
};

}  // namespace hedgerow::models
