#pragma once
// The paths of a run that several ranks have played, brought together on one of them.

#include "engine/ranks/communicator.hpp"
#include "models/assess/played_study.hpp"

namespace hedgerow::models {

/// The shard of a run that a rank plays.
Shard shard_of(const ranks::Communicator& communicator);

/// Collective, where each rank has played its shard: rank 0 gets the paths of all others, in order and in
/// messages of bounded size, and its study becomes the whole one. Of paths that are drawn plainly it gets the
/// total costs and the sums; the other columns are asked for (spread_columns.hpp). Says which. Throws
/// InvalidInput there as PlayedStudy::read() does.
Carried gather(PlayedStudy& study, ranks::Communicator& communicator);

}  // namespace hedgerow::models
