#pragma once
// Columns whose rows stay with the ranks that played them: rank 0 asks, the others answer, and no rank ever
// holds a whole column.

#include <functional>

#include "models/assess/columns/column_store.hpp"

namespace hedgerow::models {

/// Of rank 0, one thread of which may ask.
class SpreadColumns : public ColumnStore {
 public:
  /// Both arguments outlive this object; `paths` are those of rank 0.
  SpreadColumns(const PlayedPaths& paths, ranks::Communicator& communicator);
  SpreadColumns(const SpreadColumns&) = delete;
  SpreadColumns& operator=(const SpreadColumns&) = delete;

  measure::SortedSample sample(const ColumnId& id) const override;
  measure::Dominances dominances(StrategyId b, StrategyId a) const override;
  unsigned threads(unsigned) const override { return 1; }
  ranks::Communicator* call(Joint what) const override;

  /// Lets the others go: nothing more is asked.
  void release();

 protected:
  /// Each rank at its turn, as one process would have made the sums.
  void add_to(PathSums& sums) const override;

 private:
  const PlayedPaths& paths_;
  LocalColumns ours_;
  ranks::Communicator& communicator_;
};

/// Of every other rank: answers from its paths until rank 0 lets it go, and does what that calls it to.
void serve(const PlayedPaths& paths, ranks::Communicator& communicator,
           const std::function<void(Joint)>& join = {});

}  // namespace hedgerow::models
