#pragma once
// How many paths a test plays.

#include <cstdint>

namespace hedgerow::test {

/// Sanitizers look at what code does, not at what numbers mean, and slow it down five to ten times.
constexpr std::uint64_t paths_or([[maybe_unused]] std::uint64_t all,
                                 [[maybe_unused]] std::uint64_t under_sanitizers) {
#ifdef HEDGEROW_SANITIZED
  return under_sanitizers;
#else
  return all;
#endif
}

}  // namespace hedgerow::test
