#pragma once
// How often this thread has asked for memory: playing paths should not, once its room is warm.

#include <cstdint>

namespace hedgerow::bench {

/// Calls of operator new by this thread so far.
std::uint64_t allocations();

}  // namespace hedgerow::bench
