#pragma once
// Which part of a host's cores each of its ranks takes, so that all of them together use each core once.

#include <cstddef>
#include <vector>

#include "engine/ranks/communicator.hpp"

namespace hedgerow::ranks {

/// Whether a process may run on core i, by i.
using CoreMask = std::vector<bool>;

/// How many cores process `which` takes, at least 1, of those that its mask allows: a core that several
/// processes may run on goes to one of them, to each in turn. `masks` are those of all processes of a host.
unsigned share_of_cores(const std::vector<CoreMask>& masks, std::size_t which);

/// Collective: the share of this rank.
unsigned share_of_cores(Communicator& communicator);

}  // namespace hedgerow::ranks
