#pragma once
// What several ranks have played becomes one run: its sums are made, or its paths brought together on rank 0.

#include "engine/ranks/communicator.hpp"
#include "models/assess/paths/played_study.hpp"

namespace hedgerow::models {

/// Collective, where each rank has played its shard: the study of rank 0 becomes the whole one. It gets
/// the sums, which go from rank to rank in the order of the paths; the rows stay where they are and are asked
/// for (spread_columns.hpp). Of a mixture it gets all paths, in order and in messages of bounded size. Says
/// whether the rows have stayed. Throws InvalidInput on rank 0 as PlayedStudy::read() does.
bool gather(PlayedStudy& study, ranks::Communicator& communicator);

}  // namespace hedgerow::models
