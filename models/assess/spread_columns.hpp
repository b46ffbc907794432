#pragma once
// Columns whose rows stay with the ranks that played them: rank 0 asks, the others answer, and no rank ever
// holds a whole column.

#include "engine/ranks/communicator.hpp"
#include "models/assess/column_store.hpp"

namespace hedgerow::models {

/// Of rank 0, one thread of which may ask.
class SpreadColumns : public ColumnStore {
 public:
  /// Both arguments outlive this object; `paths` are those of rank 0.
  SpreadColumns(const PlayedPaths& paths, ranks::Communicator& communicator);
  SpreadColumns(const SpreadColumns&) = delete;
  SpreadColumns& operator=(const SpreadColumns&) = delete;

  measure::SortedSample sample(const ColumnId& id) const override;
  void add(const ColumnId& id, measure::ExceedanceFrequency& to) const override;
  void add(RenewalDifference& to) const override;
  unsigned threads(unsigned) const override { return 1; }

  /// Lets the others go: nothing more is asked.
  void release();

 private:
  const PlayedPaths& paths_;
  LocalColumns ours_;
  ranks::Communicator& communicator_;
};

/// Of every other rank: answers from its paths until rank 0 lets it go.
void serve(const PlayedPaths& paths, ranks::Communicator& communicator);

}  // namespace hedgerow::models
